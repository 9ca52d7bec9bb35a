# The two commands of the README are `make demo` and `make test`; they work on a bare machine with Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ADDRESS ?= 127.0.0.1:8000

# In CI a failed test is played once more, and named in the summary: a fault to find.
AGAIN := $(if $(CI),--reruns 1 -rR)
BROWSER_TESTS := $(BIN)/python -m pytest tests/browser -n 2 -p playwright --override-ini="addopts=--strict-markers" $(AGAIN)

.PHONY: demo test check bench bench-load bench-weight browser format messages clean

$(STAMP): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed; name it with PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed; $(PYTHON) is older: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Installing the libraries into $(VENV): a minute or two, once."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	{ rm -rf $(VENV); echo "No virtual environment could be made: on Debian and Ubuntu, apt install python3-venv."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(STAMP)

demo: $(STAMP)  ## install, migrate, load the demo, serve
	@$(BIN)/python manage.py demo $(ADDRESS)

test: $(STAMP)  ## every test: units first, then the browser where there is one
	$(BIN)/python manage.py compile_translations
	$(BIN)/python -m pytest -n 2 $(AGAIN)
	$(BROWSER_TESTS) $(BROWSER_ARGS)

check: $(STAMP)  ## every quality gate but the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_translations
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') SITE_URL=https://academy.example \
	ALLOWED_HOSTS=academy.example DJANGO_SETTINGS_MODULE=academy.settings.base \
	$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(STAMP)  ## ratios against a bare Wagtail page, in one run
	$(BIN)/python -m pytest tests/benchmarks -s -q --override-ini="addopts=-p no:playwright" --override-ini="python_files=bench_*.py"

bench-load: $(STAMP)  ## 300 trainees polling two processes on one core; needs PostgreSQL and Redis (see LOAD)
	$(BIN)/python -m tests.benchmarks.load_polls $(LOAD)

bench-weight: $(STAMP)  ## what a first visit weighs, in a browser whose cache is empty; needs Chromium
	$(BIN)/python -m tests.benchmarks.weigh_pages

format: $(STAMP)
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

messages: $(STAMP)  ## update the French catalogue from the sources (needs gettext)
	$(BIN)/python manage.py makemessages -l fr --no-location --no-wrap --ignore 'tests/*' --ignore 'var/*'

clean:
	rm -rf var .pytest_cache .mypy_cache .ruff_cache tests/browser/artefacts

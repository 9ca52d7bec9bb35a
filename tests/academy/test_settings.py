import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from academy.settings import environment as read

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "academy" / "settings"


def check(**environment):
    clean = {k: v for k, v in os.environ.items() if k not in {"SECRET_KEY", "DATABASE_URL", "CACHE_URL", "SITE_URL"}}
    clean |= {"DJANGO_SETTINGS_MODULE": "academy.settings.base", "DATA_DIR": "/nonexistent-but-unused"} | environment
    return subprocess.run(
        [sys.executable, "manage.py", "check"], env=clean, capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [({}, "SECRET_KEY"), ({"SECRET_KEY": "x", "TASKS_BACKEND": "celery"}, "choose one of immediate, database")],
)
def test_production_does_not_start_on_a_missing_or_odd_value_and_says_which(environment, sentence):
    result = check(**environment)
    assert result.returncode != 0
    assert sentence in result.stderr


READERS = {
    "DATABASE_URL": lambda name: read.database("sqlite://:memory:"),
    "CACHE_URL": lambda name: read.cache(),
    "TASKS_BACKEND": lambda name: read.choice(name, ("immediate", "database"), default="immediate"),
    "BEHIND_PROXY": lambda name: read.flag(name, default=False),
    "SECURE_HSTS_SECONDS": lambda name: read.number(name, default=60),
    "SITE_URL": lambda name: read.origin(name, default="https://a.example"),
    "CSRF_TRUSTED_ORIGINS": lambda name: read.origins(name, default="https://a.example"),
    "ALLOWED_HOSTS": lambda name: read.hosts(name, default="a.example"),
    "DEFAULT_FROM_EMAIL": lambda name: read.mail_sender(name, default="a@a.example"),
    "EMAIL_URL": lambda name: read.mail_server(name, default="smtp://localhost:25"),
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "postgres://me:pa/ss@host:port/name"),
        ("CACHE_URL", "memcache://x"),
        ("CACHE_URL", "redis://cache:six/0"),
        ("TASKS_BACKEND", "celery"),
        ("BEHIND_PROXY", "perhaps"),
        ("SECURE_HSTS_SECONDS", "a year"),
        ("SECURE_HSTS_SECONDS", "-1"),
        ("SITE_URL", "academy.example"),
        ("SITE_URL", "https://academy.example/fr/"),
        ("SITE_URL", "ftp://academy.example"),
        ("SITE_URL", "https://academy.example:http"),
        ("CSRF_TRUSTED_ORIGINS", "academy.example"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "https://academy.example"),
        ("DEFAULT_FROM_EMAIL", "the academy"),
        ("EMAIL_URL", "mail.example:25"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example:smtp"),
    ],
)
def test_an_odd_value_is_refused_with_the_name_of_its_variable(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"^{name}.*"):
        READERS[name](name)


@pytest.mark.parametrize(
    ("name", "value", "meaning"),
    [
        ("SITE_URL", "https://academy.example:8443/", "https://academy.example:8443"),
        ("SITE_URL", "", "https://a.example"),
        ("ALLOWED_HOSTS", "academy.example, www.academy.example", ["academy.example", "www.academy.example"]),
        ("ALLOWED_HOSTS", "", ["a.example"]),
        ("CSRF_TRUSTED_ORIGINS", "https://a.example,https://b.example", ["https://a.example", "https://b.example"]),
        ("SECURE_HSTS_SECONDS", "0", 0),
        ("BEHIND_PROXY", "On", True),
        ("DEFAULT_FROM_EMAIL", "CM Academy <hello@academy.example>", "CM Academy <hello@academy.example>"),
    ],
)
def test_a_sound_value_is_taken_as_meant(monkeypatch, name, value, meaning):
    monkeypatch.setenv(name, value)
    assert READERS[name](name) == meaning


def test_a_mail_server_with_a_password_is_read_whole(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://me:pa%2Fss@mail.example:587")
    config = read.mail_server("EMAIL_URL", default="")
    assert (config["EMAIL_HOST"], config["EMAIL_PORT"], config["EMAIL_HOST_PASSWORD"]) == ("mail.example", 587, "pa/ss")
    assert config["EMAIL_USE_TLS"]


def test_a_refusal_never_repeats_a_password(monkeypatch):
    for name in ("DATABASE_URL", "CACHE_URL", "EMAIL_URL"):
        monkeypatch.setenv(name, "odd://me:hunter2@host:port/x")
        with pytest.raises(ImproperlyConfigured) as refused:
            READERS[name](name)
        assert "hunter2" not in str(refused.value)


def test_the_readme_lists_every_variable_the_settings_read_and_no_other():
    sources = "".join((SETTINGS / file).read_text() for file in ("base.py", "environment.py"))
    calls = r"(?:env\.\w+|flag|choice|number|origins?|hosts|mail_\w+)\(\s*\"([A-Z_]+)\""
    table = (ROOT / "README.md").read_text().split("## Settings")[1].split("## ")[0]
    assert set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE)) == set(re.findall(calls, sources))

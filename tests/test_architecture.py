"""The rooms and the arrows between them: who may import whom. The table of the house, held by reading the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = {"academy", "courses", "quizzes", "sandbox"}
MAY_IMPORT = {
    "academy": {"courses", "quizzes", "sandbox"},
    "courses": set(),
    "quizzes": {"courses"},
    "sandbox": {"courses"},
}
PURE = {
    "sandbox/engine": {"django", "wagtail", "yaml", "random", "time", "datetime", "os", "pathlib", "io", "socket"},
    "quizzes/scoring": {"django", "wagtail", "random", "time", "datetime", "os", "pathlib"},
    "courses/authoring/checking": {"django", "wagtail", "random", "time", "datetime", "os"},
    "courses/drawing": {"django", "wagtail", "random", "time", "datetime", "os", "pathlib"},
    "quizzes/delivery": {"django", "wagtail", "yaml", "time", "os", "pathlib", "io", "socket"},
    "courses/formats": {"django", "wagtail", "random", "time", "datetime", "os"},
}
# Inside an app a module may import those to its left.
LAYERS = ("models", "services", "forms", "views", "urls")


def imports(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module


def sources(folder: str) -> list[Path]:
    return [f for f in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in f.parts]


@pytest.mark.parametrize("app", sorted(APPS))
def test_an_app_imports_only_the_rooms_its_arrows_lead_to(app):
    wrong = [
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for file in sources(app)
        for line, name in imports(file)
        if name.split(".")[0] in APPS - {app} - MAY_IMPORT[app]
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", sorted(PURE))
def test_a_pure_core_knows_no_framework_no_clock_and_no_file(folder):
    wrong = [
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for file in sources(folder)
        for line, name in imports(file)
        if name.split(".")[0] in PURE[folder]
    ]
    assert sources(folder), f"{folder} has no modules"
    assert wrong == []


def test_the_engine_of_the_sandbox_needs_only_the_standard_library():
    import sys

    allowed = set(sys.stdlib_module_names) | {"sandbox"}
    wrong = [
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for file in sources("sandbox/engine")
        for line, name in imports(file)
        if name.split(".")[0] not in allowed or (name.startswith("sandbox") and not name.startswith("sandbox.engine"))
    ]
    assert wrong == []


@pytest.mark.parametrize("app", sorted(APPS))
def test_inside_an_app_the_layers_point_one_way(app):
    wrong = []
    for file in sources(app):
        layer = next((part for part in (*file.with_suffix("").parts[-2:],) if part in LAYERS), None)
        if layer is None:
            continue
        above = LAYERS[LAYERS.index(layer) + 1 :]
        for line, name in imports(file):
            parts = name.split(".")
            if parts[0] == app and any(part in above for part in parts[1:]):
                wrong.append(f"{file.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_the_top_level_holds_what_the_card_says():
    allowed = APPS | {"templates", "tests", "docs"}
    tracked = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")}
    assert tracked - allowed - {"var", "cm_academy.egg-info", "node_modules", "build", "dist"} == set()

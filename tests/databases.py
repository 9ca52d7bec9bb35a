"""A migrated template database with the roles in it, made once per set of migrations and copied for each parallel worker."""

import fcntl
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from academy import roles

FOLDER = Path(tempfile.gettempdir()) / f"cm-academy-templates-{os.getuid()}"


def migrations_key() -> str:
    """Return a key that changes with any migration file of any installed app, and with what the roles may do."""
    digest = hashlib.sha256(f"{version('django')} {version('wagtail')}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda c: c.label):
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(file.read_bytes())
    digest.update(Path(roles.__file__).read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def lock() -> Iterator[None]:
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def fill(worker: str) -> None:
    """Point the default connection at a fresh copy of the template for this worker."""
    with lock():
        _fill_sqlite(worker) if connection.vendor == "sqlite" else _fill_postgresql(worker)


def _fill_sqlite(worker: str) -> None:
    template = FOLDER / f"{migrations_key()}.sqlite3"
    if not template.exists():
        half_done = template.with_suffix(".making")
        half_done.unlink(missing_ok=True)
        _use(str(half_done))
        _make()
        connection.close()
        half_done.rename(template)
    # A file in a private folder rather than memory: threads of a live server see the same database, with real locks.
    copy = FOLDER / f"run-{worker}-{os.getpid()}.sqlite3"
    with sqlite3.connect(template) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    _use(str(copy))


def _make() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    roles.ensure_roles()  # two hundred rights take longer to give than most tests take to run


def _fill_postgresql(worker: str) -> None:
    template, name = f"cm_tpl_{migrations_key()}", f"cm_test_{worker}_{os.getpid()}"
    if not _exists(template):
        _admin(f'DROP DATABASE IF EXISTS "{template}_making"', f'CREATE DATABASE "{template}_making"')
        _use(f"{template}_making")
        _make()
        connection.close()
        _admin(f'ALTER DATABASE "{template}_making" RENAME TO "{template}"')
    _admin(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _use(name)


def drop() -> None:
    """Remove this worker's copy."""
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        for file in FOLDER.glob(f"{Path(name).name}*"):
            file.unlink(missing_ok=True)
    else:
        _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def restore(worker: str) -> None:
    """Give the worker a fresh copy after a test that flushed its database."""
    drop()
    fill(worker)
    ContentType.objects.clear_cache()  # a flush numbers them anew


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _admin(*statements: str) -> None:
    _use("postgres")
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def _exists(name: str) -> bool:
    _use("postgres")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        found = cursor.fetchone() is not None
    connection.close()
    return found

"""What takes long to plant is planted once per run: the rows it wrote are kept and put back for the next test that asks.

Publishing thirty questions through Wagtail costs a second (revisions, search index, reference index); writing the same
rows again costs a few milliseconds. A test that already holds other rows where these belong gets a real planting.
"""

import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as cache_for_good
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from wagtail.models import Site

Rows = dict[str, dict[Any, tuple[Any, ...]]]  # table → primary key → row


class OccupiedError(Exception):
    """The database is not as it was when this was planted."""


@dataclass(frozen=True)
class Harvest:
    """What one planting wrote: rows by table, those that replace others with what they replaced; what it returned."""

    written: Rows
    replaced: Rows
    result: bytes


_kept: dict[Any, Harvest] = {}
_columns: dict[str, tuple[list[str], int]] = {}  # table → columns, position of the primary key


def replanted(key_of: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a function that only writes rows. `key_of` gets its arguments; the same key stands for the same rows."""

    def decorate(plant: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(plant)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            key = (plant.__qualname__, key_of(*args, **kwargs))
            if key not in _kept:
                before = _all_rows()
                result = plant(*args, **kwargs)
                _kept[key] = _harvest(before, _all_rows(), result)
                return result
            with suppress(IntegrityError, OccupiedError), transaction.atomic():
                return _put_back(_kept[key])
            return plant(*args, **kwargs)

        return wrapped

    return decorate


def _tables() -> dict[str, tuple[list[str], int]]:
    if not _columns:
        with connection.cursor() as cursor:
            for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
                key = connection.introspection.get_primary_key_column(cursor, table)
                names = [c.name for c in connection.introspection.get_table_description(cursor, table)]
                if key in names:
                    _columns[table] = names, names.index(key)
    return _columns


def _all_rows() -> Rows:
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table, (names, key) in _tables().items():
            cursor.execute(f"SELECT {_quoted(names)} FROM {_quoted([table])}")
            rows[table] = {row[key]: tuple(row) for row in cursor.fetchall()}
    return rows


def _harvest(before: Rows, after: Rows, result: Any) -> Harvest:
    written, replaced = {}, {}
    for table, rows in after.items():
        old = before[table]
        if new := {key: row for key, row in rows.items() if old.get(key) != row}:
            written[table] = new
            replaced[table] = {key: old[key] for key in new if key in old}
    return Harvest(written, replaced, pickle.dumps(result))


def _put_back(harvest: Harvest) -> Any:
    with connection.cursor() as cursor:
        for table, rows in harvest.written.items():
            names, key = _tables()[table]
            where = f"{_quoted([table])} WHERE {_quoted([names[key]])}"
            for old, row in harvest.replaced[table].items():
                cursor.execute(f"SELECT {_quoted(names)} FROM {where} = %s", [old])
                if cursor.fetchone() != row:
                    raise OccupiedError
                cursor.execute(f"DELETE FROM {where} = %s", [old])
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(
                f"INSERT INTO {_quoted([table])} ({_quoted(names)}) VALUES ({marks})", list(rows.values())
            )
        _move_sequences(cursor, harvest)
    connection.check_constraints(
        table_names=list(harvest.written)
    )  # rows may lean on what the first planting found there
    cache.clear()
    Site.clear_site_root_paths_cache()
    return pickle.loads(harvest.result)


def _move_sequences(cursor: Any, harvest: Harvest) -> None:
    """Let the next row get a number of its own (SQLite sees to it by itself)."""
    if connection.vendor != "postgresql":
        return
    highest = {sequence: max(harvest.written[table]) for table in harvest.written if (sequence := _sequence(table))}
    moves = [f"setval(%s, greatest(%s, (SELECT last_value FROM {sequence})))" for sequence in highest]
    cursor.execute(f"SELECT {', '.join(moves)}", [value for pair in highest.items() for value in pair])


@cache_for_good
def _sequence(table: str) -> str | None:
    """Return the name of the sequence that numbers a table's rows."""
    names, key = _tables()[table]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, names[key]])
        found: str | None = cursor.fetchone()[0]
    return found


def _quoted(names: list[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)

"""Shifts as this process last saw them, so that a poll replays what is new and not the whole shift.

Derived and disposable: a snapshot that is missing, elsewhere, or ahead of what is asked is made again by replaying. Only
what is committed may come in: never call this inside a transaction that may still be rolled back.
"""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from sandbox.engine.run import Run

KEPT = 400  # shifts per process; the one not looked at for longest goes first


class Snapshot(NamedTuple):
    revision: int  # of the last act in it
    run: Run


_kept: "OrderedDict[UUID, Snapshot]" = OrderedDict()
_lock = Lock()


def take(shift: UUID, revision: int, minute: float) -> Snapshot | None:
    """Return the snapshot of a shift if it is not ahead of `revision` and `minute`. It is the caller's alone until kept."""
    with _lock:
        found = _kept.pop(shift, None)
    usable = found is not None and found.revision <= revision and found.run.minute <= minute
    return found if usable else None


def keep(shift: UUID, snapshot: Snapshot) -> None:
    with _lock:
        _kept[shift] = snapshot
        _kept.move_to_end(shift)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def forget() -> None:
    """Drop every snapshot; nothing is lost by it."""
    with _lock:
        _kept.clear()

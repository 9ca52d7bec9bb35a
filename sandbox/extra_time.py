"""More time for a person in an exam: the clock of their shift runs slower.

Who has how much is decided elsewhere; whoever knows it registers here when the site starts.
"""

from collections.abc import Callable
from typing import Any

_sources: list[Callable[[Any], int]] = []


def register(source: Callable[[Any], int]) -> None:
    """Let `source` say by how many per cent a person's time is extended; 0 when it is not."""
    if source not in _sources:
        _sources.append(source)


def slowed(pace: float, user: Any) -> float:
    """Return the pace of an exam for `user`; a third more time runs the clock at three quarters of the pace."""
    return pace / (1 + max((source(user) for source in _sources), default=0) / 100)

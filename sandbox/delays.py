"""How soon each comment was met, against its service level, as strips of dots. Plain numbers in, plain numbers out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, ROW, RADIUS = 400, 10, 4
LEVEL_X, LATE_X, NEVER_X = 180, 340, 384  # the service level; twice the service level and beyond; never
LEFT = 12


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    late: bool
    never: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The comments of one kind: how long they may wait, how many were met in time, and a dot for each."""

    kind: str
    level: int
    total: int
    in_time: int
    dots: tuple[Dot, ...]
    height: int
    width: int = WIDTH
    level_x: int = LEVEL_X
    never_x: int = NEVER_X


def strips(waits: Iterable[tuple[str, float, float | None]]) -> tuple[Strip, ...]:
    """Return one strip per kind, the most urgent first.

    `waits` are (kind, service level, delay), in simulated minutes; the delay is None for what nobody ever met.
    """
    kinds: dict[tuple[float, str], list[float | None]] = {}
    for kind, level, delay in waits:
        kinds.setdefault((level, kind), []).append(delay)
    return tuple(_strip(kind, level, delays) for (level, kind), delays in sorted(kinds.items(), key=lambda kv: kv[0]))


def _strip(kind: str, level: float, delays: list[float | None]) -> Strip:
    stacked: Counter[float] = Counter()
    placed = []
    for delay in sorted(delays, key=lambda d: (d is None, d or 0)):
        x = _x(delay, level)
        place = round(x / (2 * RADIUS + 1))
        placed.append((x, stacked[place], delay))
        stacked[place] += 1
    height = ROW * max(stacked.values()) + ROW
    dots = tuple(
        Dot(x, height - ROW / 2 - n * ROW - 1, late=delay is None or delay > level, never=delay is None)
        for x, n, delay in placed
    )
    return Strip(kind, round(level), len(delays), sum(not dot.late for dot in dots), dots, height)


def _x(delay: float | None, level: float) -> float:
    if delay is None:
        return NEVER_X
    share = min(delay / level, 2.0)
    if share <= 1:
        return round(LEFT + (LEVEL_X - LEFT - RADIUS) * share, 1)
    return round(LEVEL_X + RADIUS + (LATE_X - LEVEL_X) * (share - 1), 1)

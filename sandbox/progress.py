"""Progress over one's attempts at a scenario: a small drawing and its table. Plain numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, SIDE, TOP, BASE = 480, 120, 24, 14, 96


@dataclass(frozen=True, slots=True)
class Point:
    number: int
    x: float
    y: float
    percent: int
    shift: Any


@dataclass(frozen=True, slots=True)
class Progress:
    points: tuple[Point, ...]
    line: str
    pass_y: float
    width: int = WIDTH
    height: int = HEIGHT


def progress(shifts: Sequence[Any], pass_mark: float) -> Progress:
    """Return the drawing of the results (0 to 1) of `shifts`, oldest first."""

    def y(share: float) -> float:
        return round(BASE - (BASE - TOP) * share, 1)

    step = (WIDTH - 2 * SIDE) / max(len(shifts) - 1, 1)
    points = tuple(
        Point(i + 1, round(SIDE + i * step, 1), y(float(s.result)), round(float(s.result) * 100), s)
        for i, s in enumerate(shifts)
    )
    line = "M" + " L".join(f"{p.x} {p.y}" for p in points) if points else ""
    return Progress(points, line, y(pass_mark))

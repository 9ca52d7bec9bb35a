"""The shift as a drawing: the mood, one's acts and what waited, on one line of time. Plain numbers in, plain numbers out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LABEL = 20  # room for a number
WIDTH, LEFT, RIGHT = 800, 8, 8
TOP, BASE = 26, 176  # the mood, from crisis down to calm
ACTS = 190  # the lane of acts
WAITING_TOP, WAITING_BASE = 214, 254  # what waited
HEIGHT = 280


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a minute: where it stands on the drawing, and its number in the legend."""

    x: float
    y: float
    number: int
    label_x: float  # beside its neighbour rather than under it


@dataclass(frozen=True, slots=True)
class Curve:
    line: str  # an SVG path
    area: str
    marks: tuple[Mark, ...]
    acts: tuple[tuple[float, str], ...]  # x, tone
    waiting: str
    most_waiting: int
    ticks: tuple[tuple[float, int], ...]  # x, minute
    width: int = WIDTH
    height: int = HEIGHT
    grid: tuple[float, ...] = (TOP, (TOP + BASE) / 2, BASE)
    base: int = BASE
    acts_y: int = ACTS
    waiting_base: int = WAITING_BASE


def curve(
    mood: Sequence[float],
    duration: float,
    marked: Iterable[float],
    acts: Iterable[tuple[float, str]] = (),
    waiting: Sequence[int] = (),
) -> Curve:
    """Return the drawing of a shift.

    `mood` is the tension (0 to 1) and `waiting` the number of comments nobody has touched, one value per simulated minute;
    `marked` are the minutes with a number, `acts` the minutes of one's acts with their tone.
    """
    points = " L".join(f"{_x(m, duration)} {y_of(t, TOP, BASE)}" for m, t in enumerate(mood))
    most = max(waiting, default=0)
    heights = (
        [(_x(m, duration), y_of(n / most, WAITING_TOP, WAITING_BASE)) for m, n in enumerate(waiting)] if most else []
    )
    step = next(s for s in (5, 10, 15, 30, 60, 120, 240) if duration / s <= 6.5)
    return Curve(
        line=f"M{points}",
        area=_closed(f"{points}", _x(0, duration), _x(len(mood) - 1, duration), BASE),
        marks=tuple(_marks([(_x(m, duration), y_of(mood[min(int(m), len(mood) - 1)], TOP, BASE)) for m in marked])),
        acts=tuple((_x(minute, duration), tone) for minute, tone in acts),
        waiting=_closed(_steps(heights), heights[0][0], heights[-1][0], WAITING_BASE) if heights else "",
        most_waiting=most,
        ticks=tuple((_x(m, duration), m) for m in range(0, int(duration) + 1, step)),
    )


def spark(moods: Sequence[Sequence[float]], width: int = 240, height: int = 64) -> tuple[str, ...]:
    """Return each of several moods as a small line; they share one scale, from 0 to the highest of all."""
    top = max((max(mood) for mood in moods), default=0) or 1
    return tuple(
        "M"
        + " L".join(
            f"{round(width * m / max(len(mood) - 1, 1), 1)} {y_of(t / top, 4, height - 4)}" for m, t in enumerate(mood)
        )
        for mood in moods
    )


def y_of(share: float, top: float, base: float) -> float:
    return round(base - (base - top) * share, 1)


def _x(minute: float, duration: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * min(minute, duration) / duration, 1)


def _steps(points: list[tuple[float, float]]) -> str:
    """Return a staircase: a number of comments jumps, it does not slope."""
    path = f"{points[0][0]} {points[0][1]}"
    return path + "".join(f" H{x} V{y}" for x, y in points[1:])


def _closed(points: str, first: float, last: float, base: int) -> str:
    return f"M{first} {base} L{points} L{last} {base} Z"


def _marks(points: list[tuple[float, float]]) -> Iterator[Mark]:
    free = 0.0
    for number, (x, y) in enumerate(points, 1):
        label_x = max(x, free)
        free = label_x + LABEL
        yield Mark(x, y, number, label_x)

"""Bars and lines from a few numbers. Pure.

Lengths and places come as percentages of the drawing, written with a point: text beside them keeps its own size, and the
drawing fits a phone. Every drawing stands beside a table with the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

MOST_LABELS = 6
LEFT, RIGHT, TOP, BOTTOM = 11.0, 97.0, 6.0, 86.0

Rows = Sequence[tuple[str, Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Bar:
    series: str
    number: int  # of the series, from 1
    value: float
    length: str


@dataclass(frozen=True, slots=True)
class Point:
    x: str
    y: str
    value: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    series: str
    number: int
    points: tuple[Point, ...]
    segments: tuple[tuple[Point, Point], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """`bars`: a row of bars for each label; or `curves` with `ticks` (y, value) and `labels` (x, text)."""

    unit: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Bar, ...]], ...]
    curves: tuple[Curve, ...] = ()
    ticks: tuple[Point, ...] = ()
    labels: tuple[Point, ...] = ()


def draw_chart(form: str, series: Sequence[str], rows: Rows, unit: str = "") -> Drawing:
    """Return the drawing of `rows` (label, one number for each series) as `form`: bars or line."""
    ticks = nice_ticks([value for _, values in rows for value in values])
    bars = tuple(
        (
            label,
            tuple(
                Bar(name, n, v, _percent(100 * max(v, 0.0) / (ticks[-1] or 1))) for n, name, v in _each(series, values)
            ),
        )
        for label, values in rows
    )
    if form != "line":
        return Drawing(unit, tuple(series), bars)
    xs = [LEFT + (RIGHT - LEFT) * n / max(len(rows) - 1, 1) for n in range(len(rows))]
    step = ceil(len(rows) / MOST_LABELS)
    return Drawing(
        unit,
        tuple(series),
        bars,
        tuple(_curve(n, name, xs, [values[n - 1] for _, values in rows], ticks) for n, name in enumerate(series, 1)),
        tuple(Point("0%", _percent(_height(tick, ticks)), tick) for tick in ticks),
        tuple(Point(_percent(x), "100%", text=rows[n][0]) for n, x in enumerate(xs) if n % step == 0),
    )


def _each(series: Sequence[str], values: Sequence[float]) -> list[tuple[int, str, float]]:
    return [(n, name, value) for n, (name, value) in enumerate(zip(series, values, strict=False), start=1)]


def _curve(number: int, name: str, xs: Sequence[float], values: Sequence[float], ticks: Sequence[float]) -> Curve:
    points = tuple(
        Point(_percent(x), _percent(_height(value, ticks)), value) for x, value in zip(xs, values, strict=True)
    )
    return Curve(name, number, points, tuple(pairwise(points)))


def _height(value: float, ticks: Sequence[float]) -> float:
    low, high = ticks[0], ticks[-1]
    return BOTTOM - (BOTTOM - TOP) * (value - low) / ((high - low) or 1)


def nice_ticks(values: Sequence[float], most: int = 5) -> list[float]:
    """Return round numbers from at most 0 to at least the highest value: 1, 2 or 5 times a power of ten apart."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if high == low:
        return [0.0, 1.0]
    raw = (high - low) / most
    power = 10.0 ** floor(log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(n * step, 10) for n in range(first, last + 1)]


def _percent(number: float) -> str:
    return f"{number:.2f}%"

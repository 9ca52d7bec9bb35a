"""The figures themselves. What cannot be computed is a `Figure` without value that says why; nothing divides by zero."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sandbox.engine.scoring.detection import sensitivity

Rating = float | str
Weights = Literal["none", "linear", "quadratic"]
Level = Literal["nominal", "ordinal"]
Distance = Callable[[Rating, Rating], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` is None when there is none, and `why` then says so; `n` counts the items it rests on."""

    value: float | None
    n: int
    why: str = ""


def _differs(one: Rating, other: Rating) -> float:
    return float(one != other)


def _apart(one: Rating, other: Rating) -> float:
    return abs(float(one) - float(other))


def _apart_squared(one: Rating, other: Rating) -> float:
    return _apart(one, other) ** 2


WEIGHTS: Final[Mapping[Weights, Distance]] = {"none": _differs, "linear": _apart, "quadratic": _apart_squared}


def cohen_kappa(pairs: Sequence[tuple[Rating | None, Rating | None]], weights: Weights = "none") -> Figure:
    """Return Cohen's κ of two raters; a pair with a gap is left out.

    `pairs` holds one pair of ratings per item. With weights, ratings are numbers and a disagreement weighs as much as
    they lie apart (linear) or the square of it (quadratic). 1 is full agreement, 0 what chance would give.
    Errors: ValueError when ratings that are weighted are no numbers.
    Source: Cohen, Educational and Psychological Measurement 20 (1960); weighted: Psychological Bulletin 70 (1968).
    """
    distance = WEIGHTS[weights]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    n = len(both)
    if not n:
        return Figure(None, 0, "no item was rated by both")
    ones, others = Counter(a for a, _ in both), Counter(b for _, b in both)
    observed = math.fsum(distance(a, b) for a, b in both) / n
    by_chance = math.fsum(x * y * distance(a, b) for a, x in ones.items() for b, y in others.items()) / n**2
    if by_chance == 0:
        return Figure(None, n, "both raters gave one and the same rating throughout")
    return Figure(1 - observed / by_chance, n)


def fleiss_kappa(items: Sequence[Mapping[Rating, int]]) -> Figure:
    """Return Fleiss' κ over `items`, each the number of ratings per category; every item needs equally many ratings.

    Source: Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971).
    """
    n = len(items)
    sizes = {sum(item.values()) for item in items}
    if len(sizes) != 1:
        return Figure(None, n, "the items have different numbers of ratings" if sizes else "there is no item")
    (m,) = sizes
    if m < 2:
        return Figure(None, n, "two ratings of each item at least are needed")
    observed = math.fsum(x * (x - 1) for item in items for x in item.values()) / (n * m * (m - 1))
    totals: Counter[Rating] = Counter()
    for item in items:
        totals.update(item)
    if sum(1 for x in totals.values() if x) == 1:
        return Figure(None, n, "every rating is the same")
    by_chance = math.fsum((x / (n * m)) ** 2 for x in totals.values())
    return Figure((observed - by_chance) / (1 - by_chance), n)


def krippendorff_alpha(items: Sequence[Sequence[Rating | None]], level: Level = "nominal") -> Figure:
    """Return Krippendorff's α of `items`, each the ratings it got, None where a rater left a gap.

    Ordinal ratings are numbers, and only their order counts. An item with a single rating agrees with nothing and is
    left out. 1 is full agreement, 0 what chance would give; below 0.667 no conclusion should be drawn from the ratings.
    Errors: ValueError when ordinal ratings are no numbers.
    Source: Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
    """
    counts = [Counter(r for r in ratings if r is not None) for ratings in items]
    paired = [c for c in counts if c.total() >= 2]
    totals: Counter[Rating] = Counter()
    for c in paired:
        totals.update(c)
    if not paired:
        return Figure(None, 0, "no item was rated twice")
    if len(totals) == 1:
        return Figure(None, len(paired), "every rating is the same")
    distance = _differs if level == "nominal" else _rank_distance(totals)
    observed = math.fsum(_disagreement(c, distance) / (c.total() - 1) for c in paired)
    by_chance = _disagreement(totals, distance) / (totals.total() - 1)
    return Figure(1 - observed / by_chance, len(paired))


def _disagreement(counts: Counter[Rating], distance: Distance) -> float:
    return math.fsum(x * y * distance(a, b) for a, x in counts.items() for b, y in counts.items())


def _rank_distance(totals: Counter[Rating]) -> Distance:
    """Two ratings lie as far apart as the ratings given from the one to the other, halves of both ends: squared."""
    middle: dict[Rating, float] = {}
    below = 0.0
    for rating in sorted(totals, key=float):
        middle[rating] = below + totals[rating] / 2
        below += totals[rating]
    return lambda one, other: (middle[one] - middle[other]) ** 2


def detection(hits: int, signals: int, false_alarms: int, noises: int) -> tuple[Figure, Figure]:
    """Return (d′, c): how well signal is told from noise, and which way one leans (below 0: acts too easily).

    `hits` of `signals` and `false_alarms` of `noises` were acted on. Log-linear correction, so no rate is 0 or 1.
    Errors: ValueError for counts that cannot be. Source: model, section 4.3.
    """
    if not (0 <= hits <= signals and 0 <= false_alarms <= noises):
        raise ValueError("hits run from 0 to signals, false alarms from 0 to noises")
    n = signals + noises
    if not signals or not noises:
        missing = Figure(None, n, "there was no noise" if signals else "there was no signal")
        return missing, missing
    d_prime, bias = sensitivity(hits, signals, false_alarms, noises)
    return Figure(d_prime, n), Figure(bias, n)


def f2(hits: int, misses: int, false_alarms: int) -> Figure:
    """Return F2 = 5PR/(4P + R): forgetting one costs more than one too many.

    Errors: ValueError for negative counts. Source: van Rijsbergen, "Information Retrieval" (1979), β = 2.
    """
    if min(hits, misses, false_alarms) < 0:
        raise ValueError("counts start at 0")
    n = hits + misses + false_alarms
    if not n:
        return Figure(None, 0, "nothing was to be found and nothing was")
    return Figure(5 * hits / (5 * hits + 4 * misses + false_alarms), n)

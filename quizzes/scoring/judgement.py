"""Situational judgement: four forms, each measured against a key that is a set of weights rather than a truth.

Source: Legree et al. 2010 (distance and shape), the marking schemes of published judgement tests. There is no agreed best
method, so the rule is a property of the question's version.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from quizzes.scoring.numbers import ONE, ZERO, clamp, ratio

LOWEST, HIGHEST = 1, 5  # the scale of appropriateness


def consensus(votes: Mapping[str, int], chosen: str, *, modal: bool) -> Decimal:
    """Return the share of experts who chose the same, of all votes or (modal) of the leading option's votes.

    Errors: ValueError without a single vote; KeyError if `chosen` was not on the ballot.
    """
    whole = max(votes.values(), default=0) if modal else sum(votes.values())
    if not whole:
        raise ValueError("nobody has voted")
    return ratio(votes[chosen], whole)


def worst_gap(mean: Decimal) -> Decimal:
    """Return the largest distance a rating can have from `mean` on the scale."""
    return max(mean - LOWEST, HIGHEST - mean)


def rating_distance(means: Sequence[Decimal], ratings: Sequence[int | None], *, squared: bool = False) -> Decimal:
    """Return 1 − Σ|r − m| / Σ worst gap (or the same with squares); an action left unrated counts as its worst gap.

    Errors: ValueError if lengths differ, or a rating is off the scale.
    """
    if len(means) != len(ratings) or not means:
        raise ValueError("one rating or None for each action")
    if any(r is not None and not LOWEST <= r <= HIGHEST for r in ratings):
        raise ValueError("a rating off the scale")
    power = 2 if squared else 1
    worst = [worst_gap(m) ** power for m in means]
    gaps = [w if r is None else abs(r - m) ** power for m, r, w in zip(means, ratings, worst, strict=True)]
    return clamp(ONE - ratio(sum(gaps, ZERO), sum(worst, ZERO)))


def rating_shape(means: Sequence[Decimal], ratings: Sequence[int]) -> Decimal | None:
    """Return the correlation of the ratings with the key, from −1 to 1; None when either is flat."""
    n = len(means)
    if n != len(ratings) or n < 2:
        return None
    mean_m, mean_r = ratio(sum(means, ZERO), n), ratio(sum(ratings), n)
    dm = [m - mean_m for m in means]
    dr = [r - mean_r for r in ratings]
    spread = sum((a * a for a in dm), ZERO) * sum((b * b for b in dr), ZERO)
    if not spread:
        return None
    return sum((a * b for a, b in zip(dm, dr, strict=True)), ZERO) / spread.sqrt()


def chance_of_ratings(means: Sequence[Decimal], *, squared: bool = False) -> Decimal:
    """Return what ratings drawn at random earn on average."""
    power = 2 if squared else 1
    scale = range(LOWEST, HIGHEST + 1)
    expected = sum((ratio(sum((abs(r - m) ** power for r in scale), ZERO), len(scale)) for m in means), ZERO)
    return clamp(ONE - ratio(expected, sum((worst_gap(m) ** power for m in means), ZERO)))


def most_least(roles: Mapping[str, int], most: str | None, least: str | None) -> Decimal:
    """Return (points + 2)/4: +1 for each right end, −1 for each inversion; an end left empty counts as an inversion.

    `roles` maps an action to 1 (keyed most), −1 (keyed least) or 0.
    """
    points = (roles[most] if most is not None else -1) - (roles[least] if least is not None else 1)
    return ratio(points + 2, 4)


def chance_of_most_least(actions: int) -> Decimal:
    """Return what two different actions picked at random earn on average: always one half."""
    if actions < 2:
        raise ValueError("two actions at least")
    return Decimal("0.5")

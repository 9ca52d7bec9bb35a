"""From score lines to a result: the total and the pass rule."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quizzes.scoring.numbers import ONE, ZERO, clamp, ratio, settle


@dataclass(frozen=True, slots=True)
class Mark:
    """What one slot earned: fraction 0 to 1, weight 0 or more; the objective it measures ("" for none), its section,
    whether nobody passes without all of it, and the skill of the certification it measures ("" for none)."""

    fraction: Decimal
    weight: Decimal
    objective: str = ""
    section: int = 0
    compulsory: bool = False
    skill: str = ""

    @property
    def fails(self) -> bool:
        return self.compulsory and bool(self.weight) and settle(self.fraction) < ONE


@dataclass(frozen=True, slots=True)
class Total:
    """A whole attempt: points of `out_of`, their fraction (0 to 1) and whether the cut is reached."""

    points: Decimal
    out_of: Decimal
    fraction: Decimal
    passed: bool


def total(marks: Iterable[Mark], cut: Decimal, minimums: Sequence[Decimal] = ()) -> Total:
    """Return the result of an attempt; it passes when its fraction, settled but never rounded for display, reaches `cut`.

    Each section has to reach its own of `minimums` too, and each compulsory question to earn all of its points. The
    total never goes below 0; an attempt without weight earns 0 and passes only a cut of 0.
    """
    marks = tuple(marks)
    points = max(ZERO, sum((m.fraction * m.weight for m in marks), ZERO))
    out_of = sum((m.weight for m in marks), ZERO)
    fraction = settle(clamp(ratio(points, out_of))) if out_of else ZERO
    passed = fraction >= cut and all(section.reached for section in sections(marks, minimums))
    passed = passed and not any(mark.fails for mark in marks)
    return Total(settle(points), out_of, fraction, passed)


CLOSE = Decimal("0.1")  # of the points: what a few more right answers make
FAR_ABOVE = Decimal(2) / 3  # of the way from the cut to all the points


def band(fraction: Decimal, cut: Decimal, *, passed: bool) -> str:
    """Return where a result stands: far_above, above, unmet (the total reaches the cut, another condition is not met),
    close or below."""
    if fraction >= cut:
        if not passed:
            return "unmet"
        return "far_above" if settle(fraction) >= settle(cut + (ONE - cut) * FAR_ABOVE) else "above"
    return "close" if fraction >= cut - CLOSE else "below"


@dataclass(frozen=True, slots=True)
class SectionScore:
    """How one section fared, and the share it had to reach."""

    section: int
    fraction: Decimal
    minimum: Decimal
    questions: int

    @property
    def reached(self) -> bool:
        return self.fraction >= self.minimum


def sections(marks: Sequence[Mark], minimums: Sequence[Decimal]) -> tuple[SectionScore, ...]:
    """Return one score per section that weighs something, in order."""
    own = [[m for m in marks if m.section == n and m.weight] for n in range(len(minimums))]
    return tuple(
        SectionScore(n, total(group, ZERO).fraction, minimums[n], len(group)) for n, group in enumerate(own) if group
    )


@dataclass(frozen=True, slots=True)
class Share:
    """How one objective, or one skill, fared: fraction 0 to 1 over `questions` questions."""

    name: str
    fraction: Decimal
    questions: int


def by_objective(mark: Mark) -> str:
    return mark.objective


def by_skill(mark: Mark) -> str:
    return mark.skill


def profile(marks: Sequence[Mark], name: Callable[[Mark], str] = by_objective) -> tuple[Share, ...]:
    """Return one score per objective, or whatever else `name` tells of a mark, in order of first appearance; questions
    without one, or without weight, are left out."""
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        if (found := name(mark)) and mark.weight:
            groups.setdefault(found, []).append(mark)
    return tuple(Share(name, total(group, ZERO).fraction, len(group)) for name, group in groups.items())

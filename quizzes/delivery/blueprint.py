"""The blueprint of a quiz: sections, pinned questions, enemies; the draw, and whether it can be made at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from random import Random

TRIES = 60
NO_CAP = Decimal(0)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper. `draw` None asks all of `questions` in their order; `minimum` is the share needed to pass it,
    `minutes` its own time, 0 for none."""

    name: str
    questions: tuple[int, ...]
    draw: int | None = None
    pinned: frozenset[int] = frozenset()
    minimum: Decimal = Decimal(0)
    minutes: int = 0

    @property
    def count(self) -> int:
        return len(self.questions) if self.draw is None else self.draw


@dataclass(frozen=True, slots=True)
class Blueprint:
    """`enemies` are pairs of questions never asked together: one gives the other away."""

    sections: tuple[Section, ...]
    enemies: frozenset[frozenset[int]] = field(default_factory=frozenset)

    def foes(self, question: int) -> frozenset[int]:
        return frozenset(other for pair in self.enemies if question in pair for other in pair - {question})


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps the blueprint from being drawn, as a code and the figures of its sentence."""

    code: str
    section: str = ""
    asked: int = 0
    found: int = 0
    needed: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier attempts put last in a draw. Equal blueprints, dice and pasts give an equal draw."""

    seen: Mapping[int, int] = field(
        default_factory=dict
    )  # the candidate's own last attempt that asked a question, from 1
    worn: Mapping[int, int] = field(
        default_factory=dict
    )  # how often anybody was asked a question that is exposed too much

    def rank(self, question: int) -> tuple[int, int]:
        """Return the place of a question in a draw: lower comes first."""
        return self.worn.get(question, 0), self.seen.get(question, 0)


NO_PAST = Past()


def draw(blueprint: Blueprint, dice: Random, past: Past = NO_PAST) -> list[list[int]]:
    """Return the questions of each section: none twice, no two enemies, pinned ones always.

    What is exposed too much comes last, least exposed first; then what the candidate never met comes before what they
    met longest ago. A section that cannot be filled takes what there is.
    """
    best: list[list[int]] = []
    for attempt in range(TRIES):
        drawn = _try(blueprint, dice, past, careful=attempt == TRIES - 1)
        if _size(drawn) > _size(best) or not best:
            best = drawn
        if all(len(got) >= min(s.count, len(s.questions)) for got, s in zip(drawn, blueprint.sections, strict=True)):
            return drawn
    return best


def _size(drawn: Sequence[Sequence[int]]) -> int:
    return sum(len(questions) for questions in drawn)


def _try(blueprint: Blueprint, dice: Random, past: Past, *, careful: bool) -> list[list[int]]:
    """Draw once; a careful draw takes the questions with the fewest enemies first."""
    taken: set[int] = {question for section in blueprint.sections for question in section.pinned}
    drawn = []
    for section in blueprint.sections:
        own = list(section.questions)
        others = [question for question in own if question not in section.pinned]
        if section.draw is not None:
            dice.shuffle(others)
            others.sort(key=past.rank)
        if careful:
            others.sort(key=lambda question: len(blueprint.foes(question)))
        got = set(section.pinned)
        for question in others:
            if len(got) >= section.count:
                break
            if question not in taken and not blueprint.foes(question) & taken:
                got.add(question)
                taken.add(question)
        chosen = [question for question in own if question in got]
        if section.draw is not None:
            dice.shuffle(chosen)
        drawn.append(chosen)
    return drawn


def problems(blueprint: Blueprint, max_exposure: Decimal = NO_CAP) -> list[Problem]:
    """Return what an author must put right before any candidate can be given the paper that was asked for."""
    found = [*_pinned_problems(blueprint), *_short_sections(blueprint)]
    if max_exposure and not found:
        found = list(_exposed(blueprint, max_exposure))
    if found:
        return found
    drawn = _best_of(blueprint)
    return [
        Problem("kept_apart", section.name, section.count, len(got))
        for section, got in zip(blueprint.sections, drawn, strict=True)
        if len(got) < section.count
    ]


def _best_of(blueprint: Blueprint) -> list[list[int]]:
    return draw(blueprint, Random(0))  # noqa: S311 (a trial, the same each time)


def _pinned_problems(blueprint: Blueprint) -> Iterable[Problem]:
    pinned = {question for section in blueprint.sections for question in section.pinned}
    if any(pair <= pinned for pair in blueprint.enemies):
        yield Problem("pinned_enemies")
    for section in blueprint.sections:
        if len(section.pinned) > section.count:
            yield Problem("pinned_over", section.name, section.count, len(section.pinned))


def _short_sections(blueprint: Blueprint) -> Iterable[Problem]:
    for section in blueprint.sections:
        if not section.questions:
            yield Problem("empty", section.name)
        elif section.draw is not None and section.draw > len(section.questions):
            yield Problem("short", section.name, section.draw, len(section.questions))


def _exposed(blueprint: Blueprint, cap: Decimal) -> Iterable[Problem]:
    """Yield the sections too small for the cap: drawn evenly, a question is asked in draw / questions of the attempts."""
    drawing = [section for section in blueprint.sections if section.draw is not None]
    if not drawing:
        yield Problem("nothing_drawn")
    for section in drawing:
        always = len(section.pinned)
        drawn, pool = section.count - always, len(section.questions) - always
        if drawn > cap * pool:
            yield Problem("exposed", section.name, drawn, pool, ceil(drawn / cap))


def fresh_attempts(blueprint: Blueprint) -> int | None:
    """Return how many attempts one person may make before every drawn question has been met; None if nothing is drawn."""
    runs = [
        (len(s.questions) - len(s.pinned)) // (s.draw - len(s.pinned))
        for s in blueprint.sections
        if s.draw is not None and len(s.pinned) < s.draw < len(s.questions)
    ]
    return min(runs) if runs else None

"""What to take from a shift to the next one: what went well, what cost most, each with its examples."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from . import codes, constants
from .debrief import rough_cost
from .scoring import Item, Score
from .scoring.reasons import last_restriction, must_tell, reason_credit, told_rightly
from .world import World

CHANGES, STRENGTHS = 3, 2  # told; more would be none
ENOUGH = 0.8  # of the cases: a strength
FEWEST = 2  # cases below which nothing is called a habit


@dataclass(frozen=True, slots=True)
class Lesson:
    """`n` of `total` cases; `about` is a code (reason, desk) where one stands out; `comments` are examples."""

    code: str
    n: int
    total: int
    cost: float = 0.0
    about: str = ""
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lessons:
    keep: tuple[Lesson, ...] = ()
    change: tuple[Lesson, ...] = field(default_factory=tuple)


def lessons_of(world: World, score: Score) -> Lessons:
    """Return at most two habits to keep and three to change, dearest first."""
    found = [*_about_items(score), *_about_the_house(world, score)]
    change = sorted((each for each in found if each.n), key=lambda each: (-each.cost, each.code))
    return Lessons(tuple(_strengths(world, score))[:STRENGTHS], tuple(change[:CHANGES]))


def _about_items(score: Score) -> list[Lesson]:
    items = score.items
    signals, noises = [i for i in items if i.signal], [i for i in items if not i.signal]
    asked = [i for i in items if i.comment.kind in codes.AWAITING and not i.signal]
    grave = [i for i in signals if i.comment.severity >= constants.GRAVE_SEVERITY]
    fair = [i for i in noises if i.comment.protected != "none"]
    plain = [i for i in noises if i.comment.protected == "none"]
    return [
        _lesson("unanswered", asked, lambda i: not i.state.replies and not _restricted(i)),
        _lesson("answered_late", asked, lambda i: bool(i.state.replies) and i.timeliness < 1),
        _lesson("grave_late", grave, lambda i: i.timeliness < 1 and _restricted(i)),
        _lesson("let_stand", signals, lambda i: not _restricted(i), lambda i: i.comment.reasons[0]),
        _lesson("fair_removed", fair, _restricted),
        _lesson("harmless_removed", plain, _restricted),
        _lesson("too_far", signals, lambda i: i.level > i.expected and i.credit < ENOUGH),
        _lesson(
            "not_passed_on",
            [i for i in items if i.comment.escalate_to],
            lambda i: not any(a.action == "escalate" for a in i.state.acts),
            lambda i: i.comment.escalate_to,
        ),
    ]


def _about_the_house(world: World, score: Score) -> list[Lesson]:
    restricted = [i for i in score.items if i.signal and _restricted(i)]
    owed = [i for i in restricted if world.scenario.explain and must_tell(i.comment)]
    silent = [s for s in world.injects if s.inject.expects == "statement"]
    late = sum(1 for s in silent if s.answered is None)
    wrong = [a for a in score.appeals if a.credit < constants.LADDER_MIN_WEIGHT]
    return [
        _lesson("wrong_reason", restricted, lambda i: reason_credit(i) < 1, lambda i: i.comment.reasons[0], weight=0.3),
        _lesson("untold", owed, lambda i: not told_rightly(i), weight=0.3),
        Lesson("silence", late, len(silent), cost=2.0 * late),
        Lesson("appeals", len(wrong), len(score.appeals), sum(1 - a.credit for a in wrong), "",
               tuple(a.state.appeal.comment for a in wrong)),
    ]  # fmt: skip


def _strengths(world: World, score: Score) -> Iterable[Lesson]:
    """Yield what went well nearly always and often enough to be a habit, the hardest first."""
    items = score.items
    wanted = [s for s in world.injects if s.inject.expects == "statement"]
    cases: list[tuple[str, list[bool]]] = [
        ("spoke_in_time", [s.answered is not None for s in wanted]),
        ("grave_in_time", [i.timeliness == 1 and i.credit >= ENOUGH for i in items if i.signal and _grave(i)]),
        ("traps_seen", [i.credit >= ENOUGH for i in items if i.comment.trap]),
        ("fair_kept", [bool(i.action) and not _restricted(i) for i in items if i.comment.protected != "none"]),
        ("passed_on", [any(a.action == "escalate" for a in i.state.acts) for i in items if i.comment.escalate_to]),
        ("answered", [i.timeliness == 1 and bool(i.state.replies) for i in items if i.comment.kind in codes.AWAITING]),
        ("exact_reasons", [_exact(i) for i in items if i.signal and _restricted(i)]),
    ]
    for code, right in cases:
        if len(right) >= FEWEST and sum(right) >= ENOUGH * len(right):
            yield Lesson(code, sum(right), len(right))


def _lesson(
    code: str,
    cases: list[Item],
    wrong: Callable[[Item], bool],
    about: Callable[[Item], str] = lambda item: "",
    weight: float = 1.0,
) -> Lesson:
    """Return the lesson of the cases that went wrong: what they cost, what most of them were about, the dearest ones."""
    found = sorted((i for i in cases if wrong(i)), key=lambda i: (-rough_cost(i), i.comment.id))
    common = Counter(about(i) for i in found).most_common(1)
    cost = weight * sum(max(rough_cost(i), 0.1) for i in found)
    return Lesson(
        code, len(found), len(cases), cost, common[0][0] if common else "", tuple(i.comment.id for i in found)
    )


def _restricted(item: Item) -> bool:
    return item.level >= constants.RESTRICTION_LEVEL


def _grave(item: Item) -> bool:
    return item.comment.severity >= constants.GRAVE_SEVERITY


def _exact(item: Item) -> bool:
    act = last_restriction(item)
    return act is not None and act.reason in item.comment.reasons

"""The rule of an award: what must be done, as a value that can be evaluated, read aloud, and compared with a learner.

Pure. Courses and activities are named by their translation keys, so that one rule serves every language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CourseCompleted:
    """Every activity of the course is done: lessons read, quizzes and scenarios passed."""

    course: UUID


@dataclass(frozen=True, slots=True)
class ActivityPassed:
    """One activity (an exam, a scenario) is passed, with `percent` (0 to 100) at least if given."""

    activity: UUID
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class AwardHeld:
    """A certificate of another award, valid today."""

    award: UUID


@dataclass(frozen=True, slots=True)
class Announced:
    """Something that does not exist yet, such as an exam being written: named, so that nobody waits without knowing why.

    Nobody can meet it; the award cannot be given before the rule names the real thing instead.
    """

    texts: Mapping[str, str]  # language → name


@dataclass(frozen=True, slots=True)
class PointsEarned:
    """Continuing learning, to renew: a point is an hour of activities completed for the first time since."""

    points: int


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: "tuple[Rule, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """`count` of the parts are enough."""

    parts: "tuple[Rule, ...]"
    count: int = 1


Leaf = CourseCompleted | ActivityPassed | AwardHeld | Announced | PointsEarned
Rule = Leaf | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Progress:
    """A learner's record. `passed` gives the best result (0 to 100) of each activity passed; `held` the awards; `points`
    whole hours of what was new."""

    completed: frozenset[UUID] = frozenset()
    passed: Mapping[UUID, int] = field(default_factory=dict)
    held: frozenset[UUID] = frozenset()
    points: int = 0


def is_met(rule: Rule, progress: Progress) -> bool:
    """Whether the learner has done it. An empty rule is never met: an award without a rule is given by hand only."""
    match rule:
        case AllOf(parts):
            return bool(parts) and all(is_met(part, progress) for part in parts)
        case AnyOf(parts, count):
            return len(parts) >= count > 0 and sum(is_met(part, progress) for part in parts) >= count
        case _:
            return _is_done(rule, progress)


def _is_done(leaf: Leaf, progress: Progress) -> bool:
    match leaf:
        case CourseCompleted(course):
            return course in progress.completed
        case ActivityPassed(activity, percent):
            return activity in progress.passed and progress.passed[activity] >= (percent or 0)
        case AwardHeld(award):
            return award in progress.held
        case PointsEarned(points):
            return progress.points >= points
        case Announced():
            return False


def missing(rule: Rule, progress: Progress) -> tuple[Rule, ...]:
    """What is still to do, outermost requirement first; empty once the rule is met."""
    if is_met(rule, progress):
        return ()
    if isinstance(rule, AllOf):
        return tuple(left for part in rule.parts for left in missing(part, progress))
    return (rule,)


def awaited(rule: Rule) -> tuple[Announced, ...]:
    """What must exist before anybody can meet the rule; empty where it can be met today."""
    match rule:
        case Announced():
            return (rule,)
        case AllOf(parts):
            return tuple(thing for part in parts for thing in awaited(part))
        case AnyOf(parts, count):
            waiting = [awaited(part) for part in parts]
            enough = sum(not things for things in waiting) >= count
            return () if enough else tuple(thing for things in waiting for thing in things)
        case _:
            return ()


def leaves(rule: Rule) -> Iterable[Leaf]:
    """Every single requirement, in order."""
    if isinstance(rule, AllOf | AnyOf):
        for part in rule.parts:
            yield from leaves(part)
    else:
        yield rule

"""How a course is used: who begins what, who finishes, where they stop, how long it takes, what they get wrong.

Six queries, whatever the number of learners, and sums made by the database. Figures about fewer than `FEWEST` people are
kept back: with so few, one of them could be recognised.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Func, IntegerField, Q

from courses.models import ActivityRecord, CheckAnswer, Enrolment
from courses.outline import Outline

FEWEST = 5
ONE_SITTING = timedelta(hours=2)  # who took longer went away in between: the time says nothing
GIVEN_UP = timedelta(days=14)  # opened so long ago and not finished


class Minutes(Func):
    """Whole minutes from one moment to another."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST((julianday(%(expressions)s)) * 1440 + 0.001 AS INTEGER)"  # days are floats
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "FLOOR(EXTRACT(EPOCH FROM (%(expressions)s)) / 60)::int"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **context)


@dataclass(slots=True)
class Figures:
    """Sums over learners. A rate or a median of fewer than `FEWEST` is None, a count of them is kept back by the template."""

    began: int = 0
    done: int = 0
    gave_up: int = 0
    answered: int = 0
    wrong: int = 0
    most_began: int = 0  # at least so many people are behind the sums: the most of one activity, or of one question
    most_answered: int = 0
    minutes: dict[int, int] = field(default_factory=dict)  # minutes → how many took so long, in one sitting

    @property
    def few(self) -> bool:
        return self.most_began < FEWEST

    @property
    def completion(self) -> int | None:
        return None if self.few else round(100 * self.done / self.began)

    @property
    def stopped(self) -> int | None:
        return None if self.few else round(100 * self.gave_up / self.began)

    @property
    def median_minutes(self) -> int | None:
        return median(self.minutes) if sum(self.minutes.values()) >= FEWEST else None

    @property
    def error_rate(self) -> int | None:
        return round(100 * self.wrong / self.answered) if self.most_answered >= FEWEST else None

    def __add__(self, other: "Figures") -> "Figures":
        """Return both together: the minutes are those of the first, an activity's, and a module has none."""
        return Figures(
            self.began + other.began, self.done + other.done, self.gave_up + other.gave_up,
            self.answered + other.answered, self.wrong + other.wrong,
            max(self.most_began, other.most_began), max(self.most_answered, other.most_answered), self.minutes,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """An activity or, with `is_module`, a module with its activities summed."""

    key: UUID
    title: str
    kind: str
    promised: int
    figures: Figures
    is_module: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    enrolled: int
    completed: int
    recent: int  # seen within the last thirty days
    lines: list[Line]

    @property
    def few(self) -> bool:
        return self.enrolled < FEWEST

    @property
    def completion(self) -> int | None:
        return None if self.few else round(100 * self.completed / self.enrolled)


def median(histogram: Mapping[int, int]) -> int | None:
    """Return the value half of the people are at or below; None for nobody."""
    total, seen = sum(histogram.values()), 0
    for value in sorted(histogram):
        seen += histogram[value]
        if 2 * seen >= total:
            return value
    return None


def usage_of(outline: Outline, *, now: datetime) -> Usage:
    """Return how the course of `outline` is used. Four queries."""
    figures = figures_of(outline.key, [item.key for item in outline.items], now=now)
    people = Enrolment.objects.filter(course_key=outline.key).aggregate(
        enrolled=Count("pk"),
        completed=Count("pk", filter=Q(completed_at__isnull=False)),
        recent=Count("pk", filter=Q(last_seen_at__gt=now - timedelta(days=30))),
    )
    return Usage(people["enrolled"], people["completed"], people["recent"], list(_lines(outline, figures)))


def _lines(outline: Outline, figures: Mapping[UUID, Figures]) -> Iterable[Line]:
    for module in outline.modules:
        total = sum((figures[item.key] for item in module.items), Figures())
        yield Line(module.key, module.title, "module", module.minutes, total, is_module=True)
        for item in module.items:
            yield Line(item.key, item.title, item.kind, item.minutes, figures[item.key])


def figures_of(course_key: UUID, keys: list[UUID], *, now: datetime) -> dict[UUID, Figures]:
    """Return the figures of each activity of a course. Three queries."""
    found: dict[UUID, Figures] = defaultdict(Figures)
    records = ActivityRecord.objects.filter(course_key=course_key).order_by()
    late = Q(state=ActivityRecord.State.BEGUN, begun_at__lt=now - GIVEN_UP)
    for key, began, done, gave_up in records.values_list("activity_key").annotate(
        begun=Count("pk"),
        finished=Count("pk", filter=Q(state=ActivityRecord.State.DONE)),
        given_up=Count("pk", filter=late),
    ):
        found[key].began, found[key].done, found[key].gave_up, found[key].most_began = began, done, gave_up, began
    sittings = records.filter(completed_at__lt=F("begun_at") + ONE_SITTING)
    timed = sittings.annotate(took=Minutes("completed_at", "begun_at")).values_list("activity_key", "took")
    for key, took, number in timed.annotate(number=Count("pk")):
        found[key].minutes[took] = number
    answers = CheckAnswer.objects.filter(activity_key__in=keys, correct__isnull=False).order_by()
    rows = answers.values_list("activity_key", "check_key").annotate(
        number=Count("pk"), right=Count("pk", filter=Q(correct=True, tries=1))
    )
    for key, _check, answered, right in rows:  # one answer each: a question's answers are so many people
        found[key] += Figures(answered=answered, wrong=answered - right, most_answered=answered)
    return found


def enrolments_by_course() -> dict[UUID, tuple[int, int]]:
    """Return for each course with learners how many are enrolled and how many of them have finished. One query."""
    rows = (
        Enrolment.objects.order_by()
        .values_list("course_key")
        .annotate(enrolled=Count("pk"), completed=Count("pk", filter=Q(completed_at__isnull=False)))
    )
    return {key: (enrolled, completed) for key, enrolled, completed in rows}


def stops_of(course_key: UUID, activity_key: UUID) -> dict[str, int]:
    """Return, for those who began a lesson and did not finish it, how many stopped at each place. One query."""
    records = ActivityRecord.objects.filter(course_key=course_key, activity_key=activity_key).order_by()
    left = records.filter(state=ActivityRecord.State.BEGUN)
    return dict(left.values_list("place").annotate(number=Count("pk")))


def answers_of(activity_key: UUID) -> dict[str, Figures]:
    """Return, for each question inside a lesson, how many answered and how many were wrong at first. One query."""
    answers = CheckAnswer.objects.filter(activity_key=activity_key, correct__isnull=False).order_by()
    rows = answers.values_list("check_key").annotate(
        number=Count("pk"), right=Count("pk", filter=Q(correct=True, tries=1))
    )
    return {
        key: Figures(answered=answered, wrong=answered - right, most_answered=answered) for key, answered, right in rows
    }

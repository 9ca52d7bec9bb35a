"""A person's extra time: who has how much, and what granting it does to an attempt under way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localtime

from quizzes.delivery.clocks import read_clocks, write_clocks
from quizzes.delivery.timing import NO_EXTRA, Extra, deadline
from quizzes.models import Accommodation, Attempt, AttemptEvent, Quiz
from quizzes.paper import Paper


def extra_for(user: Any, quiz: Quiz) -> Extra:
    """Return the extra time of `user` at `quiz`: the newest decision about this quiz, else about every quiz. One query."""
    found = (
        Accommodation.objects.filter(Q(quiz=quiz) | Q(quiz=None), user=user)
        .order_by(F("quiz").asc(nulls_last=True), "-granted_at", "-pk")
        .values_list("extra_percent", "extra_minutes")
        .first()
    )
    return Extra(*found) if found else NO_EXTRA


@dataclass(frozen=True, slots=True)
class Grant:
    """A decision on extra time, as staff take it; `quiz` None is every quiz."""

    percent: int
    minutes: int
    reason: str
    quiz: Quiz | None = None


@transaction.atomic
def grant(*, user: Any, grant: Grant, by: Any, now: datetime) -> tuple[Accommodation, int]:
    """Write the decision down and move the deadlines of the attempts it reaches; return it and how many moved."""
    decision = Accommodation.objects.create(
        user=user,
        quiz=grant.quiz,
        extra_percent=grant.percent,
        extra_minutes=grant.minutes,
        reason=grant.reason,
        granted_by=by,
        granted_at=now,
    )
    reached = Attempt.objects.open().filter(user=user)
    if grant.quiz:
        reached = reached.filter(quiz=grant.quiz)
    attempts = list(reached.select_for_update(of=("self",)).select_related("quiz"))
    moved = [_move_deadline(attempt, by, grant.reason, now) for attempt in attempts if not attempt.is_overdue(now)]
    return decision, sum(moved)


def _move_deadline(attempt: Attempt, by: Any, reason: str, now: datetime) -> bool:
    """Store the deadlines the person would have had from the start, and say so in the attempt's log."""
    extra, paper = extra_for(attempt.user, attempt.quiz), Paper.from_json(attempt.form)
    limits, was = paper.limits, read_clocks(attempt.clocks)
    clocks = limits.moved(attempt.first_open, was, extra)
    ends = [deadline(paper.rules, attempt.started_at, extra, limits.whole), limits.last_end(attempt.first_open, clocks)]
    end = min((end for end in ends if end), default=None)
    moved = [(was[place].ends_at, clock.ends_at) for place, clock in clocks.items() if clock != was[place]]
    if attempt.deadline and end and end != attempt.deadline:
        moved.append((attempt.deadline, end))
    if not moved:
        return False
    attempt.clocks, attempt.deadline = write_clocks(clocks), end
    attempt.save(update_fields=["clocks", "deadline"])
    told = [f"{localtime(before):%H:%M:%S} → {localtime(after):%H:%M:%S}" for before, after in dict.fromkeys(moved)]
    AttemptEvent.objects.create(
        attempt=attempt, kind=AttemptEvent.Kind.DEADLINE, at=now, actor=by, note=f"{', '.join(told)}. {reason}"
    )
    return True

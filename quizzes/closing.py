"""The end of an attempt: submitted by its candidate, closed at the deadline, or not counted. Once, whoever comes second."""

from datetime import datetime
from typing import Any

from django.db import transaction

from courses.services import record_result
from quizzes.marking import total_values, wait_for_markers
from quizzes.mistakes import remember_mistakes
from quizzes.models import Attempt, AttemptEvent, ScoreLine
from quizzes.scoring.passing import Mark
from quizzes.sitting import Sitting, sit


def submit_attempt(*, sitting: Sitting, now: datetime) -> Attempt:
    """Score the answers kept and close the attempt; a second call returns the first result."""
    return _close(sitting, now)


def close_overdue(*, attempt: Attempt, now: datetime) -> Attempt:
    """Close an attempt whose time is over as its rules say; anything else is left as it is."""
    if not (attempt.is_open and attempt.is_overdue(now)):
        return attempt
    return _close(sit(attempt), now)


def locked(attempt: Attempt) -> Attempt:
    """Return the attempt as the database has it now, held until the end of the transaction."""
    fresh = Attempt.objects.select_for_update().get(pk=attempt.pk)
    fresh.user = attempt.user
    return fresh


@transaction.atomic
def _close(sitting: Sitting, now: datetime) -> Attempt:
    """Lock the attempt and, if it is still open, end it."""
    sitting.attempt = attempt = locked(sitting.attempt)
    if not attempt.is_open:
        return attempt
    sitting.read_answers()
    return end(sitting, now)


def end(sitting: Sitting, now: datetime) -> Attempt:
    """End the locked attempt of a sitting. Past its last call it is closed with what it has, or does not count."""
    attempt = sitting.attempt
    if not attempt.is_overdue(now):
        return _score(sitting, Attempt.Closing.LEARNER, now)
    if sitting.paper.rules.grace == "submit":
        return _score(sitting, Attempt.Closing.DEADLINE, now)
    return _void(attempt, now)


def _void(attempt: Attempt, now: datetime) -> Attempt:
    """Keep the attempt and its answers, without a result: the rules of this quiz ask for a submission in time."""
    values = {"state": Attempt.State.VOID, "submitted_at": attempt.deadline, "closing": Attempt.Closing.DEADLINE}
    if _move(attempt, values):
        AttemptEvent.objects.create(attempt=attempt, kind=AttemptEvent.Kind.NOT_COUNTED, at=now)
    return attempt


def _move(attempt: Attempt, values: dict[str, Any]) -> bool:
    """Move the attempt away from open in one statement; False when another call did it first."""
    moved = Attempt.objects.open().filter(pk=attempt.pk).update(**values)
    for name, value in values.items():
        setattr(attempt, name, value)
    return bool(moved)


def _score(sitting: Sitting, closing: str, now: datetime) -> Attempt:
    """Score the answers of a sitting whose attempt is locked; the result is written once, whoever comes second."""
    attempt, marks = sitting.attempt, sitting.marks()
    result = sitting.result(marks)
    values = {
        "state": Attempt.State.SUBMITTED,
        "submitted_at": attempt.deadline if closing == Attempt.Closing.DEADLINE else now,
        "closing": closing,
        **total_values(result),
    }
    if not _move(attempt, values):
        attempt.refresh_from_db()
        return attempt
    ScoreLine.objects.bulk_create(_score_lines(sitting, marks, now))
    wait_for_markers(sitting, now)
    remember_mistakes(sitting, marks, now)
    if result is None:
        return attempt  # it comes with the last mark: see quizzes.marking
    record_result(
        user=attempt.user,
        course_key=attempt.course_key,
        activity_key=attempt.activity_key,
        fraction=result.fraction,
        passed=result.passed,
        now=now,
    )
    return attempt


def _score_lines(sitting: Sitting, marks: list[Mark], now: datetime) -> list[ScoreLine]:
    """Return a line for every answer but those that wait for their marker."""
    return [
        ScoreLine(
            attempt=sitting.attempt,
            slot=q.number,
            version_id=q.slot.version_id,
            objective=mark.objective,
            raw=q.raw,
            response=q.response,
            rule=q.rule,
            fraction=mark.fraction,
            hints=q.hints,
            weight=mark.weight,
            points=mark.fraction * mark.weight,
            engine=sitting.paper.engine,
            scored_at=now,
        )
        for q, mark in zip(sitting.questions, marks, strict=True)
        if not q.awaits_a_marker
    ]

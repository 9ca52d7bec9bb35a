"""Marking by a person: answers wait after submission, a marker chooses a level for each criterion, and once the last
waiting answer of an attempt is marked its result is worked out and reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.services import record_result
from quizzes.models import Attempt, MarkedAnswer, Marking, ScoreLine
from quizzes.scoring.passing import Total
from quizzes.sitting import Asked, Sitting, sit


class MarkedMeanwhile(Exception):  # noqa: N818 (says what happened)
    """Somebody else marked the answer after this page was opened."""


class ReasonNeeded(Exception):  # noqa: N818
    """A mark given once is changed only with a reason."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a marker sends: a level for each criterion, a remark, and why, when a mark is changed."""

    levels: Mapping[str, str]  # criterion → points of a level
    comment: str = ""
    reason: str = ""


def wait_for_markers(sitting: Sitting, now: datetime) -> int:
    """Put the answers that a person marks in the queue, inside the submission's transaction; return how many."""
    waiting = [
        MarkedAnswer(attempt=sitting.attempt, slot=q.number, version_id=q.slot.version_id, submitted_at=now)
        for q in sitting.questions
        if q.awaits_a_marker
    ]
    MarkedAnswer.objects.bulk_create(waiting)
    return len(waiting)


@transaction.atomic
def mark_answer(*, answer: MarkedAnswer, opinion: Opinion, marker: Any, seen: int, now: datetime) -> Marking:
    """Keep an opinion on `answer`; `seen` is the number of the newest one when the page was opened, 0 for none.

    The same opinion sent twice counts once. Errors: ValueError when a criterion has no level of its own;
    MarkedMeanwhile; ReasonNeeded; nothing is written then.
    """
    attempt = Attempt.objects.select_for_update().get(pk=answer.attempt_id)  # one marker at a time on an attempt
    sitting = sit(attempt)
    asked = sitting.questions[answer.slot - 1]
    fraction = asked.type.grade(asked.spec, opinion.levels) * asked.left_by_hints  # type: ignore[attr-defined]
    newest = answer.markings.order_by("-number").first()
    if newest and newest.number != seen:
        if _same(newest, opinion, marker):
            return newest
        raise MarkedMeanwhile
    if newest and not opinion.reason:
        if _same(newest, opinion, marker):
            return newest
        raise ReasonNeeded
    marking = Marking.objects.create(
        answer=answer,
        number=newest.number + 1 if newest else 1,
        levels=dict(opinion.levels),
        comment=opinion.comment,
        reason=opinion.reason,
        fraction=fraction,
        marker=marker,
        marked_at=now,
    )
    ScoreLine.objects.create(**_line(sitting, asked, marking, now))
    MarkedAnswer.objects.filter(pk=answer.pk, marked_at=None).update(marked_at=now)
    settle_result(attempt=attempt, now=now)
    return marking


def _same(newest: Marking, opinion: Opinion, marker: Any) -> bool:
    given = (newest.marker_id, newest.levels, newest.comment)
    return given == (marker.pk, dict(opinion.levels), opinion.comment)


def _line(sitting: Sitting, asked: Asked, marking: Marking, now: datetime) -> dict[str, Any]:
    return {
        "attempt": sitting.attempt,
        "slot": asked.number,
        "version_id": asked.slot.version_id,
        "objective": asked.slot.objective,
        "raw": dict(asked.raw),
        "response": dict(asked.response),
        "rule": asked.rule,
        "fraction": marking.fraction,
        "weight": asked.slot.weight,
        "points": marking.fraction * asked.slot.weight,
        "scored_by": f"marker:{marking.marker_id}",
        "engine": sitting.paper.engine,
        "scored_at": now,
    }


def settle_result(*, attempt: Attempt, now: datetime) -> None:
    """Work out the result of a locked attempt and report it, unless an answer still waits for its marker."""
    result = sit(attempt).result()
    if result is None:
        return
    Attempt.objects.filter(pk=attempt.pk).update(**total_values(result))
    record_result(
        user=attempt.user,
        course_key=attempt.course_key,
        activity_key=attempt.activity_key,
        fraction=result.fraction,
        passed=result.passed,
        now=now,
        done_at=attempt.submitted_at,
    )


def total_values(result: Total | None) -> dict[str, Any]:
    """Return the columns of an attempt that hold its result; all empty while there is none."""
    names = ("points", "out_of", "fraction", "passed")
    return {name: getattr(result, name) if result else None for name in names}

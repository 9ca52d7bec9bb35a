"""Writes of the learning record. Each is one transaction and survives being called twice."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

from courses.blocks import InteractiveBlock
from courses.models import (
    ActivityPass,
    ActivityRecord,
    CheckAnswer,
    CoursePage,
    Enrolment,
    LessonPage,
    activity_models,
)

# Called with (user_id, now) in the transaction in which a learner completes something: certification listens here.
_listeners: list[Callable[..., object]] = []


def on_progress(listener: Callable[..., object]) -> Callable[..., object]:
    """Register `listener(*, user_id, now)`, called whenever an activity is completed, before the transaction ends.

    It only notes that there is something to look at: what it writes is kept, or lost, together with the result.
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


@transaction.atomic
def enrol(*, user: Any, course_key: UUID, now: datetime) -> Enrolment:
    """Enrol `user`; a second call returns the first enrolment."""
    enrolment, _ = Enrolment.objects.get_or_create(user=user, course_key=course_key, defaults={"enrolled_at": now})
    return enrolment


def begin(*, user_id: int, course_key: UUID, activity_key: UUID, now: datetime) -> None:
    """Note that an activity was opened; nothing changes if it was before."""
    ActivityRecord.objects.get_or_create(
        user_id=user_id,
        activity_key=activity_key,
        defaults={"course_key": course_key, "begun_at": now, "updated_at": now},
    )


def remember_activity(*, enrolment: Enrolment, activity_key: UUID, now: datetime) -> None:
    """Note the activity the learner is at; after a silence, also when the visit before ended."""
    Enrolment.objects.filter(pk=enrolment.pk).update(
        last_activity_key=activity_key, last_seen_at=now, previous_seen_at=enrolment.seen_until(now)
    )


def remember_place(*, user: Any, activity_key: UUID, place: str) -> bool:
    """Note where in a lesson the learner reads; False when the learner has never opened it. One query."""
    return bool(ActivityRecord.objects.of(user).filter(activity_key=activity_key).update(place=place))


@transaction.atomic
def record_result(
    *,
    user: Any,
    course_key: UUID,
    activity_key: UUID,
    fraction: Decimal | float | None,
    passed: bool,
    now: datetime,
    done_at: datetime | None = None,
) -> ActivityRecord:
    """Record a result for an activity and complete it when passed.

    The best fraction (0 to 1) is kept and a pass is never taken back, so a repeated or late call changes nothing. `done_at`
    is when the learner did it, for a result that is marked, or marked anew, later: it is one pass, however often marked.
    """
    record, _created = ActivityRecord.objects.select_for_update().get_or_create(
        user_id=user.pk,
        activity_key=activity_key,
        defaults={"course_key": course_key, "begun_at": now, "updated_at": now},
    )
    result = None if fraction is None else Decimal(str(fraction)).quantize(Decimal("0.00001"))
    if result is not None:
        record.best_fraction = max(result, record.best_fraction or Decimal(0))
    record.passed = record.passed or passed
    if passed:
        once = ActivityPass(user_id=user.pk, activity_key=activity_key, fraction=result, at=done_at or now)
        ActivityPass.objects.bulk_create([once], ignore_conflicts=True)
        if done_at and result is not None:
            same = ActivityPass.objects.filter(user_id=user.pk, activity_key=activity_key, at=done_at)
            same.filter(fraction__lt=result).update(fraction=result)
    if record.passed and record.state != ActivityRecord.State.DONE:
        record.state, record.completed_at = ActivityRecord.State.DONE, now
    record.updated_at = now
    record.save()
    _settle(user=user, course_key=course_key, now=now)
    return record


def complete_lesson(*, user: Any, course_key: UUID, activity_key: UUID, now: datetime) -> ActivityRecord:
    """The learner says the lesson is read."""
    return record_result(
        user=user, course_key=course_key, activity_key=activity_key, fraction=None, passed=True, now=now
    )


def _settle(*, user: Any, course_key: UUID, now: datetime) -> None:
    """Complete the enrolment once every live activity is done; a later edit of the course never takes it back."""
    required = activity_keys(course_key)
    done = ActivityRecord.objects.done_keys(user=user, activity_keys=required)
    if required and required <= done:
        Enrolment.objects.filter(user=user, course_key=course_key, completed_at=None).update(completed_at=now)
    for listener in _listeners:
        listener(user_id=user.pk, now=now)


def activity_keys(course_key: UUID) -> set[UUID]:
    """Return the translation keys of a course's live activities, whichever language they exist in."""
    courses = list(CoursePage.objects.live().filter(translation_key=course_key))
    pages = Page.objects.none()
    for course in courses:
        pages = pages | Page.objects.descendant_of(course)
    pages = pages.live().type(*activity_models())
    return set(pages.values_list("translation_key", flat=True)) if courses else set()


MOST_TRIES = 32_000


@transaction.atomic
def answer_block(
    *, user: Any, lesson: LessonPage, block: InteractiveBlock, value: Any, state: Any, now: datetime
) -> CheckAnswer:
    """Keep the learner's answer to an interactive block of `lesson`; the same answer twice is one try.

    `state` is what `block.state_of` read from the form.
    """
    answer, created = CheckAnswer.objects.select_for_update().get_or_create(
        user=user,
        check_key=value["key"],
        defaults={
            "activity_key": lesson.translation_key,
            "chosen": block.settle(state, None, now),
            "correct": block.is_right(value, state),
            "answered_at": now,
        },
    )
    if created:
        return answer
    before = answer.chosen if isinstance(answer.chosen, block.state_type) else None
    settled = block.settle(state, before, now)
    if settled != answer.chosen:
        answer.chosen, answer.correct, answer.answered_at = settled, block.is_right(value, state), now
        answer.tries = min(answer.tries + 1, MOST_TRIES)
        answer.save()
    return answer

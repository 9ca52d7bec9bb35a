"""The start of an attempt: who may, from which version, with which deadline."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from quizzes.closing import close_overdue
from quizzes.delivery import access
from quizzes.delivery.access import History
from quizzes.delivery.rules import Rules
from quizzes.delivery.timing import NO_EXTRA, Extra, closing, deadline, whole_of
from quizzes.drawing import draw_for
from quizzes.extra_time import extra_for
from quizzes.gate import check_password
from quizzes.models import Attempt, AttemptEvent, Quiz, QuizVersion
from quizzes.versions import current


class Refused(Exception):  # noqa: N818
    """No attempt may start now; `refusal` says why and until when."""

    def __init__(self, refusal: access.Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class HonourNeeded(Exception):  # noqa: N818
    """The exam starts only after its statement on honour is agreed to."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands with a quiz: what may be done now, and what has been."""

    refusal: access.Refusal | None
    history: History
    extra: Extra
    left: int | None  # attempts; None without a limit
    closes_at: datetime | None  # for this person


def standing_of(
    user: Any, quiz: Quiz, activity_key: UUID, *, now: datetime, version: QuizVersion | None = None
) -> Standing:
    """Return whether `user` may start an attempt now. Two queries at most, however many attempts there were."""
    done = Attempt.objects.filter(user=user, activity_key=activity_key)
    found = done.aggregate(last=Max("number"), ended=Max("submitted_at"))
    return standing_after(History(found["last"] or 0, found["ended"]), user, quiz, now=now, version=version)


def standing_after(
    history: History, user: Any, quiz: Quiz, *, now: datetime, version: QuizVersion | None = None
) -> Standing:
    """Return whether `user` may start an attempt of `version` after `history`; without one, by the rules of the quiz.
    One query at most: where there is a clock."""
    rules = Rules.from_json(version.content["rules"]) if version else quiz.rules
    minutes = [section.get("minutes", 0) for section in version.content["sections"]] if version else []
    timed = rules.time_limit or rules.closes_at or rules.question_seconds or any(minutes)
    extra = extra_for(user, quiz) if timed else NO_EXTRA
    whole, left = whole_of(minutes), access.attempts_left(rules, history)
    return Standing(
        access.refusal(rules, history, now, extra, whole), history, extra, left, closing(rules, extra, whole)
    )


def start_attempt(
    *,
    user: Any,
    quiz: Quiz,
    course_key: UUID,
    activity_key: UUID,
    seed: int,
    now: datetime,
    honour: str = "",
    watched: bool = False,
    password: str = "",
    address: str = "",
    trial: bool = False,
) -> Attempt:
    """Return the user's open attempt at the activity, drawing a new one if there is none.

    `honour` is the statement agreed to, `watched` whether a log of focus and network was agreed to, `address` where the
    person is; a `trial` by an author passes over limits, dates, password and networks.
    Errors: NothingToAsk; Refused; HonourNeeded; those of `gate.check_password`.
    """
    under_way = Attempt.objects.open().filter(user=user, activity_key=activity_key).first()
    if under_way:
        if not under_way.is_overdue(now):
            return under_way
        close_overdue(attempt=under_way, now=now)
    version = current(quiz)
    rules = Rules.from_json(version.content["rules"])
    standing = standing_of(user, quiz, activity_key, now=now, version=version)
    refusal = standing.refusal or access.outside(rules, address)
    if refusal and not trial:
        raise Refused(refusal)
    if rules.honour and not honour:
        raise HonourNeeded
    if not trial:
        check_password(user, quiz, password)
    drawn = draw_for(user, version, rules, seed)
    whole = drawn.paper.limits.whole
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                user=user,
                course_key=course_key,
                activity_key=activity_key,
                quiz=quiz,
                quiz_version=version,
                number=standing.history.attempts + 1,
                seed=seed,
                form=drawn.form,
                started_at=now,
                deadline=deadline(rules, now, extra_for(user, quiz) if whole else standing.extra, whole),
                honour=honour if rules.honour else "",
                watched=watched and rules.watch,
            )
            _note_agreements(attempt, now)
            return attempt
    except IntegrityError:  # another click came first
        return Attempt.objects.open().get(user=user, activity_key=activity_key)


def _note_agreements(attempt: Attempt, now: datetime) -> None:
    """Write down what the candidate agreed to before the start."""
    if attempt.honour:
        kind, note = AttemptEvent.Kind.HONOUR, attempt.honour
        AttemptEvent.objects.create(attempt=attempt, kind=kind, at=now, actor=attempt.user, note=note)
    if attempt.watched:
        AttemptEvent.objects.create(attempt=attempt, kind=AttemptEvent.Kind.WATCHED, at=now, actor=attempt.user)

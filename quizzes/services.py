"""Writes of an attempt under way. Each is one transaction and survives being called twice or by twenty at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from quizzes.closing import close_overdue, end, locked, submit_attempt
from quizzes.delivery.clocks import write_clocks
from quizzes.delivery.order import crosses
from quizzes.delivery.timing import NETWORK
from quizzes.drawing import NothingToAsk
from quizzes.extra_time import extra_for
from quizzes.gate import PasswordNeeded, TooManyTries
from quizzes.models import Answer, Attempt, AttemptEvent
from quizzes.sitting import Asked, Sitting
from quizzes.starting import HonourNeeded, Refused, start_attempt
from quizzes.types import Raw, Response


class AttemptClosed(Exception):  # noqa: N818 (says what happened)
    """The attempt was submitted, or its time is over: no answer counts any more."""


class AnswersLocked(AttemptClosed):
    """The time is over: no answer counts any more, but the attempt may still be submitted."""


class TakenOver(Exception):  # noqa: N818
    """Another window has opened the attempt since: this one is asked before it goes on."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where answers come from: the desk given to a page when it was made, and the newest answer it then knew.

    A script asks before it takes over. A plain form takes over at once, and what the other window answered since stays.
    """

    desk: UUID | None = None
    seen: int | None = None


ANYWHERE = Window()
CLOCK_SLACK = timedelta(seconds=10)  # a page that believes its time is over may be this early


def open_desk(*, attempt: Attempt, desk: UUID) -> None:
    """Make `desk` the window that answers from now on."""
    Attempt.objects.open().filter(pk=attempt.pk).update(desk=desk)
    attempt.desk = desk


@transaction.atomic
def save_answers(
    *,
    sitting: Sitting,
    posted: Mapping[int, Raw],
    sequence: int | None,
    now: datetime,
    window: Window = ANYWHERE,
) -> Sitting:
    """Keep the answers posted for some slots; `sequence` orders them, None meaning newest of all.

    An answer older than the one kept is left aside, so a late retry never overwrites a newer answer. `aside` of
    the sitting then holds the questions that another window answered since, whose answers stay; `left` those that lie
    behind a lock point, whose answers stay too.
    Errors: BadResponse before anything is written; AttemptClosed, AnswersLocked; TakenOver.
    """
    keep(sitting, posted, sequence, now, window)
    return sitting


def keep(sitting: Sitting, posted: Mapping[int, Raw], sequence: int | None, now: datetime, window: Window) -> None:
    """Do what `save_answers` says, inside the transaction of a larger write."""
    responses = {n: asked.normalise(raw) for n, raw in posted.items() if (asked := sitting.question(n))}
    lock_open(sitting, now)
    attempt = sitting.attempt
    stale = bool(window.desk and attempt.desk and window.desk != attempt.desk)
    if stale and sequence is not None:
        raise TakenOver
    sitting.read_answers()
    order = sitting.sequence + 1 if sequence is None else sequence
    aside = [n for n in responses if stale and sitting.questions[n - 1].sequence > (window.seen or 0)]
    if stale:
        _take_over(attempt, window.desk, now)
    # Only what differs is told: a form sent twice has nothing to say.
    shut = set(responses) - set(sitting.open_at(now - NETWORK))
    left = sorted(n for n in shut if n not in aside and responses[n] != sitting.questions[n - 1].response)
    changed = [
        _take(sitting.questions[n - 1], posted[n], response, order)
        for n, response in responses.items()
        if n not in aside
        and n not in shut
        and order >= sitting.questions[n - 1].sequence
        and not sitting.questions[n - 1].settled
    ]
    _write(attempt, changed, now)
    sitting.aside = [sitting.questions[n - 1] for n in aside]
    sitting.left = [sitting.questions[n - 1] for n in left]


def _take_over(attempt: Attempt, desk: UUID | None, now: datetime) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(desk=desk)
    AttemptEvent.objects.create(attempt=attempt, kind=AttemptEvent.Kind.TAKEN_OVER, at=now, actor=attempt.user)


@transaction.atomic
def turn_page(
    *,
    sitting: Sitting,
    posted: Mapping[int, Raw],
    wanted: int,
    now: datetime,
    window: Window = ANYWHERE,
    over: bool = False,
) -> int:
    """Keep the answers posted and return which question to show: `wanted` where it is open or comes next.

    Passing a lock point leaves what lies behind it for good, unless an answer was put aside, or the page believes a time
    `over` that was extended since. Errors: as `save_answers`.
    """
    keep(sitting, posted, None, now, window)
    moved = _move_on(sitting, now)
    stays = bool(sitting.aside) or (over and not moved and _time_left(sitting, now) > CLOCK_SLACK)
    if crosses(sitting.open_now, wanted, len(sitting.questions)) and not stays:
        _open_from(sitting.attempt, wanted)
    return wanted if wanted in sitting.open_now else sitting.open_now.start


def _move_on(sitting: Sitting, now: datetime) -> bool:
    """Leave the section or the question whose own time is over; return whether there was one."""
    first = sitting.first_open_at(now)
    if first == sitting.attempt.first_open:
        return False
    _open_from(sitting.attempt, first)
    return True


def _time_left(sitting: Sitting, now: datetime) -> timedelta:
    """Return the least time left to the section and to the question under way."""
    places = (place for place, _limit, _whole in sitting.paper.limits.places(sitting.attempt.first_open))
    return min(
        (sitting.clocks[place].ends_at - now for place in places if place in sitting.clocks), default=timedelta(0)
    )


def _open_from(attempt: Attempt, number: int) -> None:
    attempt.first_open = number
    attempt.save(update_fields=["first_open"])


def enter(*, sitting: Sitting, now: datetime) -> bool:
    """Start the clocks of the section and the question about to be shown, where they have one, and store their ends.

    What ran out while nobody looked is left first; return whether something was. Twice changes nothing.
    """
    return sitting.paper.limits.any and _enter(sitting, now)


@transaction.atomic
def _enter(sitting: Sitting, now: datetime) -> bool:
    limits = sitting.paper.limits
    sitting.attempt = attempt = locked(sitting.attempt)
    if not attempt.takes_answers(now):
        return False
    moved, clocks = _move_on(sitting, now), sitting.clocks
    missing = [place for place, _limit, _whole in limits.places(attempt.first_open) if place not in clocks]
    if missing:
        started = limits.started(attempt.first_open, clocks, now, extra_for(attempt.user, attempt.quiz))
        attempt.clocks = write_clocks(started)
        ends = [attempt.deadline, limits.last_end(attempt.first_open, started)]
        attempt.deadline = min((end for end in ends if end), default=None)
        attempt.save(update_fields=["clocks", "deadline"])
    return moved


@transaction.atomic
def hand_in(*, sitting: Sitting, posted: Mapping[int, Raw], now: datetime, window: Window = ANYWHERE) -> bool:
    """Keep the answers posted and, if none is unfinished, submit the attempt; return whether it was submitted.

    Errors: as `save_answers`.
    """
    keep(sitting, posted, None, now, window)
    if sitting.unfinished or sitting.aside:
        return False
    end(sitting, now)
    return True


def lock_open(sitting: Sitting, now: datetime) -> None:
    """Hold the attempt's row and make sure that it still takes answers."""
    sitting.attempt = locked(sitting.attempt)
    if not sitting.attempt.takes_answers(now):
        late = sitting.attempt.is_open and not sitting.attempt.is_overdue(now)
        raise AnswersLocked if late else AttemptClosed


def _take(asked: Asked, raw: Raw, response: Response, order: int) -> Asked:
    asked.raw, asked.response, asked.sequence = raw, response, order
    return asked


def _write(attempt: Attempt, questions: list[Asked], now: datetime) -> None:
    rows = [
        Answer(
            attempt=attempt,
            slot=q.number,
            raw={k: list(v) for k, v in q.raw.items()},
            response=dict(q.response),
            sequence=q.sequence,
            saved_at=now,
        )
        for q in questions
    ]
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["attempt", "slot"],
        update_fields=["raw", "response", "sequence", "saved_at"],
    )


__all__ = [
    "ANYWHERE",
    "AnswersLocked",
    "AttemptClosed",
    "HonourNeeded",
    "NothingToAsk",
    "PasswordNeeded",
    "Refused",
    "TakenOver",
    "TooManyTries",
    "Window",
    "close_overdue",
    "enter",
    "hand_in",
    "open_desk",
    "save_answers",
    "start_attempt",
    "submit_attempt",
    "turn_page",
]

"""Writes of practice that teaches: a correction asked for question by question, a hint and its price."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.models import Answer, Attempt
from quizzes.services import ANYWHERE, keep
from quizzes.sitting import Asked, Sitting
from quizzes.types import BadResponse, Raw


@transaction.atomic
def settle_question(*, sitting: Sitting, number: int, posted: Mapping[int, Raw], now: datetime) -> Asked:
    """Keep the answer to one question and settle it, so that its correction may be shown; once, whoever comes second.

    Errors: BadResponse where corrections wait for the end; AttemptClosed.
    """
    asked = _teaching(sitting, number)
    keep(sitting, {n: raw for n, raw in posted.items() if n == number}, None, now, ANYWHERE)
    if not asked.settled and number in sitting.open_at(now):
        answer, _created = _row(sitting.attempt, number, now)
        Answer.objects.filter(pk=answer.pk, checked_at=None).update(checked_at=now)
        asked.settled = True
    return asked


@transaction.atomic
def ask_hint(*, sitting: Sitting, number: int, posted: Mapping[int, Raw], now: datetime) -> Asked:
    """Show one more hint of a question; its price is taken when the question is scored. Errors: as `settle_question`."""
    asked = _teaching(sitting, number)
    keep(sitting, posted, None, now, ANYWHERE)
    if not asked.settled and number in sitting.open_at(now) and asked.hints < len(asked.all_hints):
        answer, _created = _row(sitting.attempt, number, now)
        asked.hints += 1
        Answer.objects.filter(pk=answer.pk).update(hints=asked.hints)
    return asked


def _teaching(sitting: Sitting, number: int) -> Asked:
    asked = sitting.question(number)
    if asked is None or sitting.paper.rules.feedback != "each":
        raise BadResponse("this quiz shows its corrections later")
    return asked


def _row(attempt: Attempt, number: int, now: datetime) -> tuple[Answer, bool]:
    empty: dict[str, Any] = {"raw": {}, "response": {}, "sequence": 0, "saved_at": now}
    return Answer.objects.get_or_create(attempt=attempt, slot=number, defaults=empty)

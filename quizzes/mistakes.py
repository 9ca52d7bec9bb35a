"""A learner's own mistakes, met again over the following days until they are known. See docs/decisions/0012."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac

from quizzes.delivery import spacing
from quizzes.delivery.release import teaches
from quizzes.models import Mistake, QuestionVersion
from quizzes.paper import Slot
from quizzes.scoring.passing import Mark
from quizzes.sitting import Asked, Sitting, specs_of
from quizzes.types import TYPES, Raw

SALT = "quizzes.mistakes"
SHEET_LIFE = timedelta(days=1)
A_DAY = 10  # questions: a few minutes


def remember_mistakes(sitting: Sitting, marks: list[Mark], now: datetime) -> None:
    """Take up the questions missed in an attempt just scored, where its correction is shown at once anyway.

    Inside the submission's transaction; the same number of queries whatever was missed.
    """
    if not teaches(sitting.paper.rules):
        return
    scored = zip(sitting.questions, marks, strict=True)
    missed = [q.question_id for q, mark in scored if mark.weight and mark.fraction < 1 and not q.type.marked]
    if not missed:
        return
    user, key = sitting.attempt.user, sitting.attempt.activity_key
    known = {m.question_id: m for m in Mistake.objects.filter(user=user, question__in=missed)}
    rows = []
    for question in missed:
        card = known[question].card if question in known else None
        after = spacing.reviewed(card, Decimal(0), now) if card else spacing.missed(question, now)
        rows.append(
            Mistake(
                user=user,
                question_id=question,
                activity_key=key,
                card=after,
                due_at=spacing.due(after),
                reviews=known[question].reviews + 1 if card else 0,
                made_at=now,
            )
        )
    Mistake.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "question"],
        update_fields=["card", "due_at", "reviews", "activity_key"],
    )


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits: due now, within the next week, and known already."""

    due: int
    soon: int
    learned: int
    total: int
    next_due: datetime | None

    @property
    def today(self) -> int:
        return min(self.due, A_DAY)

    @property
    def minutes(self) -> int:
        return max(1, round(self.today * 0.75))


def overview_of(user: Any, *, now: datetime) -> Overview:
    """Return what waits for `user`; one query."""
    rows = list(Mistake.objects.of(user).order_by("due_at").values_list("due_at", "card"))
    due = sum(at <= now for at, _ in rows)
    return Overview(
        due=due,
        soon=sum(now < at <= now + timedelta(days=7) for at, _ in rows),
        learned=sum(spacing.learned(card) for _, card in rows),
        total=len(rows),
        next_due=next((at for at, _ in rows if at > now), None),
    )


def mistakes_due(user: Any, *, now: datetime) -> int:
    """Return how many questions wait for `user` today; one query."""
    return int(Mistake.objects.of(user).due(now).count())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question met again. The signed `ticket` comes back with the answer; the order of the options is worked out
    anew from it and the server's secret, so that nothing in the page tells one option from another."""

    mistake: Mistake
    asked: Asked
    ticket: str
    answered: bool = False  # this very sheet was answered before: shown, not counted again


def next_sheet(user: Any, *, now: datetime, seed: int) -> Sheet | None:
    """Return the question that has waited longest among those due, laid out anew; None when nothing is due."""
    mistake = Mistake.objects.of(user).due(now).first()
    if mistake is None:
        return None
    found = specs_of(QuestionVersion.objects.current_of([mistake.question_id]))
    version, spec = next(iter(found.values()))
    sealed = {"mistake": mistake.pk, "version": version.pk, "reviews": mistake.reviews, "nonce": seed}
    return Sheet(mistake, _asked(version, spec, seed), signing.dumps(sealed, salt=SALT))


def _asked(version: QuestionVersion, spec: Any, nonce: int) -> Asked:
    kind = TYPES[version.kind]
    dice = Random(salted_hmac(SALT, f"{version.pk}:{nonce}", algorithm="sha256").digest())  # noqa: S311 (an order)
    return Asked(Slot(1, version.pk, Decimal(1), "", kind.lay_out(spec, dice)), kind, spec)


@transaction.atomic
def answer_sheet(*, user: Any, ticket: str, raw: Raw, now: datetime) -> Sheet:
    """Score an answer and plan when the question comes back; the same sheet sent twice counts once.

    Errors: signing.BadSignature for a sheet that is forged or too old; Mistake.DoesNotExist for somebody else's;
    BadResponse.
    """
    sealed = signing.loads(ticket, salt=SALT, max_age=SHEET_LIFE)
    mistake = Mistake.objects.of(user).select_for_update(of=("self",)).get(pk=sealed["mistake"])
    version, spec = specs_of(QuestionVersion.objects.filter(pk=sealed["version"]))[sealed["version"]]
    asked = _asked(version, spec, sealed["nonce"])
    asked.raw, asked.response = raw, asked.normalise(raw)
    if mistake.reviews != sealed["reviews"]:
        return Sheet(mistake, asked, ticket, answered=True)
    mistake.card = spacing.reviewed(mistake.card, asked.score(), now)
    mistake.due_at, mistake.reviews = spacing.due(mistake.card), mistake.reviews + 1
    mistake.save(update_fields=["card", "due_at", "reviews"])
    return Sheet(mistake, asked, ticket)

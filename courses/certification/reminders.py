"""Letters before and after a certificate expires: each once, however often this runs, and never several at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from courses.certification.background import durable_task
from courses.certification.mail import mail_later
from courses.certification.models import Certificate, CertificateEvent

STALE = timedelta(days=21)  # a letter that was due longer ago than this is no longer sent: it would surprise


@dataclass(frozen=True, slots=True)
class Occasion:
    """`days` after the expiry; negative, before."""

    days: int

    @property
    def key(self) -> str:
        return f"reminder{self.days:+d}"

    def due(self, valid_until: datetime) -> datetime:
        return valid_until + timedelta(days=self.days)


OCCASIONS = tuple(Occasion(days) for days in (-90, -30, -7, 1, 30))


def due_now(valid_until: datetime, now: datetime) -> Occasion | None:
    """The latest occasion that has come and is not stale; earlier ones are passed over.

    Units: aware moments. A letter of “30 days before” sent late still says the right day of expiry.
    """
    come = [occasion for occasion in OCCASIONS if occasion.due(valid_until) <= now < occasion.due(valid_until) + STALE]
    return come[-1] if come else None


def send_reminders(*, now: datetime) -> int:
    """Remind every holder whose certificate expires soon, or just has. Returns how many letters were enqueued."""
    return sum(_remind(certificate, now) for certificate in _concerned(now))


def _concerned(now: datetime) -> Iterable[Certificate]:
    first, last = OCCASIONS[0].days, OCCASIONS[-1].days
    window = (now - timedelta(days=last) - STALE, now - timedelta(days=first))
    return (
        Certificate.objects.current()
        .real()
        .filter(user__is_active=True, valid_until__range=window)
        .only("pk", "valid_until")
        .iterator(chunk_size=500)
    )


def _remind(certificate: Certificate, now: datetime) -> bool:
    occasion = due_now(certificate.valid_until, now) if certificate.valid_until else None
    if occasion is None:
        return False
    try:
        with transaction.atomic():
            CertificateEvent.objects.create(
                certificate=certificate, kind=CertificateEvent.Kind.REMINDED, at=now, key=occasion.key
            )
            mail_later(certificate.pk, "expires" if occasion.days < 0 else "expired")
    except IntegrityError:  # sent already, tonight by another process or on an earlier night
        return False
    return True


@durable_task
def send_reminders_task(now: str) -> int:
    return send_reminders(now=datetime.fromisoformat(now))

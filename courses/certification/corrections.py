"""A wrong name put right: asked for by the holder, decided by staff."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from courses.certification.audit import note
from courses.certification.casework import NameCorrection
from courses.certification.issuing import correct
from courses.certification.mail import mail_later
from courses.certification.models import Certificate, CertificateEvent
from courses.certification.names import printable

State = NameCorrection.State


def ask_correction(*, certificate: Certificate, name: str, reason: str, now: datetime) -> NameCorrection:
    """Ask for another name on a certificate; a second request while one waits changes nothing.

    Errors: ValueError without a name and a reason, or for a certificate that no longer counts.
    """
    name, reason = printable(name), reason.strip()
    if not name or not reason:
        raise ValueError("A correction needs the name and a reason.")
    if not can_be_corrected(certificate):
        raise ValueError("This certificate no longer counts.")
    try:
        with transaction.atomic():
            asked = NameCorrection.objects.create(certificate=certificate, name=name, reason=reason, asked_at=now)
            note(certificate, CertificateEvent.Kind.ASKED, certificate.user, now)
    except IntegrityError:
        return NameCorrection.objects.get(certificate=certificate, state=State.ASKED)
    return asked


def can_be_corrected(certificate: Certificate) -> bool:
    """Whether a name can still be put right: it stands, and nothing has taken its place."""
    return Certificate.objects.current().filter(pk=certificate.pk, user__isnull=False, specimen=False).exists()


def approve_correction(*, correction: NameCorrection, actor: Any, now: datetime) -> Certificate:
    """Issue the certificate anew with the right name, which also becomes the learner's for what comes next.

    Errors: PermissionDenied; NotRenewableError if the certificate was revoked meanwhile.
    """
    _check(actor)
    corrected = correct(certificate=correction.certificate, name=correction.name, now=now, actor=actor)
    with transaction.atomic():
        if _decide(correction, State.APPROVED, actor, now, "") and corrected.user is not None:
            corrected.user.certificate_name = correction.name
            corrected.user.save(update_fields=["certificate_name"])
    return corrected


@transaction.atomic
def refuse_correction(*, correction: NameCorrection, actor: Any, answer: str, now: datetime) -> None:
    """Say no, with an answer the holder reads. Errors: PermissionDenied; ValueError without an answer."""
    _check(actor)
    if not answer.strip():
        raise ValueError("A refusal needs an answer.")
    if _decide(correction, State.REFUSED, actor, now, answer.strip()):
        note(correction.certificate, CertificateEvent.Kind.REFUSED, actor, now, answer.strip()[:300])
        mail_later(correction.certificate_id, "refused")


def _check(actor: Any) -> None:
    if actor is not None and not actor.has_perm("courses.issue_certificate"):
        raise PermissionDenied


def _decide(correction: NameCorrection, state: str, actor: Any, now: datetime, answer: str) -> bool:
    """Whether this call decided: of two at once, one does."""
    waiting = NameCorrection.objects.filter(pk=correction.pk, state=State.ASKED)
    return bool(waiting.update(state=state, decided_at=now, decided_by=actor, answer=answer))

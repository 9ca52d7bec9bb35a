"""Writes of certification: notice what was earned, revoke it, hide it, publish the status lists."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from courses.certification.audit import note
from courses.certification.corrections import approve_correction, ask_correction, refuse_correction
from courses.certification.earning import evaluate_awards, notice_progress
from courses.certification.erasure import erase_certificates, erase_learner
from courses.certification.issuing import (
    AwardClosedError,
    NotRenewableError,
    correct,
    ensure_specimen,
    issue,
    renew,
)
from courses.certification.mail import mail_later
from courses.certification.models import Certificate, CertificateEvent, StatusEntry
from courses.certification.publishing import fresh_status_list, publish_status_list
from courses.certification.reminders import send_reminders
from courses.certification.resigning import sign_all_anew

__all__ = [
    "AwardClosedError",
    "NotRenewableError",
    "approve_correction",
    "ask_correction",
    "correct",
    "ensure_specimen",
    "erase_certificates",
    "erase_learner",
    "evaluate_awards",
    "fresh_status_list",
    "issue",
    "notice_progress",
    "publish_status_list",
    "refuse_correction",
    "renew",
    "revoke",
    "send_reminders",
    "set_hidden",
    "sign_all_anew",
]


@transaction.atomic
def revoke(
    *, certificate: Certificate, actor: Any, public_reason: str, internal_reason: str, now: datetime
) -> Certificate:
    """Take a certificate back for good: reasons, status bit, signed list, audit entry and mail, all or nothing.

    A second call changes nothing. `actor` is None on the command line. Errors: PermissionDenied, or ValueError without
    a reason.
    """
    if actor is not None and not actor.has_perm("courses.revoke_certificate"):
        raise PermissionDenied
    if not public_reason.strip() or not internal_reason.strip():
        raise ValueError("A revocation needs a public and an internal reason.")
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.revoked_at is not None:
        return certificate
    certificate.revoked_at, certificate.revoked_by = now, actor
    certificate.public_reason, certificate.internal_reason = public_reason.strip(), internal_reason.strip()
    certificate.save(update_fields=["revoked_at", "revoked_by", "public_reason", "internal_reason"])
    StatusEntry.objects.filter(pk=certificate.status_entry_id).update(revoked_at=now)
    publish_status_list(status_list=certificate.status_entry.status_list, now=now)
    note(certificate, CertificateEvent.Kind.REVOKED, actor, now, public_reason.strip())
    if certificate.user_id:
        mail_later(certificate.pk, "revoked")
    return certificate


@transaction.atomic
def set_hidden(*, certificate: Certificate, hidden: bool, actor: Any, now: datetime) -> None:
    """The holder shows or hides the public page; saying it twice is saying it once."""
    if Certificate.objects.filter(pk=certificate.pk, hidden=not hidden).update(hidden=hidden):
        kind = CertificateEvent.Kind.HIDDEN if hidden else CertificateEvent.Kind.SHOWN
        note(certificate, kind, actor, now)

"""Erasing a person: what certificates say about them goes, the revocation bits stay.

A verifier who still holds the file reads “unknown” from the academy. The published list is untouched: what was revoked
stays revoked, and an erased certificate is not distinguishable in it from any other.
"""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.certification.audit import note
from courses.certification.casework import Batch, BatchLine, NameCorrection, TaskFailure
from courses.certification.files import ARCHIVES, FOLDER, forget
from courses.certification.models import Certificate, CertificateEvent


@transaction.atomic
def erase_certificates(*, user: Any, now: datetime) -> int:
    """Erase the personal data of everything `user` was ever given. Returns how many certificates; twice is once."""
    certificates = list(Certificate.objects.select_for_update().filter(user=user))
    found = [certificate.pk for certificate in certificates]
    archives = list(Batch.objects.filter(kind="archive", lines__certificate__in=found).distinct())
    NameCorrection.objects.filter(certificate__in=found).delete()
    BatchLine.objects.filter(certificate__in=found).delete()
    BatchLine.objects.filter(user=user).delete()
    BatchLine.objects.filter(given__iexact=user.email).delete()
    _forget_failures(user.pk, found)
    for certificate in certificates:
        _erase(certificate, now)
    transaction.on_commit(lambda: _remove_files([c.uuid for c in certificates], [batch.uuid for batch in archives]))
    return len(certificates)


def erase_learner(*, user: Any, now: datetime) -> int:
    """Erase the certificates, then the account with everything that hangs on it."""
    with transaction.atomic():
        erased = erase_certificates(user=user, now=now)
        user.delete()
    return erased


def before_account_is_deleted(*, instance: Any, now: datetime | None = None, **_kwargs: Any) -> None:
    """However an account is deleted (by its owner, in the admin, by a command), its certificates are erased first."""
    erase_certificates(user=instance, now=now or timezone.now())


def _erase(certificate: Certificate, now: datetime) -> None:
    certificate.events.exclude(note="").update(note="")
    note(certificate, CertificateEvent.Kind.ERASED, None, now)
    Certificate.objects.filter(pk=certificate.pk).update(
        user=None,
        holder="",
        snapshot=_without_person(certificate.snapshot),
        embedded="",
        token="",
        hidden=True,
        erased_at=now,
        public_reason="",
        internal_reason="",
    )


def _without_person(record: dict[str, Any]) -> dict[str, Any]:
    """The record with nothing left of who it was and how they did."""
    return {**record, "holder": "", "email_hash": "", "email_salt": "", "results": [], "evidence": []}


def _forget_failures(user_id: int, certificates: list[int]) -> None:
    TaskFailure.objects.filter(arguments__user_id=user_id).delete()
    TaskFailure.objects.filter(arguments__certificate_id__in=certificates).delete()


def _remove_files(certificates: list[UUID], archives: list[UUID]) -> None:
    folder = Path(settings.DATA_DIR) / FOLDER
    for uuid in certificates:
        forget(uuid)
    for uuid in archives:
        (folder / ARCHIVES / f"{uuid}.zip").unlink(missing_ok=True)

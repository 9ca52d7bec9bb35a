"""The audit trail: only ever added to."""

from datetime import datetime
from typing import Any

from courses.certification.models import Certificate, CertificateEvent


def note(certificate: Certificate, kind: CertificateEvent.Kind, actor: Any, at: datetime, words: str = "") -> None:
    """Write down that `actor` (None: the academy itself, or the command line) did something to a certificate."""
    CertificateEvent.objects.create(certificate=certificate, kind=kind, actor=actor, at=at, note=words)


def note_once(certificate: Certificate, kind: CertificateEvent.Kind, key: str, *, at: datetime) -> None:
    """Write down what happens to a certificate again and again, the first time."""
    CertificateEvent.objects.get_or_create(certificate=certificate, key=key, defaults={"kind": kind, "at": at})

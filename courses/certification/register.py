"""The register as a judge: a document someone holds out, against our keys, our lists and what we stored."""

import json
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import Resolver404, resolve

from courses.certification import issuer as issuers
from courses.certification import verification
from courses.certification.keys import KeysMissingError
from courses.certification.models import Certificate, StatusEntry
from courses.certification.statuslist import StatusUnavailableError
from courses.certification.verification import Document, Finding, Trust, Verdict


def examine(data: bytes, *, now: datetime) -> Finding:
    """The verdict on a file. Without any keys nothing can be ours, and nothing can be decided."""
    try:
        issuer = issuers.current(now=now)
    except KeysMissingError as error:
        return Finding(Verdict.UNDECIDED, str(error))
    trust = Trust(issuer.ring, issuer.did, revoked=_is_revoked, known=_is_known)
    finding = verification.examine(data, trust=trust, now=now)
    if finding.verdict is Verdict.REVOKED and _was_replaced(finding.credential_id):
        return replace(finding, verdict=Verdict.REPLACED)
    return finding


def public_certificate(credential_id: str) -> Certificate | None:
    """The certificate of a credential id, if its page is public."""
    try:
        return Certificate.objects.public().filter(uuid=UUID(credential_id)).first()
    except ValueError:
        return None


def _was_replaced(credential_id: str) -> bool:
    """Whether the bit was set only because another certificate took the place of this one."""
    return Certificate.objects.replaced().filter(uuid=UUID(credential_id)).exists()


def _is_known(document: Document) -> bool:
    """Whether exactly this was issued under its id, and still stands in the register."""
    try:
        found = Certificate.objects.filter(uuid=UUID(str(document.get("id"))))
    except ValueError:
        return False
    stored = found.values_list("embedded", flat=True).first()
    if not stored:  # never issued, or erased
        return False
    kept = json.loads(stored)
    kept.pop("proof")
    return bool(kept == document)


def _is_revoked(url: str, index: int) -> bool:
    """The bit of our own list, from the rows it is made of. Errors: StatusUnavailableError if there is no such bit."""
    try:
        number = resolve(urlsplit(url).path, "courses.certification.public_urls").kwargs["number"]
    except (Resolver404, KeyError) as error:
        raise StatusUnavailableError("not one of our lists") from error
    entry = StatusEntry.objects.filter(status_list__number=number, index=index).first()
    if entry is None:
        raise StatusUnavailableError("no such entry in our list")
    return entry.revoked_at is not None

"""What an employer's system reads about one certificate: docs/api.md."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from courses.certification.credential import instant
from courses.certification.models import Certificate
from courses.certification.verification import Verdict


def answer_of(certificate: Certificate, now: datetime) -> dict[str, Any]:
    """The state first; nothing about the person but what the certificate itself says in public."""
    facts, verdict = certificate.facts, certificate.verdict(now)
    answer: dict[str, Any] = {
        "state": str(verdict),
        "code": facts.code,
        "checked_at": instant(now),
        "page": f"{facts.issuer_url}/c/{facts.code}",
    }
    newer = getattr(certificate, "superseded_by", None)
    if newer is not None and not newer.hidden and newer.erased_at is None:
        answer["newer"] = newer.code
    if verdict is Verdict.REPLACED:
        return answer
    answer |= {
        "holder": facts.holder,
        "award": {"id": facts.award.slug, "title": dict(facts.award.title), "criteria": dict(facts.award.criteria)},
        "basis": "decision" if facts.given else "requirements",
        "issuer": {"name": facts.issuer_name, "did": facts.issuer_did},
        "issued_at": instant(facts.awarded),
        "valid_until": instant(facts.valid_until) if facts.valid_until else None,
        "credential": facts.issuer_url + reverse("credential_json", args=[facts.uuid]),
        "specimen": facts.specimen,
    }
    if certificate.revoked_at is not None:
        answer |= {"revoked_at": instant(certificate.revoked_at), "reason": certificate.public_reason}
    return answer

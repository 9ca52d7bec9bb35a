"""The facts of a certificate on the day it is given: who, what, with which results, in which layout."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from courses.certification import codes, openbadges, snapshots
from courses.certification.issuer import Issuer
from courses.certification.looks import LayoutPicture
from courses.certification.models import Award, Certificate
from courses.certification.names import printable
from courses.certification.progress import progress_of, progress_since, results_of
from courses.certification.rules import Rule, is_met, leaves
from courses.certification.snapshots import DECISION, Evidence

BY_DECISION = Evidence(
    name={"fr": "Décision de l’académie", "en": "Decision of the academy"},
    narrative={
        "fr": "Décernée par décision de l’académie, hors des conditions habituelles.",
        "en": "Awarded by decision of the academy, outside the usual requirements.",
    },
    genre=DECISION,
)


def _identity(email: str) -> dict[str, Any]:
    """The address as a credential may hold it: hashed, with a salt of its own."""
    salt = secrets.token_hex(16)
    return {"email_hash": openbadges.identity_hash(email, salt), "email_salt": salt}


def _name_of(user: Any) -> str:
    """The name that is printed; the name the account goes by, if nothing of the other can be seen."""
    return printable(user.name_on_certificate) or printable(user.get_full_name()) or "–"


def addressed(facts: snapshots.Snapshot, user: Any) -> snapshots.Snapshot:
    """The same facts, with the address of today under a salt of its own."""
    return replace(facts, **_identity(user.email))


def draft_of(
    award: Award, issuer: Issuer, now: datetime, user: Any = None, renews: Certificate | None = None
) -> snapshots.Snapshot:
    """The facts of the day. Without a user: the specimen. What was left of the time of the one it `renews` is kept."""
    email = user.email if user else f"{uuid4()}@specimen.invalid"
    rule = award.rule()
    results, evidence = results_of(user.pk, rule, _reached_anew(renews, now)) if user else ((), ())
    may_be_given = user is not None and (renews is None or renews.facts.given)  # what was earned stays earned
    given = may_be_given and not _has_met(rule, user, now)
    moment = now.replace(microsecond=0)
    starts = max(moment, renews.valid_until or moment) if renews else moment
    zone = user.time_zone if user else "Europe/Paris"
    return snapshots.Snapshot(
        uuid=uuid4(),
        subject=uuid4(),
        holder=_name_of(user) if user else "Camille Specimen",
        **_identity(email),
        language=user.language if user else "fr",
        time_zone=zone,
        award=award.facts(),
        issued_at=moment,
        valid_until=award.expiry(starts, zone),
        issuer_did=issuer.did,
        issuer_name=issuer.name,
        issuer_url=issuer.base_url,
        code=codes.draw(),
        results=results,
        evidence=(*evidence, BY_DECISION) if given else evidence,
        specimen=user is None,
        given=given,
        **look_of(award),
    )


def _reached_anew(renews: Certificate | None, now: datetime) -> Mapping[UUID, int]:
    """The percents reached since the certificate that is renewed was issued."""
    if renews is None:
        return {}
    since = progress_since(renews.user_id or 0, renews.award.renewal_rule(), renews.issued_at, now=now)
    return {key: percent for key, percent in since.passed.items() if percent}  # a lesson read has none


def _has_met(rule: Rule, user: Any, now: datetime) -> bool:
    """Whether the paper may say so. Where there is no rule, whoever gives the award judges its criteria met."""
    return not any(leaves(rule)) or is_met(rule, progress_of(user.pk, [rule], now=now))


def look_of(award: Award) -> dict[str, Any]:
    """The layout as it is today, its pictures kept for good; nothing where the award has none of its own."""
    layout = award.layout
    if layout is None:
        return {}
    for digest, png in layout.pictures().items():
        LayoutPicture.objects.get_or_create(sha256=digest, defaults={"png": png})
    return {"layout": layout.design, "look": layout.look()}

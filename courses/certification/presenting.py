"""How certificates and verdicts are told on a page: words, signs, facts, links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.certification import files, rendering
from courses.certification.models import Certificate
from courses.certification.renewing import Renewal
from courses.certification.snapshots import DECISION, pick
from courses.certification.verification import Verdict
from courses.certification.wording import long_date, percent


@dataclass(frozen=True, slots=True)
class Words:
    """A verdict in one word, one sign and one colour, and the sentence under it."""

    word: str | Promise
    icon: str
    state: str
    sentence: str | Promise


WORDS: dict[Verdict, Words] = {
    Verdict.VALID: Words(
        pgettext_lazy("certificate", "Valid"),
        "check",
        "kept",
        _("This certificate was issued by the academy and stands today."),
    ),
    Verdict.EXPIRED: Words(
        pgettext_lazy("certificate", "Expired"),
        "clock",
        "hidden",
        _("This certificate is genuine, but its time has run out."),
    ),
    Verdict.REVOKED: Words(
        pgettext_lazy("certificate", "Revoked"),
        "ban",
        "removed",
        _("The academy has taken this certificate back. It no longer counts."),
    ),
    Verdict.REPLACED: Words(
        pgettext_lazy("certificate", "Replaced"),
        "arrow",
        "hidden",
        _("The name on it was put right: another certificate stands in its place, and this one no longer counts."),
    ),
    Verdict.NOT_YET: Words(
        pgettext_lazy("certificate", "Not valid yet"),
        "clock",
        "hidden",
        _("This certificate is genuine; it begins to count later."),
    ),
    Verdict.ALTERED: Words(
        pgettext_lazy("certificate", "Altered"),
        "close",
        "removed",
        _("The signature does not match the text: this file was changed after it was issued. Do not rely on it."),
    ),
    Verdict.NOT_OURS: Words(
        pgettext_lazy("certificate", "Not ours"),
        "flag",
        "escalated",
        _("This file carries a credential of another issuer. Ask them."),
    ),
    Verdict.UNKNOWN: Words(
        pgettext_lazy("certificate", "Unknown"), "search", "escalated", _("The academy has nothing to show here.")
    ),
    Verdict.UNDECIDED: Words(
        pgettext_lazy("certificate", "Undecided"),
        "warn",
        "hidden",
        _("The signature is ours, but whether it was revoked cannot be told right now. Try again in a moment."),
    ),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says, ready to be read. Dates are words in the reader's language."""

    holder: str
    title: str
    description: str
    criteria: str
    issuer: str
    issued_on: str
    valid_until: str
    skills: tuple[str, ...]
    results: tuple[tuple[str, str], ...]
    code: str = ""
    award: str = ""  # its identifier, where it comes from the register
    specimen: bool = False
    given: bool = False  # by decision of the academy
    language: str = ""  # of its texts, where it may not be the reader's


def facts_of(certificate: Certificate) -> Facts:
    """From the register."""
    snapshot, language = certificate.facts, get_language() or "fr"
    award = snapshot.award
    return Facts(
        holder=snapshot.holder,
        title=pick(award.title, language),
        description=pick(award.description, language),
        criteria=pick(award.criteria, language),
        issuer=snapshot.issuer_name,
        issued_on=long_date(snapshot.awarded, language, snapshot.time_zone),
        valid_until=long_date(snapshot.valid_until, language, snapshot.time_zone) if snapshot.valid_until else "",
        skills=tuple(pick(award.skills, language) or ()),
        results=tuple((pick(result.name, language), percent(result.percent, language)) for result in snapshot.results),
        code=snapshot.code,
        award=award.slug,
        specimen=snapshot.specimen,
        given=snapshot.given,
    )


def page_of(certificate: Certificate, now: datetime) -> dict[str, Any]:
    """What the public page says. A certificate whose name was put right shows nothing of the old one."""
    verdict = certificate.verdict(now)
    newer = getattr(certificate, "superseded_by", None)
    width, height = picture_size(certificate)
    context: dict[str, Any] = {
        "words": words_for(verdict),
        "newer": newer if newer is not None and not newer.hidden and newer.erased_at is None else None,
        "certificate": certificate,
    }
    if certificate.revoked_at is not None:
        zone = certificate.facts.time_zone
        context["revoked_on"] = long_date(certificate.revoked_at, get_language() or "fr", zone)
    if verdict is not Verdict.REPLACED:
        context |= {"facts": facts_of(certificate), "width": width, "height": height}
        context["shared"] = verdict is Verdict.VALID
        context["origin"] = certificate.facts.issuer_url
    return context


def picture_size(certificate: Certificate) -> tuple[int, int]:
    """Width and height in pixels of its picture, so that a page keeps its place."""
    return rendering.dimensions(certificate.facts, files.PICTURE_PPI)


def facts_in(document: Mapping[str, Any]) -> Facts:
    """From a signed document, whose signature was checked."""
    language = get_language() or "fr"
    subject, until = document["credentialSubject"], document.get("validUntil")
    achievement = subject["achievement"]
    names = {entry["id"]: entry["name"] for entry in achievement.get("resultDescription", [])}
    return Facts(
        holder=subject.get("name", ""),
        title=achievement["name"],
        description=achievement.get("description", ""),
        criteria=achievement["criteria"]["narrative"],
        issuer=document["issuer"].get("name", ""),
        issued_on=long_date(datetime.fromisoformat(document.get("awardedDate", document["validFrom"])), language),
        valid_until=long_date(datetime.fromisoformat(until), language) if until else "",
        skills=tuple(achievement.get("tag", ())),
        results=tuple(
            (names.get(entry.get("resultDescription"), ""), percent(entry["value"], language))
            for entry in subject.get("result", [])
        ),
        specimen=document.get("description") == "SPECIMEN",
        language=achievement.get("inLanguage", ""),
        given=any(line.get("genre") == DECISION for line in document.get("evidence", ())),
    )


def words_for(verdict: Verdict | str) -> Words:
    return WORDS[Verdict(verdict)]


def linkedin_url(certificate: Certificate) -> str:
    """The address that opens “Add licence or certification” with the fields filled."""
    facts = certificate.facts
    zone = ZoneInfo(facts.time_zone)
    issued = facts.awarded.astimezone(zone)
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": pick(facts.award.title, facts.language),
        "organizationName": facts.issuer_name,
        "issueYear": issued.year,
        "issueMonth": issued.month,
        "certUrl": facts.short_url,
        "certId": facts.code,
    }
    if facts.valid_until:
        until = facts.valid_until.astimezone(zone)
        fields |= {"expirationYear": until.year, "expirationMonth": until.month}
    return "https://www.linkedin.com/profile/add?" + urlencode(fields)


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate in its holder's wallet."""

    certificate: Certificate
    facts: Facts
    words: Words
    linkedin: str
    forms: tuple[tuple[str, str | Promise], ...]
    size: tuple[int, int]
    newer: Certificate | None = None
    asked: str = ""  # the name asked for, while staff have not decided
    correctable: bool = False
    renewal: Renewal | None = None


DOWNLOADS: tuple[tuple[str, str | Promise], ...] = (
    ("pdf", _("PDF to print and frame")),
    ("png", _("PNG badge")),
    ("svg", _("SVG badge")),
    ("json", _("Signed JSON")),
    ("jwt", _("Signed JWT")),
)


def held(certificate: Certificate, now: datetime, renewal: Renewal | None = None) -> Held:
    """One line of the wallet. Without further queries if `superseded_by` and the open corrections came along."""
    newer = getattr(certificate, "superseded_by", None)
    verdict = certificate.verdict(now)
    asked = next((c.name for c in certificate.corrections.all() if c.state == "asked"), "")
    return Held(
        certificate,
        facts_of(certificate),
        words_for(verdict),
        linkedin_url(certificate),
        DOWNLOADS,
        picture_size(certificate),
        newer=newer,
        asked=asked,
        correctable=newer is None and not asked and verdict in {Verdict.VALID, Verdict.EXPIRED},
        renewal=renewal,
    )

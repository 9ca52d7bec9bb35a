"""What renewing a certificate takes, as its holder reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Page

from courses.certification.earning import may_renew
from courses.certification.models import Award, Certificate
from courses.certification.offers import Requirement, requirements_of
from courses.certification.progress import progresses_since, titles_of
from courses.certification.rules import ActivityPassed, AllOf, AwardHeld, CourseCompleted, Rule, leaves
from courses.certification.wording import long_date
from courses.models import ActivityRecord, CoursePage, activity_models

SHOWN = 12  # changes named one by one; the courses tell the rest


@dataclass(frozen=True, slots=True)
class Renewal:
    """How a certificate is renewed; without requirements, by hand. Days are words in the reader's language."""

    opens_on: str
    closes_on: str
    until: str  # how long the new certificate would run, were it renewed now
    is_open: bool
    is_past: bool
    requirements: tuple[Requirement, ...] = ()


def renewals(certificates: Sequence[Certificate], now: datetime) -> dict[int, Renewal]:
    """What each of one holder's certificates that expires takes to be renewed, by its primary key.

    A fixed number of queries, given `award` and `superseded_by`. Nothing for one that cannot be renewed any more.
    """
    lasting = [c for c in certificates if c.can_be_renewed]
    due = [certificate for certificate in lasting if may_renew(certificate, now)]
    rules = [certificate.award.renewal_rule() for certificate in due]
    progress = progresses_since(due[0].user_id or 0, _since(due, rules), now=now) if due else []
    titles = titles_of(AllOf(tuple(rules)), get_language() or "fr") if due else {}
    asked = {c.pk: requirements_of(r, p, titles) for c, r, p in zip(due, rules, progress, strict=True)}
    return {certificate.pk: _renewal(certificate, now, asked.get(certificate.pk, ())) for certificate in lasting}


def _since(due: Sequence[Certificate], rules: Sequence[Rule]) -> list[tuple[Rule, datetime]]:
    return [(rule, certificate.issued_at) for rule, certificate in zip(rules, due, strict=True)]


def _renewal(certificate: Certificate, now: datetime, requirements: tuple[Requirement, ...]) -> Renewal:
    if certificate.valid_until is None:
        raise ValueError(f"{certificate.code} never expires")
    opens, closes = certificate.award.renewal_window(certificate.valid_until)
    until = certificate.award.expiry(max(now, certificate.valid_until), certificate.facts.time_zone)

    def say(day: datetime) -> str:
        return long_date(day, get_language() or "fr", certificate.facts.time_zone)

    return Renewal(
        opens_on=say(opens),
        closes_on=say(closes),
        until=say(until) if until else "",
        is_open=opens <= now < closes,
        is_past=now >= closes,
        requirements=requirements,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """An activity published or revised since the certificate was issued."""

    title: str
    url: str
    course: str
    is_new: bool


def changes_since(certificate: Certificate) -> tuple[list[Change], int]:
    """What changed in the courses behind a certificate since it was issued: the latest few, and how many in all."""
    since, language = certificate.issued_at, get_language() or "fr"
    courses = CoursePage.objects.live().filter(
        translation_key__in=_courses(certificate), locale__language_code=language
    )
    changes: list[tuple[datetime, Change]] = []
    for course in courses:
        pages = Page.objects.descendant_of(course).live().type(*activity_models()).filter(last_published_at__gt=since)
        for page in pages:
            is_new = page.first_published_at is not None and page.first_published_at > since
            changes.append((page.last_published_at, Change(page.title, page.url or "", course.title, is_new)))
    changes.sort(key=lambda change: change[0], reverse=True)
    return [change for _moment, change in changes[:SHOWN]], len(changes)


def _courses(certificate: Certificate) -> set[UUID]:
    """The courses its rule names, those its activities belong to, and those of the awards it asks for."""
    wanted = list(leaves(certificate.award.rule()))
    awards = [leaf.award for leaf in wanted if isinstance(leaf, AwardHeld)]
    for award in Award.objects.filter(uuid__in=awards) if awards else ():
        wanted += leaves(award.rule())
    activities = [leaf.activity for leaf in wanted if isinstance(leaf, ActivityPassed)]
    records = ActivityRecord.objects.filter(user_id=certificate.user_id or 0, activity_key__in=activities)
    behind: set[UUID] = set(records.values_list("course_key", flat=True)) if activities else set()
    return behind | {leaf.course for leaf in wanted if isinstance(leaf, CourseCompleted)}


def page_of_renewal(certificate: Certificate, now: datetime) -> dict[str, Any] | None:
    """What the page of a renewal says; None where nothing is left to renew."""
    renewal = renewals([certificate], now).get(certificate.pk)
    if renewal is None:
        return None
    changes, total = changes_since(certificate)
    return {"renewal": renewal, "certificate": certificate, "changes": changes, "more": total - len(changes)}

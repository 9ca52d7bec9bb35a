"""Courses as lists show them, each with the reader's own outline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page

from courses.models import ActivityRecord, CoursePage, Enrolment, Stage
from courses.outline import BEGUN, DONE, Item, Outline, mark, outlines_of
from courses.privacy import closed_to


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course as lists show it."""

    page: CoursePage
    outline: Outline | None
    enrolment: Enrolment | None = None

    @property
    def next_step(self) -> Item | None:
        last = self.enrolment.last_activity_key if self.enrolment else None
        return self.outline.next_step(last) if self.outline else None


@dataclass(frozen=True, slots=True)
class Change:
    """An activity published, or written again, since the learner's last visit to its course."""

    card: CourseCard
    item: Item
    when: datetime

    @property
    def new(self) -> bool:
        return self.item.new


def changes(cards: Iterable[CourseCard], *, now: datetime, most: int = 8) -> list[Change]:
    """Return what changed in the courses one takes, the latest first: new activities, and those opened once and rewritten."""
    found = []
    for card in cards:
        if card.enrolment is None or card.outline is None:
            continue
        since = card.enrolment.seen_until(now)
        for item in card.outline.items:
            if item.new and item.published_at:
                found.append(Change(card, item, item.published_at))
            elif item.state in (BEGUN, DONE) and item.changed_at and item.changed_at > since:
                found.append(Change(card, item, item.changed_at))
    return sorted(found, key=lambda change: change.when, reverse=True)[:most]


def open_courses(user: Any) -> Any:
    """Return the live courses that are there for `user`: those of their groups, too."""
    return CoursePage.objects.live().filter(~closed_to(user))


def course_cards(request: HttpRequest) -> list[CourseCard]:
    """Return the active language's live courses in order, each with the reader's outline. Four queries at most.

    A renewal is there for those who have begun it: others would take it for one more course.
    """
    courses = list(open_courses(request.user).filter(locale__language_code=get_language()).order_by("path"))
    if not courses:
        return []
    outlines = {o.key: o for o in outlines_of(_catalogue_stub(courses[0]))}
    enrolments = {e.course_key: e for e in Enrolment.objects.of(request.user)}
    records = {r.activity_key: r for r in ActivityRecord.objects.of(request.user)}
    now = timezone.now()
    for key, outline in outlines.items():
        enrolment = enrolments.get(key)
        mark(outline, records, enrolled=enrolment is not None, since=enrolment.news_since(now) if enrolment else None)
    cards = [CourseCard(c, outlines.get(c.translation_key), enrolments.get(c.translation_key)) for c in courses]
    return [card for card in cards if card.enrolment or card.page.stage != Stage.RENEWAL]


def _catalogue_stub(course: CoursePage) -> Page:
    return Page(path=course.path[: -Page.steplen], depth=course.depth - 1)

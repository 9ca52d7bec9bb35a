"""What the home page and the dashboard show."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from courses.calendar.deadlines import due_soon
from courses.cards import CourseCard, changes, course_cards
from courses.certification.models import Certificate
from courses.certification.offers import still_waiting
from courses.certification.presenting import picture_size
from courses.models import Note
from courses.notes.reading import kept
from courses.outline import BEGUN, DONE, LOCKED, Item
from quizzes.mistakes import mistakes_due
from sandbox.models import ScenarioPage
from sandbox.news import Marked, marked_lately

BOOKMARKS = 8


def home_context(request: HttpRequest) -> dict[str, Any]:
    return {"courses": course_cards(request), "specimen": specimen(), "waiting": still_waiting()}


def specimen() -> dict[str, Any]:
    """The certificate the academy shows of itself, and the size of its picture; empty before there is one."""
    found = Certificate.objects.specimen().first()
    return {"certificate": found, "size": picture_size(found)} if found else {}


def dashboard_context(request: Any) -> dict[str, Any]:
    """Return the learner's desk: one next step, courses with their matrix, results, certificates."""
    cards = course_cards(request)
    mine = sorted((c for c in cards if c.enrolment), key=_last_seen, reverse=True)
    open_cards = [c for c in mine if c.next_step]
    return {
        "mine": mine,
        "legend": legend(mine),
        "others": [c for c in cards if not c.enrolment],
        "next_card": open_cards[0] if open_cards else None,
        "mistakes_due": mistakes_due(request.user, now=timezone.now()),
        "due": due_soon(request.user, now=timezone.now()),
        "changes": changes(mine, now=timezone.now()),
        "bookmarks": kept(Note.objects.of(request.user).bookmarked()[:BOOKMARKS], cards),
        "results": _results(mine, request.user),
        "certificates": list(Certificate.objects.of(request.user).current().order_by("-issued_at")),
    }


def legend(cards: list[CourseCard]) -> list[str]:
    """Return the states drawn as a sign in the matrix of these courses; what is to do shows its kind instead."""
    found = {item.state for card in cards if card.outline for item in card.outline.items}
    return [state for state in (BEGUN, DONE, LOCKED) if state in found]


def _results(cards: list[CourseCard], user: Any) -> list[tuple[CourseCard, Item, Marked | None]]:
    """Return each activity with a result, and what an instructor has marked of it lately."""
    found = [(c, i) for c in cards if c.outline for i in c.outline.items if i.fraction is not None]
    worked = any(item.kind == ScenarioPage.activity_kind for _card, item in found)
    marked = marked_lately(user, now=timezone.now()) if worked else {}
    return [(card, item, marked.get(item.key)) for card, item in found]


def _last_seen(card: CourseCard) -> float:
    enrolment = card.enrolment
    return (enrolment.last_seen_at or enrolment.enrolled_at).timestamp() if enrolment else 0.0

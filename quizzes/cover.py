"""What a quiz's own page shows: its rules in words, what the learner may do now, what has been done."""

from typing import Any

from django.db.models import Exists
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from courses.certification.ratelimit import address
from courses.delivery import can_author
from quizzes.delivery.access import History, outside
from quizzes.delivery_words import HONOUR, refusal_said
from quizzes.models import Attempt, Question, QuizPage, QuizVersion
from quizzes.starting import standing_after
from quizzes.versions import current

NEWEST = 10


def cover_of(page: QuizPage, request: HttpRequest, *, preview: bool = False) -> dict[str, Any]:
    """Return the context of the page. Four queries at most, however many attempts and questions."""
    now, version, user = timezone.now(), _version(page), request.user
    quiz = version.quiz
    attempts = [] if preview else _newest(page, user)
    ended = [a.submitted_at for a in attempts if a.submitted_at]
    history = History(attempts[0].number if attempts else 0, max(ended, default=None))
    standing = standing_after(history, user, quiz, now=now, version=version) if user.is_authenticated else None
    refusal = (standing.refusal if standing else None) or outside(quiz.rules, address(request))
    return {
        "quiz": quiz,
        "count": _count(version),
        "open_attempt": next((a for a in attempts if a.is_open), None),
        "attempts": [a for a in attempts if not a.is_open],
        "passed": bool(attempts) and attempts[0].ever_passed,  # type: ignore[attr-defined]
        "refusal": refusal_said(refusal) if refusal else "",
        "left": standing.left if standing else None,
        "extra": standing.extra if standing and (standing.extra.percent or standing.extra.minutes) else None,
        "closes_at": standing.closes_at if standing else quiz.closes_at,
        "section_times": _section_times(version),
        "watch": quiz.watch,
        "honour": HONOUR if quiz.honour else "",
        "password": bool(quiz.password_hash) and not can_author(user),
        "compulsory": any(row.get("compulsory") for s in version.content["sections"] for row in s["questions"]),
        "preview": preview,
    }


def _version(page: QuizPage) -> QuizVersion:
    """Return the newest version with its quiz."""
    found = QuizVersion.objects.select_related("quiz").filter(quiz_id=page.quiz_id).order_by("-number").first()
    return found or current(page.quiz)


def _section_times(version: QuizVersion) -> list[dict[str, Any]]:
    """Return the titles and the minutes of the sections that have a time of their own."""
    language, sections = get_language() or "fr", version.content["sections"]
    return [{"title": s["title"].get(language, ""), "minutes": s["minutes"]} for s in sections if s.get("minutes")]


def _newest(page: QuizPage, user: Any) -> list[Attempt]:
    """Return the newest attempts, and on each whether any attempt ever passed."""
    mine = Attempt.objects.visible_to(user).on(page.translation_key)
    passed = Exists(mine.filter(passed=True))
    return list(mine.annotate(ever_passed=passed).defer("form").order_by("-number")[: NEWEST + 1])


def _count(version: QuizVersion) -> int:
    """Return how many questions an attempt asks, retired ones left out."""
    sections = version.content["sections"]
    ids = {row["question"] for section in sections for row in section["questions"]}
    live = set(Question.objects.filter(pk__in=ids, live=True).order_by().values_list("pk", flat=True))
    count = 0
    for section in sections:
        available = sum(row["question"] in live for row in section["questions"])
        count += available if section["draw"] is None else min(section["draw"], available)
    return count

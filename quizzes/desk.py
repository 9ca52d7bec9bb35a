"""What the pages of an attempt under way are given. Reads only."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from quizzes.correcting import corrected
from quizzes.models import Attempt, QuizPage
from quizzes.presenting import Shown, shown, words
from quizzes.sitting import Asked, Sitting


def page_of(activity_key: UUID) -> QuizPage | None:
    """Return the quiz's page in the active language."""
    language = get_language() or "fr"
    return QuizPage.objects.live().filter(translation_key=activity_key, locale__language_code=language).first()


def desk_of(sitting: Sitting, *, language: str, now: datetime, number: int | None = None) -> dict[str, Any]:
    """Return what the attempt page shows: every question, or the one at `number`."""
    attempt = sitting.attempt
    return {
        "attempt": attempt,
        "page": page_of(attempt.activity_key),
        "sequences": json.dumps({str(q.number): q.sequence for q in sitting.questions if q.sequence}),
        **turn_of(sitting, language=language, now=now, number=number),
    }


def turn_of(sitting: Sitting, *, language: str, now: datetime, number: int | None = None) -> dict[str, Any]:
    """Return what changes from one question to the next. No query."""
    count, open_now, lock_points = len(sitting.questions), sitting.open_now, sitting.paper.rules.lock_points
    asked = [sitting.questions[number - 1]] if number else [sitting.questions[n - 1] for n in open_now]
    following = open_now.stop if open_now.stop <= count else None  # what a lock point keeps closed
    return {
        "attempt": sitting.attempt,
        "places": _places(sitting, asked, language),
        "number_word": str(number) if number else "",
        "map": [
            (str(q.number), q.progress, words(language)["progress"][q.progress], q.number not in open_now)
            for q in sitting.questions
        ],
        "number": number,
        "previous": number - 1 if number and number - 1 in open_now else None,
        "next": (number + 1 if number < count else None) if number else following,
        "leaves": lock_points if following and (not number or number + 1 == following) else "",
        "locks": lock_points != "none",
        "clocks": clocks_of(sitting, now),
        "following": following,
        "count": count,
        "sequence": sitting.sequence,
        "weighted": len({q.slot.weight for q in sitting.questions}) > 1,
        "teaching": sitting.paper.rules.feedback == "each",
    }


def clocks_of(sitting: Sitting, now: datetime) -> list[dict[str, Any]]:
    """Return the clocks under way, the narrowest first; one that ends with a wider one, or after it, is left out."""
    attempt, clocks = sitting.attempt, sitting.clocks
    narrow = {place[0]: clocks[place].ends_at for place in _under_way(sitting) if place in clocks}
    wide = [("attempt", attempt.deadline), ("section", narrow.get("s")), ("question", narrow.get("q"))]
    kept: list[tuple[str, datetime]] = []
    for kind, ends_at in wide:
        if ends_at and all(ends_at < wider for _kind, wider in kept):
            kept.append((kind, ends_at))
    return [
        {"kind": kind, "ends_at": ends_at, "left": max(0, int((ends_at - now).total_seconds()))}
        for kind, ends_at in reversed(kept)
    ]


def _under_way(sitting: Sitting) -> list[str]:
    return [place for place, _limit, _whole in sitting.paper.limits.places(sitting.attempt.first_open)]


def _places(sitting: Sitting, asked: list[Asked], language: str) -> list[dict[str, Any]]:
    """Return the questions in their places: with the heading of a section that begins, their hints, their correction."""
    before, places = None, []
    for q in asked:
        parts = sitting.paper.parts
        opens = bool(parts) and q.slot.section != before
        before = q.slot.section
        section = parts[q.slot.section].title[language] if opens else ""
        places.append({"section": section, **place_of(q, language, teaching=sitting.paper.rules.feedback == "each")})
    return places


def place_of(q: Asked, language: str, *, teaching: bool) -> dict[str, Any]:
    """Return a question as it stands: to be answered, or with its correction once that was asked for."""
    if not teaching:
        return {"question": shown(q, language)}
    correction = corrected(q, q.review(language), words(language)) if q.settled else None
    return {
        "question": _numbered(q) if correction else shown(q, language),
        "correction": correction,
        "hints": hints_of(q, language),
        "more_hints": not q.settled and q.hints < len(q.all_hints),
        "hint_price": int(q.hint_cost * 100),
    }


def _numbered(q: Asked) -> Shown | dict[str, str]:
    return {"number": str(q.number)}


def hints_of(q: Asked, language: str) -> list[SafeString]:
    """Return the hints asked for so far."""
    return [mark_safe(hint[language]) for hint in q.all_hints[: q.hints]]  # noqa: S308 (cleaned with the version)


def seconds_left(attempt: Attempt, now: datetime) -> int | None:
    return max(0, int((attempt.deadline - now).total_seconds())) if attempt.deadline else None

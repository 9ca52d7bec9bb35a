"""What a candidate is told of a finished attempt: the result, by section, skill and objective, and the corrections when due."""

from collections.abc import Set
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from courses.models import LessonPage
from courses.skills import SKILLS
from quizzes.correcting import corrected
from quizzes.delivery.release import released
from quizzes.delivery_words import refusal_said
from quizzes.desk import page_of
from quizzes.models import Attempt, QuizPage
from quizzes.presenting import words
from quizzes.scoring.passing import Mark, Share, band, by_skill, profile, sections
from quizzes.sitting import Sitting
from quizzes.starting import standing_of
from quizzes.wording import BANDS

FEW = 3  # questions: fewer than this say little about an objective


def corrections_due(attempt: Attempt, *, now: datetime) -> bool:
    """Return whether the key may be seen, by the rules of the quiz as they stand now. No query but for a closing."""
    rules = attempt.quiz.rules
    sitting_on = rules.feedback == "closing" and Attempt.objects.open().filter(quiz=attempt.quiz).exists()
    return released(rules, now=now, others_open=sitting_on)


def review_of(sitting: Sitting, *, language: str, now: datetime) -> dict[str, Any]:
    """Return what the review page shows. Nothing of the key is in it before the corrections are due."""
    attempt, page = sitting.attempt, page_of(sitting.attempt.activity_key)
    due = corrections_due(attempt, now=now)
    questions = [corrected(q, q.review(language), words(language)) for q in sitting.questions] if due else []
    marks = [] if attempt.is_void or attempt.awaits_a_marker else sitting.marks()
    refusal = standing_of(attempt.user, attempt.quiz, attempt.activity_key, now=now).refusal
    return {
        "attempt": attempt,
        "page": page,
        "due": due,
        "feedback": attempt.quiz.feedback,
        "due_at": attempt.quiz.closes_at if attempt.quiz.feedback == "closing" else None,
        "questions": questions,
        "map": [(q["number"], q["state"], q["outcome"]) for q in questions],
        "profile": _profile(marks, page),
        "skills": _skills(marks),
        "sections": _sections(sitting, marks, language),
        "band": _band(attempt, sitting.paper.pass_mark),
        "compulsory": sum(mark.fails for mark in marks),
        "refusal": refusal_said(refusal) if refusal else "",
        "next": page.get_next_siblings().live().first() if page and attempt.passed else None,
        "pass_mark": sitting.paper.pass_mark,
    }


def _band(attempt: Attempt, cut: Decimal) -> str:
    if attempt.fraction is None:
        return ""
    return str(BANDS[band(attempt.fraction, cut, passed=bool(attempt.passed))])


def _sections(sitting: Sitting, marks: list[Mark], language: str) -> list[dict[str, Any]]:
    return [
        {"title": sitting.paper.parts[s.section].title[language], "fraction": s.fraction, "minimum": s.minimum}
        | {"reached": s.reached}
        for s in sections(marks, sitting.paper.minimums)
    ]


def _profile(marks: list[Mark], page: QuizPage | None) -> list[dict[str, Any]]:
    scores = profile(marks)
    texts = objective_texts(page, {s.name for s in scores}) if page and scores else {}
    return [_line(s, texts.get(s.name, s.name)) for s in scores]


def _skills(marks: list[Mark]) -> list[dict[str, Any]]:
    """Return a line for each skill of the certification, in the order of the courses."""
    scores = {s.name: s for s in profile(marks, by_skill)}
    return [_line(scores[code], str(skill.label)) for code, skill in SKILLS.items() if code in scores]


def _line(share: Share, text: str) -> dict[str, Any]:
    return {
        "text": text,
        "fraction": share.fraction,
        "questions": share.questions,
        "few": share.questions < FEW,
        "weak": share.fraction < Decimal("0.6"),
    }


def objective_texts(page: QuizPage, wanted: Set[str]) -> dict[str, str]:
    """Return identifier → sentence of the objectives of the lessons beside the quiz, in its language.

    An exam asks for those of other courses: what no lesson beside it says is looked for in every lesson. Two queries.
    """
    found = _objectives(LessonPage.objects.sibling_of(page).live())
    if wanted <= found.keys():
        return found
    return _objectives(LessonPage.objects.filter(locale=page.locale_id).live()) | found


def _objectives(lessons: QuerySet[LessonPage]) -> dict[str, str]:
    told = lessons.values_list("objectives", flat=True)
    return {block["value"]["key"]: block["value"]["text"] for objectives in told for block in objectives.raw_data}

"""A quiz as its file says it: what `quizzes.checking` reads, in one order and without what is usual. The inverse of
`check_quiz`: `check_quiz(quiz_data(plan)) == plan`, tags aside, which are sorted."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from quizzes.checking import QuestionPlan, QuizPlan
from quizzes.loading import place_of
from quizzes.models import Quiz, QuizSlot
from quizzes.quiz_parts import parts_of
from quizzes.types import TYPES
from quizzes.types.base import Json

EXTRAS = (
    "hints", "passage", "mode", "unit", "ignore_accents", "allowed", "image", "alt", "min_words", "max_words", "max_mb",
    "kinds",
)  # fmt: skip
PIECES = (
    "options", "statements", "actions", "pairs", "choices", "items", "answers", "gaps", "decoys", "comments",
    "regions", "criteria", "thread",
)  # fmt: skip
PIECE_WORDS = (
    "id", "correct", "credit", "answer", "mean", "most", "least", "votes", "accept", "value", "tolerance", "high",
    "handle", "decision", "reasons", "defensible", "text", "match", "points", "levels", "x", "y", "width", "height", "feedback",
)  # fmt: skip
SHARES = ("pass_mark", "hint_cost", "max_exposure")
NUMBERS = ("credit", "mean", "value", "tolerance", "high", "points", "x", "y", "width", "height")


def quiz_data(plan: QuizPlan) -> Json:
    """Return the file's mapping."""
    rules = plan.rules
    data: Json = {"quiz": plan.identifier, "category": plan.category, "pass_mark": rules.pass_mark}
    if rules.draw is not None:
        data["draw"] = rules.draw
    data |= {"layout": rules.layout, "time_limit": rules.time_limit}
    data |= {name: value for name, value in rules.to_json().items() if name not in data}
    data |= {name: getattr(rules, name) for name in SHARES if name in data}
    if any(plan.introduction.values()):
        data["introduction"] = plan.introduction
    return (
        data | plan.parts.to_json() | {"questions": [_question(question, plan.category) for question in plan.questions]}
    )


def _question(plan: QuestionPlan, category: str) -> Json:
    content = plan.content
    filing: Json = {
        "category": plan.category if plan.category != category else "",
        **plan.place.to_json(),
        "objective": plan.objective,
        "skill": plan.skill,
        "difficulty": plan.difficulty,
        "source": plan.source,
        "tags": sorted(plan.tags),
    }
    kept = {name: value for name, value in filing.items() if value not in ("", [])}
    return {"id": plan.identifier, "type": content["type"], **kept, **_content(content)}


def _content(content: Mapping[str, Any]) -> Json:
    """Return what a question says beside its type, in the order of the format."""
    data: Json = {"stem": content["stem"]}
    if "rule" in content and content["rule"] != TYPES[content["type"]].default_rule:  # type: ignore[attr-defined]
        data["rule"] = content["rule"]
    if not content.get("shuffle", True):
        data["shuffle"] = False
    data |= {name: content[name] for name in EXTRAS if name in content}
    data |= {name: [_piece(piece) for piece in content[name]] for name in PIECES if name in content}
    if "questions" in content:
        data["questions"] = [{"type": part["type"], **_content(part)} for part in content["questions"]]
    return data | ({"feedback": content["feedback"]} if "feedback" in content else {})


def _piece(piece: Mapping[str, Any]) -> Json:
    """Return one option in the order of the format; its numbers, kept as exact text, become numbers."""
    return {name: _word(name, piece[name]) for name in PIECE_WORDS if name in piece}


def _word(name: str, value: Any) -> Any:
    if name == "levels":
        return [_piece(level) for level in value]
    return Decimal(value) if name in NUMBERS else value


def plan_of(quiz: Quiz) -> QuizPlan:
    """Return the plan of what is published now. Questions that never were published are not part of it."""
    slots = quiz.slots.select_related("question").prefetch_related("question__tags").order_by("sort_order")
    return QuizPlan(
        identifier=quiz.identifier,
        category=quiz.category,
        rules=replace(quiz.rules, **{name: getattr(quiz, name).normalize() for name in SHARES}),
        introduction={language: _tidy(getattr(quiz, f"introduction_{language}")) for language in ("fr", "en")},
        questions=tuple(_plan_of_question(slot) for slot in slots if slot.question.live),
        parts=parts_of(quiz),
    )


def _plan_of_question(slot: QuizSlot) -> QuestionPlan:
    question = slot.question
    return QuestionPlan(
        identifier=question.identifier,
        category=question.category,
        objective=question.objective,
        difficulty=question.difficulty,
        source=question.source,
        tags=tuple(sorted(tag.name for tag in question.tags.all())),
        content=question.content,
        place=place_of(slot),
        skill=question.skill,
    )


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()

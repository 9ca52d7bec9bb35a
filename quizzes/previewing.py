"""A question as its author tries it in the editor, from the draft, with its key or without."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from quizzes.author_words import reason_of
from quizzes.content import digest, rendered
from quizzes.correcting import MARKED_KINDS, TICKED_KINDS, Corrected, corrected_line, word_of
from quizzes.models import Question
from quizzes.paper import Slot
from quizzes.pictures import picture_address
from quizzes.presenting import Words, shown, words
from quizzes.sitting import Asked
from quizzes.types import TYPES, Node, Review, ReviewLine, SpecError


def preview_of(question: Question, *, with_key: bool, language: str) -> dict[str, Any]:
    """Return a question as its author may try it, from the draft, with nothing stored."""
    try:
        content = question.content
    except (SpecError, IndexError) as error:
        return {"problem": reason_of(error) if isinstance(error, SpecError) else "", "empty": True}
    kind = TYPES[content["type"]]
    spec = kind.parse(Node(rendered(content)))
    layout = kind.lay_out(spec, Random(digest(content)))  # noqa: S311 (an order to look at)
    asked = Asked(Slot(1, 0, Decimal(1), question.objective, layout), kind, spec)
    context: dict[str, Any] = {"question": shown(asked, language), "chance": kind.chance(kind.parse(Node(content)))}
    if with_key:
        review = asked.review(language)
        context["keys"] = [_key_of(part, words(language)) for part in review.parts or (review,)]
        context["feedback"] = mark_safe(review.feedback) if review.parts else ""  # noqa: S308 (cleaned just above)
    return context


def _key_of(review: Review, said: Words) -> dict[str, Any]:
    """Return the key of one question, as its author checks it."""
    if review.kind in MARKED_KINDS:
        lines = [corrected_line(line, said, review.kind) for line in review.lines]
    else:
        lines = [_keyed_line(line, review.kind, said) for line in review.lines]
    return {
        "lines": lines,
        "feedback": mark_safe(review.feedback),  # noqa: S308 (cleaned by the caller)
        "picture": picture_address(review.picture) if review.picture else "",
        "shapes": review.shapes,
        "point": (),
    }


def _keyed_line(line: ReviewLine, kind: str, said: Words) -> Corrected:
    """Return a row of the key as its author checks it."""
    state = "right" if line.state == "missed" and kind in TICKED_KINDS else "neutral"
    row = corrected_line(replace(line, given="", state=state), said, kind)
    key = word_of(line.key, said, kind)
    return replace(row, said=gettext("Key: %(key)s") % {"key": key} if key else "")

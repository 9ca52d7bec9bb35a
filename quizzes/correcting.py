"""What a correction shows: each row with what was given, what was expected and why. Reads only."""

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from quizzes.pictures import picture_address
from quizzes.presenting import SIGNS, Words
from quizzes.sitting import Asked
from quizzes.types import Review, ReviewLine


@dataclass(frozen=True, slots=True)
class Corrected:
    """A row of the correction: its text, what is said of it, the sign beside that, and why."""

    text: SafeString
    said: str
    state: str
    sign: str
    feedback: SafeString


def corrected(asked: Asked, review: Review, said: Words) -> dict[str, Any]:
    """Return a question of the correction, with the questions of a case as its `parts`."""
    return {**_correction(review, str(asked.number), said), "remark": asked.remark, "file": _file_of(asked)}


def _correction(review: Review, number: str, said: Words) -> dict[str, Any]:
    return {
        "number": SafeString(number),
        "stem": SafeString(review.stem),  # cleaned when the version was made
        "lines": [corrected_line(line, said, review.kind) for line in review.lines],
        "feedback": SafeString(review.feedback),
        "state": SafeString(review.state),
        "sign": SIGNS[review.state],
        "outcome": said["outcomes"][review.state],
        "points": ""
        if review.state in ("awaiting", "neutral")
        else said["row"]["points"] % {"percent": int(review.fraction * 100)},
        "rule": said["rules"][review.rule] if review.kind != "description" else "",
        "parts": [_correction(part, f"{number}-p{n}", said) for n, part in enumerate(review.parts)],
        "picture": picture_address(review.picture) if review.picture else "",
        "point": review.point,
        "shapes": review.shapes,
        "elsewhere": said["row"]["elsewhere"] if review.point and review.state == "wrong" else "",
    }


def _file_of(asked: Asked) -> dict[str, str] | None:
    """Return the file sent and where its owner gets it."""
    if asked.type.code != "file_upload" or "file" not in asked.response:
        return None
    place = [asked.attempt_key, asked.number, asked.response["file"]]
    return {"name": asked.response["name"], "address": reverse("quizzes:file", args=place)}


TICKED_KINDS = frozenset({"single_choice", "multiple_response", "sjt_best", "short_answer", "numeric", "hot_spot"})
TYPED_KINDS = frozenset({"short_answer", "numeric"})
MARKED_KINDS = frozenset({"essay", "file_upload"})
CODED_KINDS = frozenset({"true_false", "sjt_rate", "sjt_rank", "sjt_most_least", "ordering", "moderation_matrix"})


def corrected_line(line: ReviewLine, said: Words, kind: str) -> Corrected:
    says = _said_of_tick if kind in TICKED_KINDS else _said_of_level if kind in MARKED_KINDS else _said_of_row
    return Corrected(
        text=SafeString(line.text),  # cleaned when the version was made
        said=says(line, said, kind),
        state=SafeString(line.state),
        sign=SIGNS[line.state],
        feedback=SafeString(line.feedback),
    )


def _said_of_level(line: ReviewLine, said: Words, kind: str) -> str:
    """Say what a criterion earned; the candidate's own text comes without a word."""
    if not line.key:
        return said["row"]["placed"]
    points = {"given": number_format(line.given or "0"), "key": number_format(line.key)}
    return said["row"]["level" if line.given else "worth"] % points


def _said_of_tick(line: ReviewLine, said: Words, kind: str) -> str:
    if kind in TYPED_KINDS:
        return said["typed"].get(line.state, "")
    return said["ticked"].get(line.state, "") if line.given or line.state == "missed" else ""


def _said_of_row(line: ReviewLine, said: Words, kind: str) -> str:
    row = "both" if line.given and line.key else "given" if line.given else "key" if line.key else ""
    given, key = (word_of(code, said, kind) for code in (line.given, line.key))
    return said["row"][row] % {"given": given, "key": key} if row else ""


def word_of(code: str, said: Words, kind: str) -> str:
    """Return what a candidate reads for a code of the type; a number is written their way."""
    if kind == "likert":
        return said["agreement"].get(code, code)
    if kind not in CODED_KINDS:
        return unescape(strip_tags(code))  # a text: of a choice, or typed
    if kind == "moderation_matrix":
        return " · ".join(said["values"].get(part, part) for part in code.split())
    return said["values"].get(code) or (number_format(code) if code.replace(".", "").isdigit() else code)

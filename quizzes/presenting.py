"""What the templates of quizzes are given. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, override

from courses.vocabulary import REASONS
from quizzes.pictures import picture_address
from quizzes.sitting import Asked
from quizzes.types import Face
from quizzes.types.moderation_matrix import REASONED
from quizzes.types.reader import plain
from quizzes.wording import (
    AGREEMENT,
    FILES,
    OUTCOMES,
    PROGRESS,
    ROW,
    RULES,
    SCALE,
    TASKS,
    TICKED,
    TYPED,
    UNFINISHED,
    VALUES,
)

# Types that look alike share a template.
TEMPLATES = {"sjt_best": "single_choice", "ordering": "sjt_rank", "likert": "sjt_rate"}


Words = dict[str, dict[str, str]]
SHOWN_ALONE = ("tasks", "rules", "unfinished", "progress", "outcomes", "ticked", "typed", "choices")


@cache
def words(language: str) -> Words:
    """Return every code's word in `language`, translated once per process: a page says them a hundred times."""
    tables: dict[str, Mapping[str, Any]] = {
              "tasks": TASKS, "rules": RULES, "unfinished": UNFINISHED, "progress": PROGRESS, "outcomes": OUTCOMES,
              "scale": SCALE, "agreement": AGREEMENT, "values": VALUES, "ticked": TICKED, "typed": TYPED, "row": ROW,
              "files": FILES}  # fmt: skip
    with override(language):
        said = {name: {code: str(word) for code, word in table.items()} for name, table in tables.items()}
    said["choices"] = said["values"]  # as they are shown alone; `values` also go into sentences
    for name in SHOWN_ALONE:  # escaped here once, rather than a hundred times a page
        said[name] = {code: escape(word) for code, word in said[name].items()}
    return {**said, "steps": _steps(said["scale"]), "steps_likert": _steps(said["agreement"])}


def _steps(scale: dict[str, str]) -> dict[str, str]:
    step = '<span class="scale__number">{}</span> <span class="scale__word">{}</span>'
    return {code: format_html(step, code, word) for code, word in scale.items()}


# The icon beside a state: colour never speaks alone.
SIGNS = {
    "right": "check", "partly": "half", "wrong": "close", "empty": "dot", "missed": "arrow", "neutral": "arrow",
    "awaiting": "clock",
}  # fmt: skip
SIGNS = {state: SafeString(sign) for state, sign in SIGNS.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """A question on the candidate's page. Numbers are words here: nothing is left for the template to format."""

    number: str
    template: str
    stem: SafeString
    lines: list[tuple[str, SafeString, str]]  # token, text, value given so far
    task: str
    unfinished: str
    rule: str
    progress: str
    points: str
    ranks: tuple[str, ...]
    scale: list[tuple[str, str]]
    pool: list[tuple[str, SafeString]]  # the choices the rows share: token, text
    tail: SafeString
    acts: list[tuple[str, str]]  # the decisions and the reasons of a moderation matrix: code, word
    reasons: list[tuple[str, str]]
    mode: str
    limits: dict[str, str]
    picture: str  # its address
    parts: list["Shown"]  # the questions of a case
    compulsory: bool
    taken: str  # which files are taken
    attempt: UUID | None = None


def shown(asked: Asked, language: str) -> Shown:
    """Return what the page needs of a question."""
    question = _shown(asked.face(language), str(asked.number), language)
    points = points_of(asked.slot.weight, language)
    question = replace(question, progress=asked.progress, points=points, attempt=asked.attempt_key)
    return replace(question, compulsory=asked.slot.compulsory)


def _shown(face: Face, number: str, language: str) -> Shown:
    said = words(language)
    return Shown(
        number=SafeString(number),
        template=f"quizzes/types/{TEMPLATES.get(face.kind, face.kind)}.html",
        stem=mark_safe(face.stem),  # noqa: S308 (cleaned when the version was made)
        lines=[(SafeString(line.token), SafeString(line.text), line.value) for line in face.lines],
        task=said["tasks"][face.kind],
        unfinished=said["unfinished"].get(face.kind, ""),
        rule=said["rules"][face.rule] if face.kind != "description" else "",
        progress="",
        points="",
        ranks=tuple(SafeString(n + 1) for n in range(len(face.lines))),
        scale=list(said["steps_likert" if face.kind == "likert" else "steps"].items()),
        pool=[(SafeString(token), SafeString(text)) for token, text in face.pool],
        tail=mark_safe(escape(face.tail) if face.kind in ("numeric", "hot_spot") else face.tail),  # noqa: S308
        acts=[(SafeString(code), said["choices"][code]) for code in face.acts],
        reasons=[(SafeString(code), said["choices"][code]) for code in REASONS if code in REASONED]
        if face.acts
        else [],
        mode=face.mode,
        limits=dict(face.limits),
        picture=picture_address(face.picture) if face.picture else "",
        taken=_taken(dict(face.limits), said["files"]) if face.kind == "file_upload" else "",
        parts=[_shown(part, f"{number}-p{n}", language) for n, part in enumerate(face.parts)],
        compulsory=False,
    )


def _taken(limits: dict[str, str], files: dict[str, str]) -> str:
    kinds = ", ".join(files[kind] for kind in limits["kinds"].split())
    return gettext("Taken: %(kinds)s; %(size)s MB at most.") % {"kinds": kinds, "size": limits["max_mb"]}


def points_of(weight: Decimal, language: str) -> str:
    """Return “1.5 points”, “1,5 point”: English counts one alone as singular, French everything below two."""
    if not weight:
        return ""
    count = int(weight) if language == "fr" else 1 if weight == 1 else 2
    return ngettext("%(points)s point", "%(points)s points", count) % {"points": number_format(plain(weight))}

"""Course, module and activity files. Pure; the format is described in docs/formats/lesson.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from courses.formats.errors import FileError
from courses.formats.front_matter import Document, only, read, require, require_lines
from courses.formats.identity import identity_of
from courses.formats.lesson import Block, Lesson, parse_body

LEVELS = ("beginner", "intermediate", "advanced")
COLOURS = ("ink", "green", "amber", "violet", "vermilion")
STAGES = ("course", "certification", "renewal")
MODES = ("practice", "exam")
INTRODUCTION = ("text", "figure")
COURSE_FIELDS = (
    "title", "slug", "key", "position", "summary", "level", "colour", "untranslated", "audience", "objectives",
    "prerequisites", "instructor", "stage",
)  # fmt: skip
MODULE_FIELDS = (
    "title", "slug", "key", "summary", "untranslated", "quiz_title", "quiz_slug", "scenario_title", "scenario_slug",
)  # fmt: skip
ACTIVITY_FIELDS = ("title", "slug", "key", "minutes", "summary", "mode", "pool", "marks_first", "untranslated")
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Course:
    """A course in one language. `position` is its place in the catalogue, None where the usual order says it."""

    file: str = field(compare=False)
    title: str
    slug: str
    summary: str
    level: str
    colour: str
    audience: tuple[str, ...]
    objectives: tuple[str, ...]
    prerequisites: str
    body: tuple[Block, ...]
    position: int | None = None
    stage: str = "course"
    key: str = ""
    untranslated: bool = False
    instructor: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A module in one language; the quiz and scenario titles are None where the module has none."""

    file: str = field(compare=False)
    title: str
    slug: str
    summary: str
    quiz_title: str | None = None
    quiz_slug: str = "quiz"
    scenario_title: str | None = None
    scenario_slug: str = "scenario"
    key: str = ""
    untranslated: bool = False


@dataclass(frozen=True, slots=True)
class Activity:
    """The page of a quiz or a scenario in one language; `minutes` is None where its definition gives them.

    `pool` names further scenarios an exam draws from, each in a file of the folder pool/ beside the page.
    """

    file: str = field(compare=False)
    title: str
    slug: str
    summary: str = ""
    minutes: int | None = None
    mode: str = "practice"
    pool: tuple[str, ...] = ()
    marks_first: bool = False
    key: str = ""
    untranslated: bool = False


def parse_course(text: str, *, file: str) -> Course:
    """Read a course file. Errors: FileError."""
    document = read(text, file=file)
    only(document, *COURSE_FIELDS)
    body = parse_body(document.body, file=file, line=document.body_line)
    for block in body:
        if block.kind not in INTRODUCTION:
            raise FileError(file, block.line, f"an introduction holds text and figures, no “{block.kind}”")
    return Course(
        file=file,
        title=require(document, "title", str),
        slug=require(document, "slug", str),
        summary=require(document, "summary", str),
        level=_one_of(document, "level", LEVELS),
        colour=_one_of(document, "colour", COLOURS),
        audience=tuple(require_lines(document, "audience", default=[])),
        objectives=tuple(require_lines(document, "objectives", default=[])),
        prerequisites=require(document, "prerequisites", str, default=""),
        instructor=require(document, "instructor", str, default=""),
        body=body,
        position=require(document, "position", int, default=None),
        stage=_one_of(document, "stage", STAGES, default="course"),
        **identity_of(document),
    )


def _one_of(document: Document, name: str, words: tuple[str, ...], default: Any = ...) -> str:
    word: str = require(document, name, str, default=default)
    if word not in words:
        raise FileError(document.file, document.line_of(name), f"“{name}” is one of {', '.join(words)}, not “{word}”")
    return word


def parse_module(text: str, *, file: str) -> Module:
    """Read a module file. Errors: FileError."""
    document = read(text, file=file)
    only(document, *MODULE_FIELDS)
    _no_body(document)
    return Module(
        file=file,
        title=require(document, "title", str),
        slug=require(document, "slug", str),
        summary=require(document, "summary", str),
        quiz_title=require(document, "quiz_title", str, default=None),
        quiz_slug=require(document, "quiz_slug", str, default="quiz"),
        scenario_title=require(document, "scenario_title", str, default=None),
        scenario_slug=require(document, "scenario_slug", str, default="scenario"),
        **identity_of(document),
    )


def parse_activity(text: str, *, file: str) -> Activity:
    """Read the page of a quiz or a scenario that differs from the usual one. Errors: FileError."""
    document = read(text, file=file)
    only(document, *ACTIVITY_FIELDS)
    _no_body(document)
    return Activity(
        file=file,
        title=require(document, "title", str),
        slug=require(document, "slug", str),
        summary=require(document, "summary", str, default=""),
        minutes=require(document, "minutes", int, default=None),
        mode=_one_of(document, "mode", MODES, default="practice"),
        pool=_identifiers(document, "pool"),
        marks_first=require(document, "marks_first", bool, default=False),
        **identity_of(document),
    )


def _identifiers(document: Document, name: str) -> tuple[str, ...]:
    found = tuple(require_lines(document, name, default=[]))
    for each in found:
        if not IDENTIFIER.fullmatch(each) or found.count(each) > 1:
            reason = f"“{name}” holds identifiers, each once: small letters, digits and hyphens, not “{each}”"
            raise FileError(document.file, document.line_of(name), reason)
    return found


def _no_body(document: Document) -> None:
    if document.body.strip():
        raise FileError(document.file, document.body_line, "nothing but front matter is read from this file")


def same_shape(texts: dict[str, Any]) -> None:
    """Check that the languages of a page agree on what records hang on: its key, its objectives and checks.

    Errors: FileError naming the file that differs from the first.
    """
    (_, first), *others = texts.items()
    for _, other in others:
        if other.key != first.key:
            raise FileError(other.file, 1, f"its key differs from that of {PurePath(first.file).name}")
        if isinstance(first, Activity) and other.pool != first.pool:
            raise FileError(other.file, 1, f"its pool differs from that of {PurePath(first.file).name}")
        if isinstance(first, Lesson) and _keys(other) != _keys(first):
            missing = sorted(set(_keys(first)) ^ set(_keys(other)))
            name = PurePath(first.file).name
            reason = f"its objectives and checks differ from {name}: {', '.join(missing) or 'order'}"
            raise FileError(other.file, 1, reason)


def _keys(lesson: Lesson) -> list[str]:
    return [objective["id"] for objective in lesson.objectives] + list(_inner_keys([b.value for b in lesson.body]))


def _inner_keys(value: Any) -> Iterator[str]:
    """Yield the identifiers within a block's value: what an answer is kept under."""
    if isinstance(value, dict):
        yield from [value["key"]] if "key" in value else []
        yield from _inner_keys(list(value.values()))
    elif isinstance(value, list):
        for member in value:
            yield from _inner_keys(member)

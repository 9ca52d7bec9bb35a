"""Lesson files: Markdown with front matter and `:::` blocks. Pure; the format: docs/formats/lesson.md."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from courses.formats.assets import assets_of
from courses.formats.blocks import SHAPES, read_block, read_remarks
from courses.formats.errors import FileError
from courses.formats.front_matter import Document, load_yaml, only, read, require, require_lines
from courses.formats.identity import identity_of
from courses.formats.shapes import Source

# A longer fence may hold lines that look like a shorter one.
OPENING = re.compile(r"^(?P<fence>:{3,})(?P<name>[a-z_]+)(?:[ \t]+(?P<argument>.*))?$")
CLOSING = re.compile(r"^:{3,}$")
CALLOUT_KINDS = ("note", "warning", "law", "example")
MAXIMUM_OPTIONS = 5
NETWORK = "Murmure"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a lesson: `kind` as in the StreamField, `value` plain data, `line` where it begins."""

    kind: str
    value: Any
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as its file says it, ready to be written to a page."""

    file: str = field(compare=False)
    title: str
    slug: str
    minutes: int
    summary: str
    sector: str
    open_to_all: bool
    objectives: tuple[Mapping[str, str], ...]
    glossary: tuple[Mapping[str, str], ...]
    sources: tuple[str, ...]
    body: tuple[Block, ...]
    key: str = ""
    untranslated: bool = False


FIELDS = (
    "title", "slug", "key", "minutes", "sector", "summary", "open_to_all", "untranslated", "objectives", "glossary",
    "sources",
)  # fmt: skip


def parse_lesson(text: str, *, file: str) -> Lesson:
    """Read a lesson file.

    Errors: FileError with file, line and reason.
    """
    document = read(text, file=file)
    only(document, *FIELDS)
    return Lesson(
        file=file,
        title=require(document, "title", str),
        slug=require(document, "slug", str),
        minutes=require(document, "minutes", int),
        summary=require(document, "summary", str),
        sector=require(document, "sector", str, default=""),
        open_to_all=require(document, "open_to_all", bool, default=False),
        objectives=_pairs(document, "objectives", "id", "text"),
        glossary=_pairs(document, "glossary", "term", "definition"),
        sources=tuple(require_lines(document, "sources", default=[])),
        body=parse_body(document.body, file=file, line=document.body_line),
        **identity_of(document),
    )


def _pairs(document: Document, name: str, *keys: str) -> tuple[Mapping[str, str], ...]:
    entries = require(document, name, list, default=[])
    for position, entry in enumerate(entries):
        line = document.line_of(f"{name}[{position}]")
        _check_keys(entry, keys, file=document.file, line=line, where=f"an entry of “{name}”")
    return tuple({key: entry[key].strip() for key in keys} for entry in entries)


def _check_keys(
    entry: Any, keys: tuple[str, ...], *, file: str, line: int, where: str, optional: tuple[str, ...] = ()
) -> None:
    """Refuse an entry without text under each of `keys`, or with a name that is neither there nor in `optional`."""
    if not isinstance(entry, dict):
        raise FileError(file, line, f"{where} must be a mapping with {', '.join(keys)}")
    for key in keys:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise FileError(file, line, f"{where} needs “{key}” as text (quote it if it holds a colon)")
    for key in entry:
        if key not in (*keys, *optional):
            raise FileError(file, line, f"“{key}” means nothing in {where}; known: {', '.join((*keys, *optional))}")


def parse_body(text: str, *, file: str, line: int = 1) -> tuple[Block, ...]:
    """Cut a lesson's text into blocks; what stands outside `:::` is text."""
    blocks: list[Block] = []
    outside: list[str] = []
    lines = text.split("\n")
    position = 0
    while position < len(lines):
        opening = OPENING.match(lines[position].rstrip())
        if opening is None:
            if CLOSING.match(lines[position].strip()):
                raise FileError(file, line + position, "“:::” closes a block that was never opened")
            outside.append(lines[position])
            position += 1
            continue
        _flush(outside, blocks, line + position)
        end = _closing(lines, position, opening["fence"], file=file, line=line)
        inner = "\n".join(lines[position + 1 : end])
        blocks.append(_block(opening["name"], opening["argument"] or "", inner, file=file, line=line + position))
        position = end + 1
    _flush(outside, blocks, line + position)
    return tuple(blocks)


def _flush(outside: list[str], blocks: list[Block], line: int) -> None:
    text = "\n".join(outside).strip()
    if text:
        blocks.append(Block("text", text, line - len(outside)))
    outside.clear()


def _closing(lines: list[str], start: int, fence: str, *, file: str, line: int) -> int:
    for position in range(start + 1, len(lines)):
        if lines[position].strip() == fence:
            return position
        inner = OPENING.match(lines[position].rstrip())
        if inner and len(inner["fence"]) >= len(fence):
            break
    raise FileError(file, line + start, f"the block “{lines[start].strip()}” is not closed by a line of {fence}")


def _block(name: str, argument: str, inner: str, *, file: str, line: int) -> Block:
    if name in SHAPES:
        value = read_block(name, inner, file=file, line=line)
        _check_assets(name, value, file, line)
        return Block(name, value, line)
    reader = _READERS.get(name)
    if reader is None:
        raise FileError(file, line, f"unknown block “{name}”; choose one of {', '.join(sorted({*_READERS, *SHAPES}))}")
    return Block(name, reader(argument.strip(), inner.strip("\n"), file, line), line)


def _text(argument: str, inner: str, file: str, line: int) -> str:
    if not inner.strip():
        raise FileError(file, line, "the block is empty")
    return inner.strip()


def _markdown(argument: str, inner: str, file: str, line: int) -> dict[str, Any]:
    return {"text": _text(argument, inner, file, line)}


def _callout(argument: str, inner: str, file: str, line: int) -> dict[str, Any]:
    if argument not in CALLOUT_KINDS:
        raise FileError(file, line, f"a callout is one of {', '.join(CALLOUT_KINDS)}, not “{argument}”")
    return {"kind": argument, **_markdown(argument, inner, file, line)}


def _case(argument: str, inner: str, file: str, line: int) -> dict[str, Any]:
    if not argument:
        raise FileError(file, line, "a case needs a title after “:::case”")
    return {"title": argument, **_markdown(argument, inner, file, line)}


def _mapping(inner: str, file: str, line: int, keys: tuple[str, ...], *optional: str) -> dict[str, Any]:
    data = load_yaml(inner, file=file, line=line + 1)
    _check_keys(data, keys, file=file, line=line, where="the block", optional=optional)
    return dict(data)


def _optional(data: Mapping[str, Any], name: str, file: str, line: int, default: str = "") -> str:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise FileError(file, line, f"“{name}” must be text (quote it if it is a number), not {value!r}")
    return (value or "").strip() or default


def _post(argument: str, inner: str, file: str, line: int) -> dict[str, Any]:
    data = _mapping(inner, file, line, ("author", "handle", "text"), "network", "likes", "replies", "remarks", "note")
    numbers = {name: data.get(name, 0) for name in ("likes", "replies")}
    for name, number in numbers.items():
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise FileError(file, line, f"“{name}” must be a whole number, not {number!r}")
    texts = {name: data[name].strip() for name in ("author", "handle", "text")}
    network, note = _optional(data, "network", file, line, NETWORK), _optional(data, "note", file, line)
    post = {**texts, **numbers, "network": network, "note": note}
    remarks = read_remarks(data.get("remarks"), texts["text"], Source(inner, file, line))
    return post | {"remarks": remarks} if remarks else post


def _reveal(argument: str, inner: str, file: str, line: int) -> dict[str, Any]:
    data = _mapping(inner, file, line, ("id", "prompt", "answer"))
    return {"key": data["id"].strip(), "prompt": data["prompt"].strip(), "answer": data["answer"].strip()}


def _figure(argument: str, inner: str, file: str, line: int) -> dict[str, Any]:
    data = _mapping(inner, file, line, ("file", "alt"), "caption")
    _check_assets("figure", data, file, line)
    return {"file": data["file"], "alt": data["alt"].strip(), "caption": _optional(data, "caption", file, line)}


def _check_assets(kind: str, value: Mapping[str, Any], file: str, line: int) -> None:
    for asset, path in assets_of(kind, value):
        if fault := asset.fault(path):
            raise FileError(file, line, fault)


def _check(argument: str, inner: str, file: str, line: int) -> dict[str, Any]:
    data = _mapping(inner, file, line, ("id", "prompt"), "options")
    options = data.get("options")
    if not isinstance(options, list) or not 2 <= len(options) <= MAXIMUM_OPTIONS:
        raise FileError(file, line, f"a check needs 2 to {MAXIMUM_OPTIONS} options")
    read_options = [_option(option, file, line) for option in options]
    if len({option["key"] for option in read_options}) != len(options):
        raise FileError(file, line, "two options share the same id")
    if not any(option["correct"] for option in read_options):
        raise FileError(file, line, "no option is marked “correct: true”")
    return {"key": data["id"].strip(), "prompt": data["prompt"].strip(), "options": read_options}


def _option(option: Any, file: str, line: int) -> dict[str, Any]:
    _check_keys(option, ("id", "text", "feedback"), file=file, line=line, where="an option", optional=("correct",))
    correct = option.get("correct", False)
    if not isinstance(correct, bool):
        raise FileError(file, line, f"“correct” must be true or false, not {correct!r}")
    texts = {name: option[name].strip() for name in ("text", "feedback")}
    return {"key": option["id"].strip(), **texts, "correct": correct}


_READERS: dict[str, Callable[[str, str, str, int], Any]] = {
    "text": _text,
    "callout": _callout,
    "situation": _markdown,
    "case": _case,
    "remember": _markdown,
    "post": _post,
    "check": _check,
    "reveal": _reveal,
    "figure": _figure,
}

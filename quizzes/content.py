"""The three shapes of a question's content, and the ways between them.

*Canonical content* is the plain mapping of `quizzes.types` (both languages, Markdown sources). It is hashed to tell one
version from the next. *Rendered content* is the same with every text turned into clean HTML, once, when the version is
made. *Editor content* is the raw value of the StreamField an instructor edits.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.images.models import AbstractImage as Image

from courses.markdown import render, render_inline
from quizzes.types import LANGUAGES, SpecError, canonical
from quizzes.types.base import Json

PARAGRAPHS = frozenset({"stem", "feedback"})  # texts that may hold several paragraphs
PLAIN = frozenset({"accept", "passage", "unit", "alt"})  # texts compared or cut up: shown as written, never as Markdown
LISTS = frozenset({
    "options", "statements", "actions", "pairs", "choices", "items", "answers", "gaps", "decoys", "comments", "regions",
    "criteria", "levels", "thread", "hints",
})  # fmt: skip
QUESTIONS = "questions"  # of a case: each has a type of its own
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def digest(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON."""
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == set(LANGUAGES)


def rendered(content: Any, *, paragraphs: bool = False) -> Any:
    """Return `content` with each text rendered to HTML."""
    if is_text(content):
        turn = render if paragraphs else render_inline
        return {language: turn(source) for language, source in content.items()}
    if isinstance(content, Mapping):
        # The feedback of one option is a line under it; the feedback of the question may be paragraphs.
        return {k: v if k in PLAIN else rendered(v, paragraphs=k in PARAGRAPHS) for k, v in content.items()}
    if isinstance(content, list):
        return [rendered(member) for member in content]
    return content


def from_editor(kind: str, value: Mapping[str, Any]) -> Json:
    """Return the canonical content of an edited block. Errors: SpecError."""
    return canonical({"type": kind, **_plain(value)})


def _plain(value: Any, name: str = "") -> Any:
    """Return a block's value as plain data, without what was left blank."""
    if is_text(value):
        return dict(value) if any(value.values()) else None
    if isinstance(value, Mapping):
        members = {k: _plain(v, k) for k, v in value.items()}
        return {k: v for k, v in members.items() if v not in (None, "", [])}
    if isinstance(value, StreamValue):
        return [{"type": child.block_type, **_plain(child.value)} for child in value]
    if isinstance(value, Image):
        return value.get_file_hash()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(member) for member in value]
    return _word(value, name)


def _word(value: Any, name: str) -> Any:
    if name == "answer":
        return {"true": True, "false": False}.get(value, value)
    return str(value) if isinstance(value, Decimal) else value


def to_editor(content: Json) -> list[Json]:
    """Return the StreamField's raw value for canonical content; the ids of its parts are stable."""
    return [{"type": content["type"], "value": _value(content["type"], content), "id": digest(content)[:32]}]


def _value(kind: str, content: Json) -> Json:
    value: Json = {}
    for name, member in content.items():
        if name in LISTS:
            value[name] = [_item(kind, part, n) for n, part in enumerate(member)]
        elif name == QUESTIONS:
            value[name] = [to_editor(question)[0] for question in member]
        elif name != "type":
            value[name] = str(member).lower() if name == "answer" else member
    return value


def _item(kind: str, part: Json, index: int) -> Json:
    return {"type": "item", "id": f"{kind}-{part.get('id', index)}", "value": _value(kind, part)}


def with_letters(names: list[str]) -> list[str]:
    """Return the identifiers with each blank replaced by the first free letter."""
    taken, filled = set(names), []
    for name in names:
        letter = name or next(c for c in LETTERS if c not in taken)
        taken.add(letter)
        filled.append(letter)
    return filled


__all__ = ["SpecError", "digest", "from_editor", "is_text", "rendered", "to_editor", "with_letters"]

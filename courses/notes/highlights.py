"""Passages a learner marks in a lesson, found again by what they say: the quote and the words around it.

Not by a place in the page: an author may rewrite the paragraph above. Each stands in the language it was read in.
Source: Web Annotation Data Model, text quote selector (W3C Recommendation, 2017).
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from courses.models import Note
from courses.notes.services import own_row, refold

MOST = 200  # in one lesson


class TooManyError(Exception):
    """The lesson holds as many highlights as it may."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote in one language, with the words before and after it."""

    language: str
    quote: str
    prefix: str = ""
    suffix: str = ""


def passages(note: Note | None, language: str | None = None) -> list[dict[str, Any]]:
    """Return the highlights of a lesson, in the order they were made; those of one language if it is given."""
    kept = note.highlights if note else []
    return [mark for mark in kept if language in (None, mark["language"])]


@transaction.atomic
def highlight(*, user: Any, course_key: UUID, activity_key: UUID, passage: Passage, now: datetime) -> Note:
    """Keep a passage; the same one twice is kept once. Errors: TooManyError."""
    note = own_row(user, course_key, activity_key)
    wanted = asdict(passage)
    if any(all(mark[name] == value for name, value in wanted.items()) for mark in note.highlights):
        return note
    if len(note.highlights) >= MOST:
        raise TooManyError
    note.highlights = [*note.highlights, {"id": uuid4().hex[:12], **wanted, "at": now.isoformat()}]
    note.written_at = now
    _save(note)
    return note


@transaction.atomic
def unhighlight(*, note: Note, mark_id: str) -> None:
    """Take a passage away; one that is gone already changes nothing."""
    note = Note.objects.select_for_update().get(pk=note.pk)
    note.highlights = [mark for mark in note.highlights if mark["id"] != mark_id]
    if not note.highlights and not note.text:
        note.written_at = None
    _save(note)


def _save(note: Note) -> None:
    refold(note)
    note.save(update_fields=["highlights", "folded", "written_at"])

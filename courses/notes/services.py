"""Writes of one's own notes. Each is one transaction and survives being called twice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.markdown import render
from courses.models import Note
from courses.words import fold


class StaleNoteError(Exception):
    """The note was changed elsewhere since the writer read it; `note` is what stands now."""

    def __init__(self, note: Note) -> None:
        super().__init__(f"Note {note.pk} is at version {note.version}.")
        self.note = note


@transaction.atomic
def write_note(*, user: Any, course_key: UUID, activity_key: UUID, text: str, version: int, now: datetime) -> Note:
    """Keep `text` as the user's note on a lesson; an empty text takes the note away, a bookmark stays.

    `version` is the one the writer had read, 0 when there was none. The same text twice changes nothing.
    Errors: StaleNoteError when somebody (the same person in another tab) has written since.
    """
    note = own_row(user, course_key, activity_key)
    text = text.replace("\r\n", "\n").strip()
    if note.text == text:
        return note
    if note.version != version:
        raise StaleNoteError(note)
    note.text, note.html = text, render(text)
    note.version, note.written_at = note.version + 1, now if text or note.highlights else None
    refold(note)
    note.save()
    return note


@transaction.atomic
def set_bookmark(*, user: Any, course_key: UUID, activity_key: UUID, on: bool, now: datetime) -> Note:
    """Set or take away a bookmark; the state is named, so that a double click ends where it should."""
    note = own_row(user, course_key, activity_key)
    if on != bool(note.bookmarked_at):
        note.bookmarked_at = now if on else None
        note.save(update_fields=["bookmarked_at"])
    return note


def own_row(user: Any, course_key: UUID, activity_key: UUID) -> Note:
    """Return the user's row for a lesson, locked until the transaction ends; made when missing."""
    note, _made = Note.objects.select_for_update().get_or_create(
        user=user, activity_key=activity_key, defaults={"course_key": course_key}
    )
    return note


def refold(note: Note) -> None:
    """Write anew what a search compares: empty when nothing is written or marked."""
    note.folded = fold("\n".join(filter(None, [note.text, *(mark["quote"] for mark in note.highlights)])))

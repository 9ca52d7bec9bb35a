"""One's notes with the lessons they belong to, and the files they travel in."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from courses.cards import CourseCard, course_cards
from courses.models import Note
from courses.outline import Item


@dataclass(frozen=True, slots=True)
class Kept:
    """A note or a bookmark and where it belongs; `item` is None when the lesson is no longer there to read."""

    note: Note
    item: Item | None
    card: CourseCard | None

    @property
    def title(self) -> str:
        return self.item.title if self.item else _("A lesson that is no longer published")

    @property
    def course(self) -> str:
        return self.card.page.title if self.card else ""


def kept(notes: Iterable[Note], cards: Iterable[CourseCard]) -> list[Kept]:
    """Put each note beside its lesson in the reader's language. No query."""
    places = {item.key: (item, card) for card in cards if card.outline for item in card.outline.items}
    return [Kept(note, *places.get(note.activity_key, (None, None))) for note in notes]


def asked_notes(request: HttpRequest, asked: dict[str, Any]) -> Any:
    """Return the reader's own notes that fit a cleaned `NotesForm`."""
    notes = Note.objects.of(request.user).written().holding(asked.get("q") or "")
    return notes.filter(course_key=asked["course"]) if asked.get("course") else notes


def all_kept(request: HttpRequest, asked: dict[str, Any]) -> list[Kept]:
    return kept(asked_notes(request, asked), course_cards(request))


def as_markdown(rows: Iterable[Kept]) -> str:
    """Return notes and highlights as one Markdown text, a heading for each lesson, quotes first."""
    parts = [f"# {_('My notes')}"]
    for row in rows:
        where = " · ".join(filter(None, [row.course, date_format(localtime(row.note.written_at), "DATETIME_FORMAT")]))
        quotes = ["> " + "\n> ".join(mark["quote"].splitlines()) for mark in row.note.highlights]
        parts.append("\n\n".join(filter(None, [f"## {row.title}", f"*{where}*", *quotes, row.note.text])))
    return "\n\n".join(parts) + "\n"


def as_csv(rows: Iterable[Kept]) -> str:
    """Return the notes as a table with a head; what a spreadsheet would take for a formula is quoted."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Course"), _("Lesson"), _("Changed"), _("Note"), _("Highlight")])
    for row in rows:
        where = [_harmless(row.course), _harmless(row.title)]
        if row.note.text:
            writer.writerow([*where, _moment(row.note.written_at), _harmless(row.note.text), ""])
        for mark in row.note.highlights:
            writer.writerow([*where, _moment(datetime.fromisoformat(mark["at"])), "", _harmless(mark["quote"])])
    return out.getvalue()


def _moment(moment: Any) -> str:
    return localtime(moment).isoformat(timespec="seconds")


def _harmless(text: str) -> str:
    # A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection).
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

"""Terms and points to remember, collected from the lessons where authors write them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Locale

from courses.models import LessonPage
from courses.outline import Item, Module, Outline
from courses.reading import stored_html
from courses.words import fold


@dataclass(slots=True)
class Term:
    """A term, with each definition lessons give of it and where they do."""

    name: str
    senses: dict[str, list[Item]] = field(default_factory=dict)  # definition → lessons

    @property
    def sort_key(self) -> str:
        return fold(self.name)

    @property
    def letter(self) -> str:
        first = self.sort_key[:1]
        return first.upper() if first.isalpha() else "#"


def terms(outlines: Iterable[Outline], locale: Locale) -> list[Term]:
    """Return the terms of every lesson of `outlines`, A to Z. One query."""
    lessons = {item.key: item for outline in outlines for item in outline.items}
    rows = (
        LessonPage.objects.live().filter(locale=locale, translation_key__in=list(lessons))
        .order_by("path").values_list("translation_key", "glossary")
    )  # fmt: skip
    found: dict[str, Term] = {}
    for key, glossary in rows:
        for child in glossary.raw_data:
            name, definition = child["value"]["term"].strip(), child["value"]["definition"].strip()
            term = found.setdefault(fold(name), Term(name))
            term.senses.setdefault(definition, []).append(lessons[key])
    return sorted(found.values(), key=lambda term: term.sort_key)


def holding(found: Iterable[Term], query: str) -> list[Term]:
    """Return the terms in whose name or definitions every word of `query` occurs; names that begin with it first."""
    asked = fold(query).split()
    hits = [t for t in found if all(word in fold(" ".join([t.name, *t.senses])) for word in asked)]
    return sorted(hits, key=lambda term: not term.sort_key.startswith(fold(query).strip()))


def by_letter(found: Iterable[Term]) -> list[tuple[str, list[Term]]]:
    return [(letter, list(group)) for letter, group in groupby(found, key=lambda term: term.letter)]


@dataclass(frozen=True, slots=True)
class Point:
    """What a lesson asks one to remember; the HTML was cleaned when it was saved."""

    item: Item
    html: SafeString


def points(outline: Outline, locale: Locale) -> list[tuple[Module, list[Point]]]:
    """Return what to remember of a course, module by module. One query."""
    keys = [item.key for item in outline.items]
    rows = LessonPage.objects.live().filter(locale=locale, translation_key__in=keys)
    said = {key: stored_html(body, "remember", "text") for key, body in rows.values_list("translation_key", "body")}
    modules = [(module, _of(module, said)) for module in outline.modules]
    return [(module, found) for module, found in modules if found]


def _of(module: Module, said: dict[UUID, list[str]]) -> list[Point]:
    htmls = ((item, "".join(said.get(item.key, []))) for item in module.items)
    return [Point(item, mark_safe(html)) for item, html in htmls if html]  # noqa: S308 (cleaned by courses.markdown)

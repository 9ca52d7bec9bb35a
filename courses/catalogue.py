"""The catalogue: every course in order, or what a reader searches and filters. Nine queries at most, whatever is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Page as PageOfHits
from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from courses import words
from courses.cards import CourseCard, course_cards
from courses.forms import COURSE, CatalogueForm
from courses.models import activity_models
from courses.outline import LOCKED, Item
from courses.reading import readable_text
from courses.searching import find

PER_PAGE = 12


@dataclass(slots=True)
class Hit:
    """A course or an activity found. `title` and `text` come in fragments, the words asked for apart."""

    card: CourseCard
    item: Item | None
    title: list[words.Fragment] = field(default_factory=list)
    text: list[words.Fragment] = field(default_factory=list)
    inside: bool = False  # the words stand in a text that opens with the course

    @property
    def locked(self) -> bool:
        return self.item is not None and self.item.state == LOCKED

    @property
    def key(self) -> UUID:
        return self.item.key if self.item else self.card.page.translation_key

    @property
    def name(self) -> str:
        return self.item.title if self.item else self.card.page.title

    @property
    def kind(self) -> str:
        return self.item.kind if self.item else COURSE

    @property
    def minutes(self) -> int:
        return self.item.minutes if self.item else self.card.outline.minutes if self.card.outline else 0

    @property
    def url(self) -> str:
        """Where it is; a locked activity leads to its course, where one enrols."""
        if self.item and not self.locked:
            return self.item.url
        return self.card.outline.url if self.card.outline else str(self.card.page.url)


@dataclass(slots=True)
class Catalogue:
    """What the catalogue page shows. `hits` is None when nothing is asked: then it shows the courses."""

    cards: list[CourseCard]
    form: CatalogueForm
    hits: PageOfHits[Hit] | None = None
    loosened: bool = False  # no page holds every word; these hold some

    @property
    def query(self) -> str:
        return str(self.form.cleaned_data.get("q") or "")

    @property
    def asked(self) -> bool:
        """Whether a filter is set: then the filters stand open."""
        return any(self.form.data.get(name) for name in ("course", "level", "minutes", "kind"))


def browse(request: HttpRequest) -> Catalogue:
    cards = course_cards(request)
    form = CatalogueForm(request.GET, courses=[(str(card.page.translation_key), card.page.title) for card in cards])
    form.is_valid()  # a field nobody could have chosen is left aside and says so
    asked = form.cleaned_data
    catalogue = Catalogue(cards, form)
    if not any(asked.values()):
        return catalogue
    if not cards:
        catalogue.hits = Paginator([], PER_PAGE).get_page(1)
        return catalogue
    locale = Locale(pk=cards[0].page.locale_id, language_code=get_language())  # known: no need to ask
    candidates = [hit for hit in _everything(cards) if _fits(hit, asked)]
    terms = words.parse(asked.get("q") or "", locale.language_code)
    if terms:
        candidates, catalogue.loosened = _ranked(candidates, terms, locale)
    elif asked.get("q"):
        candidates = []
    catalogue.hits = Paginator(candidates, PER_PAGE).get_page(request.GET.get("page"))
    _quote(list(catalogue.hits), terms, locale)
    return catalogue


def _everything(cards: Iterable[CourseCard]) -> Iterable[Hit]:
    for card in cards:
        yield Hit(card, None)
        yield from (Hit(card, item) for item in (card.outline.items if card.outline else ()) if not item.language)


def _fits(hit: Hit, asked: dict[str, Any]) -> bool:
    return (
        asked.get("course") in (None, "", str(hit.card.page.translation_key))
        and asked.get("level") in (None, "", hit.card.page.level)
        and asked.get("kind") in (None, "", hit.kind)
        and (not asked.get("minutes") or 0 < hit.minutes <= asked["minutes"])
    )


def _ranked(candidates: list[Hit], terms: Sequence[words.Term], locale: Locale) -> tuple[list[Hit], bool]:
    """Return the hits in order: more of the words in the title first, then as the database ranks them.

    When nothing holds every word, what holds some of them, and True.
    """
    by_key = {hit.key: hit for hit in candidates}
    for every in (True, False) if len(terms) > 1 else (True,):
        found = [by_key[key] for key in find(terms, locale=locale, every=every) if key in by_key]
        if found:
            language = locale.language_code
            return sorted(found, key=lambda hit: -words.matched(hit.name, terms, language)), not every
    return [], False


def _quote(hits: list[Hit], terms: Sequence[words.Term], locale: Locale) -> None:
    """Write title and text of the hits on one page of results. What is locked is never quoted, only summed up. One query."""
    language = locale.language_code
    summaries = [F(f"{model.__name__.lower()}__summary") for model in activity_models()]
    rows = (
        Page.objects.filter(locale=locale, translation_key__in=[hit.key for hit in hits])
        .annotate(said=Coalesce("coursepage__summary", *summaries), body=F("lessonpage__body"))
        .values_list("translation_key", "said", "body")
    )
    texts = {key: (said or "", body) for key, said, body in rows}
    for hit in hits:
        summary, body = texts.get(hit.key, ("", None))
        hit.title, hit.text = words.mark(hit.name, terms, language), words.mark(summary, terms, language)
        if terms and not any(part.found for part in (*hit.title, *hit.text)):
            body = hit.card.page.body if hit.item is None else body
            hit.inside = hit.locked
            if body and not hit.locked:
                hit.text = words.excerpt(readable_text(body), terms, language) or hit.text

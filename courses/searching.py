"""Finding pages of the curriculum by words. The database's full-text search finds and ranks; see `courses.words`."""

from collections.abc import Sequence
from uuid import UUID

from modelsearch.query import And, Or, PlainText, SearchQuery
from wagtail.models import Locale, Page

from courses.words import Term

MOST = 300  # nobody reads further


def find(terms: Sequence[Term], *, locale: Locale, every: bool = True) -> list[UUID]:
    """Return the translation keys of live pages that hold every term (or any), the most relevant first. One query."""
    if not terms:
        return []
    asked = [_either(term) for term in terms]
    query: SearchQuery = asked[0] if len(asked) == 1 else And(asked) if every else Or(asked)
    results = Page.objects.live().filter(locale=locale).search(query)[:MOST]
    return list(results.get_queryset().values_list("translation_key", flat=True))


def _either(term: Term) -> SearchQuery:
    stems = [PlainText(stem) for stem in term]
    return stems[0] if len(stems) == 1 else Or(stems)

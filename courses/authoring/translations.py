"""Where the languages of a page stand: missing, out of date, done.

Both languages are originals: a page changed in one asks for a look at the other, whichever was first. They are in step once
all were changed since they last were, or when somebody says that a change asks for none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from courses.models import TranslationPair

EVER = datetime(1970, 1, 1, tzinfo=UTC)  # for a live page that has no date of publication
MISSING, OUT_OF_DATE, DONE = "missing", "out_of_date", "done"


@dataclass(frozen=True, slots=True)
class Version:
    """A page in one language, as far as this rule needs it."""

    language: str
    changed_at: datetime | None  # when it was last published; None for a page never published


def states(versions: Iterable[Version], languages: Iterable[str], in_step_at: datetime | None) -> dict[str, str]:
    """Return where each language of a page stands.

    `in_step_at`: when all said the same; None if nobody ever looked, and then they are trusted.
    """
    found = {version.language: version.changed_at for version in versions}
    changed = {code for code, at in found.items() if at and in_step_at and at > in_step_at}
    behind = set(found) - changed if changed else set()
    missing = {code for code in languages if found.get(code) is None}
    return {
        code: MISSING if code in missing else OUT_OF_DATE if code in behind and len(found) > 1 else DONE
        for code in languages
    }


def content_languages() -> list[str]:
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def versions_of(keys: Iterable[UUID]) -> Mapping[UUID, list[Version]]:
    """Return the versions of each page by its key. One query."""
    rows = Page.objects.filter(translation_key__in=list(keys)).values_list(
        "translation_key", "locale__language_code", "last_published_at", "live"
    )
    found: dict[UUID, list[Version]] = {}
    for key, language, published_at, live in rows:
        found.setdefault(key, []).append(Version(language, (published_at or EVER) if live else None))
    return found


def steps_of(keys: Iterable[UUID]) -> dict[UUID, datetime]:
    """Return when the languages of each page were last in step; nothing for a page nobody looked at. One query."""
    return dict(TranslationPair.objects.filter(key__in=list(keys)).values_list("key", "in_step_at"))


@transaction.atomic
def note_publication(*, page: Any, now: datetime) -> None:
    """Note that a page was published: its languages are in step again once each was, since they last were.

    The first publication of a translation puts them in step: it was made from what the other said.
    """
    versions = versions_of([page.translation_key]).get(page.translation_key, [])
    dates = {version.language: version.changed_at for version in versions if version.changed_at}
    if len(versions) < 2 or len(dates) < len(versions):
        return
    latest = max(now, *dates.values())
    pair = TranslationPair.objects.select_for_update().filter(key=page.translation_key).first()
    if page.first_published_at == page.last_published_at or (pair and min(dates.values()) > pair.in_step_at):
        set_in_step(key=page.translation_key, now=latest)
    elif pair is None:  # nobody kept count so far: they are trusted to have been in step until this
        del dates[page.locale.language_code]
        set_in_step(key=page.translation_key, now=max(dates.values()))


def set_in_step(*, key: UUID, now: datetime) -> None:
    """Say that all languages of a page say the same, as they are."""
    TranslationPair.objects.update_or_create(key=key, defaults={"in_step_at": now})

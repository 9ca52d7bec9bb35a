"""What every template may need: the same page in the other language, and the theme."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page

from courses.addresses import address_of, roots
from courses.models import CataloguePage

MINUTES_5 = 300
THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": settings.SITE_URL,
        "theme": theme if theme in THEMES else "",
        "home_url": f"/{get_language()}/",
        "catalogue_url": SimpleLazyObject(lambda: catalogue_url(get_language() or settings.LANGUAGE_CODE)),
        "alternates": SimpleLazyObject(lambda: alternates(request)),
    }


def catalogue_url(language: str) -> str:
    """Return the catalogue's address in a language; asked by every page, so kept for a few minutes."""

    def find() -> str:
        page = CataloguePage.objects.live().filter(locale__language_code=language).first()
        return (page.get_url() or "") if page else ""

    return str(cache.get_or_set(f"catalogue-url:{language}", find, MINUTES_5))


def alternates(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the address of this very place in each language: a page's translation, else its nearest parent's."""
    route = getattr(request, "_wagtail_route_for_request", None)
    translations = _translations(request, route[0]) if route else {}
    return [
        {
            "code": code,
            "label": label,
            "current": code == get_language(),
            "url": found[0] if found else f"/{code}/" if route else translate_url(request.get_full_path(), code),
            # The page itself does not exist in that language; the address leads to the nearest one above it that does.
            "missing": bool(route) and not (found and found[1]),
        }
        for code, label in (("fr", "Français"), ("en", "English"))
        for found in (translations.get(code),)
    ]


def _translations(request: HttpRequest, page: Page) -> dict[str, tuple[str, bool]]:
    """Return for each language an address and whether it is this very page's, or a parent's. One query at most."""
    catalogues = {code: url for code, _name in settings.LANGUAGES if (url := catalogue_url(code))}
    if isinstance(page, CataloguePage):
        return {code: (url, True) for code, url in catalogues.items()}
    if learning := getattr(request, "learning", None):  # the outline was made from the course in every language
        return {code: (url, False) for code, url in catalogues.items()} | learning.course.addresses(
            page.translation_key
        )
    above = [page.path[:end] for end in range(2 * page.steplen, len(page.path) + 1, page.steplen)]
    keys = Page.objects.filter(path__in=above).values("translation_key")
    rows = (
        Page.objects.filter(translation_key__in=keys, live=True)
        .order_by("depth")
        .values_list("locale__language_code", "url_path", "translation_key")
    )
    homes = roots()
    # The deepest comes last and stays.
    return {language: (address_of(path, homes), key == page.translation_key) for language, path, key in rows}

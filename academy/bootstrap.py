"""A site ready to fill: both languages, a home page and a catalogue in each, the roles, the review. Idempotent."""

from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from academy.models import HomePage
from academy.review import ensure_review_workflow
from academy.roles import ensure_roles
from courses.models import CataloguePage

HOME_KEY = uuid5(NAMESPACE_URL, "cm-academy:home")
CATALOGUE_KEY = uuid5(NAMESPACE_URL, "cm-academy:catalogue")
TEXTS: dict[str, dict[str, Any]] = {
    "fr": {
        "home": "CM Academy",
        "lead": "Apprenez à tenir une communauté, y compris le jour où tout s’emballe, et prouvez-le.",
        "catalogue": "Cours",
        "summary": "Quatre cours, du premier commentaire à la crise.",
        "slugs": ("academie", "cours"),
    },
    "en": {
        "home": "CM Academy",
        "lead": "Learn to run a community, even on the day it all goes wrong, and prove that you can.",
        "catalogue": "Courses",
        "summary": "Four courses, from the first comment to the crisis.",
        "slugs": ("academy", "courses"),
    },
}


@transaction.atomic
def bootstrap() -> dict[str, HomePage]:
    """Return the home page of each language, made if it was not there."""
    homes = {}
    for language, _label in settings.WAGTAIL_CONTENT_LANGUAGES:
        locale, _ = Locale.objects.get_or_create(language_code=language)
        homes[language] = _home(locale, TEXTS[language])
        _catalogue(homes[language], TEXTS[language])
    _site(homes[settings.LANGUAGE_CODE])
    ensure_roles()
    ensure_review_workflow()
    return homes


def _home(locale: Locale, texts: dict[str, Any]) -> HomePage:
    found = HomePage.objects.filter(locale=locale).first()
    if found:
        return found
    root = Page.get_first_root_node()
    page = HomePage(
        title=texts["home"], slug=texts["slugs"][0], lead=texts["lead"], locale=locale, translation_key=HOME_KEY
    )
    root.add_child(instance=page)
    return page


def _catalogue(home: HomePage, texts: dict[str, Any]) -> None:
    if not CataloguePage.objects.child_of(home).exists():
        home.add_child(
            instance=CataloguePage(
                title=texts["catalogue"],
                slug=texts["slugs"][1],
                summary=texts["summary"],
                locale=home.locale,
                translation_key=CATALOGUE_KEY,
            )
        )


def _site(home: HomePage) -> None:
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.root_page_id else None
    site.hostname, site.port, site.root_page, site.site_name = address.hostname, port, home, settings.WAGTAIL_SITE_NAME
    site.save()
    if welcome and welcome.specific_class is Page:
        welcome.delete()  # the page Wagtail's first migration makes

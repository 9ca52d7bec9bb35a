"""Which addresses within the site lead somewhere."""

from collections.abc import Callable

from django.urls import Resolver404, resolve
from wagtail.models import Page

from courses.addresses import address_of


def site_addresses() -> Callable[[str], bool]:
    """Return a test for addresses: a live page is there, or a view that is not Wagtail's. One query, now."""
    pages = {address_of(path) for path in Page.objects.live().values_list("url_path", flat=True)}

    def leads_somewhere(address: str) -> bool:
        if address in pages or f"{address}/" in pages:
            return True
        try:
            return resolve(address).view_name not in ("wagtail_serve", None)
        except Resolver404:
            return False

    return leads_somewhere

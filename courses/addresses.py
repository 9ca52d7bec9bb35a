"""Addresses of pages from their stored path, without loading the pages: lists show dozens of links."""

from collections.abc import Iterable

from wagtail.models import Site
from wagtail.models.sites import SiteRootPath


def roots() -> list[SiteRootPath]:
    """Return the sites' language homes, from Wagtail's own cache. Who needs many addresses asks once and passes them on."""
    return Site.get_site_root_paths()


def address_of(url_path: str, among: Iterable[SiteRootPath] | None = None) -> str:
    """Return the address, relative to the host, of the page stored at `url_path`; "" outside every site."""
    for root in roots() if among is None else among:
        if url_path.startswith(root.root_path):
            return f"/{root.language_code}/{url_path[len(root.root_path) :]}"
    return ""

"""Find a page by its whole address in two queries, however deep it lies.

Wagtail walks the tree, two queries a level; a lesson lies five levels deep. Every page stores its `url_path`, so the page
and all above it come in one query, and the page's own table in a second. What is not found so (a page with routes of its
own, a preview) goes Wagtail's way. See docs/decisions/0004-routing.md.
"""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult


def serve(request: HttpRequest, path: str) -> HttpResponse:
    page = find(request, path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    return views.serve(request, path)  # type: ignore[no-any-return]


def find(request: HttpRequest, path: str) -> Page | None:
    """Return the page at `path` of the active language's site, None where no chain of pages leads there.

    Errors: Http404 when a page on the way is not live: who unpublishes a module has hidden its lessons.
    """
    root = _root_path(request)
    if root is None:
        return None
    addresses = [root]
    for part in filter(None, path.split("/")):
        addresses.append(f"{addresses[-1]}{part}/")
    rows = Page.objects.filter(url_path__in=addresses).values_list("url_path", "live", "pk", "content_type_id")
    if len(rows) < len(addresses):
        return None
    if not all(live for _path, live, _pk, _kind in rows):
        raise Http404
    _path, _live, pk, kind = max(rows, key=lambda row: len(row[0]))
    model = ContentType.objects.get_for_id(kind).model_class() or Page
    return model._default_manager.get(pk=pk)  # type: ignore[no-any-return]


def _root_path(request: HttpRequest) -> str | None:
    """Return the `url_path` of this language's home page, from the list Wagtail keeps in its cache."""
    roots = [root for root in Site.get_site_root_paths() if root.language_code == get_language()]
    return roots[0].root_path if len(roots) == 1 else None

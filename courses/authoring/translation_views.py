"""Translations in the admin: what is to do, and the languages of a page side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page
from wagtail.permissions import policy_registry

from courses.authoring.comparing import compare, last_together
from courses.authoring.health import curriculum_pages
from courses.authoring.health_report import kind_of
from courses.authoring.translations import (
    DONE,
    MISSING,
    content_languages,
    set_in_step,
    states,
    steps_of,
    versions_of,
)
from courses.authoring.words import KINDS, STATES

PER_PAGE = 50


@dataclass
class Work:
    """A page in all its languages, and where each stands."""

    key: UUID
    kind: Any
    titles: dict[str, tuple[int, str]] = field(default_factory=dict)  # language → page, title
    states: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return next(iter(self.titles.values()))[1]

    @property
    def first(self) -> int:
        return next(iter(self.titles.values()))[0]

    @property
    def cells(self) -> list[tuple[str, Any]]:
        return [(state, STATES[state]) for state in self.states.values()]

    @property
    def missing(self) -> bool:
        return MISSING in self.states.values()


def may_write(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Page).user_has_any_permission(user, ["add", "change", "publish"]))


def all_work(user: Any) -> list[Work]:
    """Return every page of the curriculum the user may work on, languages together, in the order of the tree. Four queries."""
    mine = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, ["add", "change", "publish"])
    rows = (curriculum_pages() & mine).order_by("path").values_list(
        "pk", "translation_key", "title", "locale__language_code", "content_type_id"
    )  # fmt: skip
    found: dict[UUID, Work] = {}
    for pk, key, title, language, kind in rows:
        model = ContentType.objects.get_for_id(kind).model_class()
        found.setdefault(key, Work(key, KINDS[kind_of(model)])).titles[language] = (pk, title)
    versions, steps = versions_of(found), steps_of(found)
    for key, work in found.items():
        work.states = states(versions[key], content_languages(), steps.get(key))
    return list(found.values())


def wanted(works: list[Work], state: str, language: str) -> Iterator[Work]:
    for work in works:
        chosen = {code: s for code, s in work.states.items() if not language or code == language}
        if state in chosen.values() or (state == "todo" and set(chosen.values()) != {DONE}) or state == "all":
            yield work


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """What is to translate, or to look at again."""
    if not may_write(request.user):
        raise PermissionDenied
    state, language = request.GET.get("state", "todo"), request.GET.get("language", "")
    works = all_work(request.user)
    listing = Paginator(list(wanted(works, state, language)), PER_PAGE).get_page(request.GET.get("p"))
    totals = {name: sum(name in work.states.values() for work in works) for name in STATES}
    context = {
        "listing": listing, "languages": content_languages(), "language": language, "state": state,
        "choices": [("todo", _("To do")), *STATES.items(), ("all", _("All"))], "totals": totals, "number": len(works),
    }  # fmt: skip
    return render(request, "courses/admin/translations.html", context)


def twins_of(user: Any, key: UUID, *, may: str = "can_edit") -> dict[str, Any]:
    """Return the newest version of the page in each language the user may edit.

    Errors: Http404 when there is none: a stranger learns nothing of it.
    """
    pages = list(Page.objects.filter(translation_key=key).select_related("locale").order_by("locale_id"))
    if not pages or not all(getattr(page.permissions_for_user(user), may)() for page in pages):
        raise Http404
    newest = {page.locale.language_code: page.get_latest_revision_as_object() for page in pages}
    return {code: newest[code] for code in content_languages() if code in newest}


@require_safe
def side_by_side(request: HttpRequest, key: UUID) -> HttpResponse:
    """The languages of one page beside each other, and where each stands."""
    twins = twins_of(request.user, key)
    if not all(hasattr(page, "content_fields") for page in twins.values()):
        raise Http404
    step = steps_of([key]).get(key)
    standing = states(versions_of([key])[key], content_languages(), step)
    columns = [
        {"language": code, "page": page, "state": standing[code], "says": STATES[standing[code]],
         "since": last_together(page, step) if step else None}
        for code, page in twins.items()
    ]  # fmt: skip
    context = {
        "columns": columns, "lines": compare(list(twins.values())), "key": key, "title": columns[0]["page"].title,
        "missing": [code for code, state in standing.items() if state == MISSING and code not in twins],
        "out_of_step": "out_of_date" in standing.values(),
    }  # fmt: skip
    return render(request, "courses/admin/side_by_side.html", context)


@require_POST
def in_step(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody who may edit both says that they say the same."""
    twins = twins_of(request.user, key)
    set_in_step(key=key, now=timezone.now())
    messages.success(
        request, _("“%(title)s” is in step in every language.") % {"title": next(iter(twins.values())).title}
    )
    return redirect("translation_side_by_side", key)

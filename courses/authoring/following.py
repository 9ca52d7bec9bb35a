"""A page moved or put in another order in one language takes its other languages with it.

Each language has its own tree; a reader who switches language expects to find the same lesson in the same place.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

IN_STEP = "in_step"
NO_PARENT, FORBIDDEN, NAME_TAKEN = "no_parent", "forbidden", "name_taken"  # why a twin stays behind


@dataclass(frozen=True, slots=True)
class Place:
    """Where a twin ought to stand: under `parent`, after `before` (a sibling there), or before all others.

    `paired`: the keys of the moved page's siblings; what exists in one language alone stands anywhere.
    """

    parent: Any
    before: Any
    paired: frozenset[UUID]

    def holds(self, twin: Any) -> bool:
        if not twin.is_child_of(self.parent):
            return False
        before = (each for each in _siblings_before(twin) if each.translation_key in self.paired)
        return bool(next(before, None) == self.before)


def twins_follow(*, page: Any, user: Any) -> None:
    """Move the twins of a page that was just moved to where it now stands, where `user` may."""
    for twin in _twins(page):
        place = _place_of(page, twin)
        if place is not None and not place.holds(twin) and not _why_not(twin, place, user):
            _move(twin, place, user)


def standing(page: Any, user: Any) -> list[tuple[Any, str]]:
    """Return each twin of a moved page, and that it stands in step with it or why it stays behind."""
    found = []
    for twin in _twins(page):
        place = _place_of(page, twin)
        if place is None:
            found.append((twin, NO_PARENT))
        else:
            found.append((twin, IN_STEP if place.holds(twin) else _why_not(twin, place, user) or IN_STEP))
    return found


def _twins(page: Any) -> list[Any]:
    return list(Page.objects.translation_of(page).filter(alias_of=None).select_related("locale"))


def _place_of(page: Any, twin: Any) -> Place | None:
    """Return where in its own language `twin` stands as `page` does; None where its parent does not exist there."""
    parent = Page.objects.translation_of(page.get_parent()).filter(locale=twin.locale_id).first()
    if parent is None:
        return None
    above = [each.translation_key for each in _siblings_before(page)]
    there = {each.translation_key: each for each in parent.get_children().filter(translation_key__in=above)}
    siblings = page.get_siblings(inclusive=False).values_list("translation_key", flat=True)
    return Place(parent, next((there[key] for key in above if key in there), None), frozenset(siblings))


def _siblings_before(page: Any) -> Any:
    """Return the siblings before `page`, the nearest first."""
    return page.get_siblings(inclusive=False).filter(path__lt=page.path).order_by("-path")


def _why_not(twin: Any, place: Place, user: Any) -> str:
    """Return why `user` may not move `twin` to its place; empty where nothing stands against it."""
    if twin.is_child_of(place.parent):
        return "" if place.parent.permissions_for_user(user).can_reorder_children() else FORBIDDEN
    if not twin.permissions_for_user(user).can_move_to(place.parent):
        return FORBIDDEN
    return "" if Page._slug_is_available(twin.slug, place.parent, page=twin) else NAME_TAKEN


@transaction.atomic
def _move(twin: Any, place: Place, user: Any) -> None:
    if place.before is not None:
        twin.move(place.before, pos="right", user=user)
    else:
        twin.move(place.parent, pos="first-child", user=user)

"""Which pages need a legal or ethics sign-off, and who may publish them without one. Asked by the workflow and the editor."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from wagtail.models import Page

MARKED = ("CoursePage", "ModulePage", "LessonPage")  # the kinds that carry the mark; an activity takes its module's


def requires_sign_off(page: Any) -> bool:
    """Return whether `page` may go live only once signed off: it is marked, live or in draft, or a page above it is.

    Three queries at most.
    """
    if not isinstance(page, Page):
        return False
    if getattr(page, "needs_sign_off", False):
        return True
    line = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    models = (apps.get_model("courses", name) for name in MARKED)
    return any(model.objects.filter(path__in=line, needs_sign_off=True).exists() for model in models)


def may_publish_alone(user: Any, page: Any) -> bool:
    """Return whether `user` may publish `page` without its workflow: a superuser may whatever the mark."""
    return bool(user.is_superuser) or not requires_sign_off(page)


def marked_courses(keys: Iterable[UUID]) -> set[UUID]:
    """Return which of these courses hold a page that needs a sign-off, in any language."""
    found = set()
    models = [apps.get_model("courses", name) for name in MARKED]
    for course in apps.get_model("courses", "CoursePage").objects.filter(translation_key__in=list(keys)):
        if any(
            model.objects.descendant_of(course, inclusive=True).filter(needs_sign_off=True).exists() for model in models
        ):
            found.add(course.translation_key)
    return found

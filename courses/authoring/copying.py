"""Copies a module with everything in it, in every language, and keeps what hangs on identifiers apart."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from courses.models import ActivityPage, ActivityRecord, CoursePage, LessonPage, ModulePage, activity_models


def twins(page: Any) -> dict[str, Any]:
    """Return a page in each of its languages."""
    found = type(page).objects.filter(translation_key=page.translation_key).select_related("locale")
    return {each.locale.language_code: each for each in found}


@transaction.atomic
def copy_module(*, module: ModulePage, course: CoursePage, user: Any) -> ModulePage:
    """Copy `module` under `course`, as drafts, in every language both exist in; return the copy in the module's own.

    The copies are twins of one another, with keys of their own: nobody's progress counts for them. Each quiz and scenario
    is copied once, and shared by the languages of the copy alone.
    """
    memo: dict[Any, Any] = {}
    keys: dict[UUID, UUID] = {}
    courses = twins(course)
    copies = {
        language: _copy_branch(page, courses[language], user=user, memo=memo, keys=keys)
        for language, page in twins(module).items()
        if language in courses
    }
    return copies[module.locale.language_code]


def _copy_branch(module: Any, course: Any, *, user: Any, memo: dict[Any, Any], keys: dict[UUID, UUID]) -> Any:
    copy = _copy(module, course, {}, user=user, keys=keys)
    for activity in Page.objects.child_of(module).order_by("path").specific():
        attributes = activity.copied_attributes(memo) if isinstance(activity, ActivityPage) else {}
        _copy(activity, copy, attributes, user=user, keys=keys)
    return copy


def _copy(page: Any, parent: Any, attributes: dict[str, Any], *, user: Any, keys: dict[UUID, UUID]) -> Any:
    own = {
        "translation_key": keys.setdefault(page.translation_key, uuid4()),
        "slug": find_available_slug(parent, page.slug),
        "loaded_fingerprint": "",
    }
    return page.copy(
        to=Page.objects.get(pk=parent.pk), update_attrs={**own, **attributes}, copy_revisions=False, keep_live=False,
        user=user, reset_translation_key=False,
    )  # fmt: skip


@transaction.atomic
def renew_questions(page: Any) -> None:
    """Give the lessons at or below a page copied by Wagtail's own form new identifiers for their questions."""
    memo: dict[Any, Any] = {}
    for lesson in LessonPage.objects.descendant_of(page, inclusive=True):
        live, body = lesson.live, lesson.copied_attributes(memo)["body"]
        newest = lesson.get_latest_revision_as_object()
        newest.body = body
        revision = newest.save_revision()
        if live:
            revision.publish()
        else:
            LessonPage.objects.filter(pk=lesson.pk).update(body=body)


@transaction.atomic
def follow_move(page: Any) -> None:
    """Count what learners did in a moved activity for the course it now belongs to."""
    models = tuple(activity_models())
    moved = Page.objects.descendant_of(page, inclusive=True).type(*models)
    course = CoursePage.objects.ancestor_of(page, inclusive=True).first()
    if course is not None:
        ActivityRecord.objects.filter(activity_key__in=list(moved.values_list("translation_key", flat=True))).update(
            course_key=course.translation_key
        )

"""The requirements an instructor puts together in the admin, and the rule they mean."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.certification.rules import (
    ActivityPassed,
    AllOf,
    Announced,
    AnyOf,
    AwardHeld,
    CourseCompleted,
    PointsEarned,
    Rule,
)


class CourseCompletedBlock(blocks.StructBlock):
    course = blocks.PageChooserBlock(
        label=_("course"),
        page_type="courses.CoursePage",
        help_text=_("In any language: completing it in another one counts as well."),
    )

    class Meta:
        icon = "folder-open-inverse"
        label = _("Complete a course")


class ActivityPassedBlock(blocks.StructBlock):
    activity = blocks.PageChooserBlock(label=_("activity"), help_text=_("An exam, a quiz, a scenario or a lesson."))
    percent = blocks.IntegerBlock(
        label=_("at least (%)"), required=False, min_value=0, max_value=100, help_text=_("Empty: passing it is enough.")
    )

    class Meta:
        icon = "success"
        label = _("Pass an activity")


class AwardHeldBlock(blocks.StructBlock):
    award = SnippetChooserBlock(
        "courses.Award", label=_("award"), help_text=_("The learner holds it, and it is valid on the day.")
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Hold another award")


SINGLE_BLOCKS = [("course", CourseCompletedBlock()), ("activity", ActivityPassedBlock()), ("award", AwardHeldBlock())]


class AnnouncedBlock(blocks.StructBlock):
    fr = blocks.CharBlock(label=_("name (French)"), max_length=160)
    en = blocks.CharBlock(label=_("name (English)"), max_length=160)

    class Meta:
        icon = "time"
        label = _("Something being prepared")
        description = _("An exam or a scenario that does not exist yet. Until it does, nobody can be given the award.")


class GroupBlock(blocks.StructBlock):
    count = blocks.IntegerBlock(label=_("how many are enough"), min_value=1, default=1)
    parts = blocks.StreamBlock(SINGLE_BLOCKS, label=_("among"))

    class Meta:
        icon = "list-ul"
        label = _("Some of several")


class PointsBlock(blocks.StructBlock):
    points = blocks.IntegerBlock(
        label=_("points"),
        min_value=1,
        max_value=500,
        help_text=_(
            "A point is an hour of activities, of any course, completed for the first time since the certificate."
        ),
    )

    class Meta:
        icon = "plus"
        label = _("Earn points of continuing learning")


RULE_BLOCKS = [*SINGLE_BLOCKS, ("group", GroupBlock()), ("announced", AnnouncedBlock())]
RENEWAL_BLOCKS = [*RULE_BLOCKS, ("points", PointsBlock())]


def rule_of(requirements: Any, match: str) -> Rule:
    """The rule a stream of requirements means; a page that no longer exists leaves a requirement nobody can meet."""
    parts = tuple(_part(block.block_type, block.value) for block in requirements)
    return AnyOf(parts) if match == "any" else AllOf(parts)


NOWHERE = UUID(int=0)


def _part(kind: str, value: Any) -> Rule:
    if kind == "course":
        return CourseCompleted(_key(value["course"]))
    if kind == "activity":
        return ActivityPassed(_key(value["activity"]), value["percent"])
    if kind == "award":
        return AwardHeld(value["award"].uuid if value["award"] is not None else NOWHERE)
    if kind == "points":
        return PointsEarned(value["points"])
    if kind == "announced":
        return Announced({"fr": value["fr"], "en": value["en"]})
    return AnyOf(tuple(_part(block.block_type, block.value) for block in value["parts"]), value["count"])


def _key(page: Page | None) -> UUID:
    return page.translation_key if page is not None else NOWHERE

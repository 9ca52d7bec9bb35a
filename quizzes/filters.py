"""What the listing of the bank is narrowed by."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from courses.skills import skill_choices
from quizzes.models import Question
from quizzes.wording import KINDS

# A question was in use when it has a version: only publishing makes one.
STANDINGS: dict[str, tuple[Any, dict[str, Any]]] = {
    "draft": (_("Draft, never published"), {"live": False, "versions": None}),
    "review": (_("In review"), {"_workflow_states__status": "in_progress"}),
    "live": (pgettext_lazy("question", "In use"), {"live": True}),
    "changed": (_("In use, with a draft"), {"live": True, "has_unpublished_changes": True}),
    "retired": (pgettext_lazy("question", "Retired"), {"live": False, "versions__isnull": False}),
    "locked": (_("Locked"), {"locked": True}),
}
LANGUAGE_NAMES = [("fr", _("French")), ("en", _("English"))]


NONE = "none"


def _skills() -> list[tuple[str, Any]]:
    return [*skill_choices(), (NONE, _("No skill yet"))]


def _people(role: str) -> Any:
    """Return what lists the people some question names in a role."""

    def named(request: Any) -> QuerySet[Any]:
        people = get_user_model().objects.filter(pk__in=Question.objects.values(role))
        return people.order_by("display_name", "pk")

    return named


class QuestionFilterSet(WagtailFilterSet):  # type: ignore[misc]
    kind = django_filters.MultipleChoiceFilter(choices=list(KINDS.items()), label=_("Type"))
    category = django_filters.AllValuesMultipleFilter(label=_("Category"))
    difficulty = django_filters.MultipleChoiceFilter(choices=Question.Difficulty.choices, label=_("Difficulty"))
    skill = django_filters.MultipleChoiceFilter(choices=_skills, method="_skill", label=_("Skill"))
    objective = django_filters.CharFilter(lookup_expr="icontains", label=_("Objective"))
    author = django_filters.ModelChoiceFilter(
        queryset=_people("author"), null_label=_("Nobody named"), label=_("Author")
    )
    reviewer = django_filters.ModelChoiceFilter(
        queryset=_people("reviewer"), null_label=_("Nobody yet"), label=_("Reviewer")
    )
    tag = django_filters.CharFilter(field_name="tags__name", lookup_expr="iexact", label=_("Tag"))
    standing = django_filters.ChoiceFilter(
        choices=[(code, words) for code, (words, _lookup) in STANDINGS.items()],
        method="_standing",
        label=_("Status"),
        empty_label=pgettext_lazy("questions", "All"),
    )
    missing = django_filters.ChoiceFilter(
        choices=LANGUAGE_NAMES,
        method="_missing",
        label=_("Still to write in"),
        empty_label=_("Either language"),
    )
    never_used = django_filters.BooleanFilter(field_name="slots", lookup_expr="isnull", label=_("In no quiz"))

    class Meta:
        model = Question
        fields = [
            "kind",
            "category",
            "difficulty",
            "skill",
            "objective",
            "author",
            "reviewer",
            "tag",
            "standing",
            "missing",
            "never_used",
        ]

    def _skill(self, queryset: Any, name: str, value: list[str]) -> QuerySet[Question]:
        found: QuerySet[Question] = queryset
        return found.filter(skill__in=["" if code == NONE else code for code in value]) if value else found

    def _standing(self, queryset: Any, name: str, value: str) -> QuerySet[Question]:
        found: QuerySet[Question] = queryset.filter(**STANDINGS[value][1])
        return found.distinct()

    def _missing(self, queryset: Any, name: str, value: str) -> QuerySet[Question]:
        """Keep the drafts whose question is not written in a language: what is published is written in both."""
        found: QuerySet[Question] = queryset.filter(**{f"title__{value}": ""})
        return found

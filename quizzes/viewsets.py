"""The bank and the quizzes in the Wagtail admin."""

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from quizzes.accommodation_admin import AccommodationViewSet, AttemptEventViewSet
from quizzes.choosing import QuestionChooserViewSet
from quizzes.filters import QuestionFilterSet
from quizzes.models import Question, Quiz


def standing(item: Any) -> str:
    """Say where a question or a quiz stands, from its own row: Wagtail's column asks two queries a line."""
    if not item.live:
        return gettext("Draft")
    return gettext("Live, with a draft") if item.has_unpublished_changes else gettext("Live")


def people(question: Question) -> str:
    """Say who made a question and who approved it, in one column: the question itself needs the room."""
    if question.author or question.reviewer:
        return f"{question.author or '–'} / {question.reviewer or '–'}"
    return ""


class QuestionViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Question
    icon = "help"
    menu_label = _("Questions")
    menu_name = "questions"
    list_per_page = 50
    ordering = ["category", "identifier"]
    filterset_class = QuestionFilterSet
    chooser_viewset_class = QuestionChooserViewSet
    list_display = [
        "headline",
        "identifier",
        Column("get_kind_display", label=_("Type"), sort_key="kind"),
        Column("category", label=_("Category"), sort_key="category"),
        Column("get_skill_display", label=_("Skill"), sort_key="skill"),
        Column("get_difficulty_display", label=_("Difficulty"), sort_key="difficulty"),
        Column("people", label=_("Author / reviewer"), accessor=people, sort_key="author__display_name"),
        Column("quiz_count", label=_("Quizzes"), sort_key="quiz_count"),
        UpdatedAtColumn(label=_("Updated")),
        Column("standing", accessor=standing, label=_("Status")),
    ]
    list_export = [
        *("identifier", "kind", "category", "objective", "skill", "difficulty", "source"),
        *("author", "reviewer", "live"),
    ]
    copy_view_enabled = False  # a copy would share the identifier
    inspect_view_enabled = False

    def get_queryset(self, request: Any) -> QuerySet[Question]:
        return Question.objects.select_related("author", "reviewer").annotate(quiz_count=Count("slots", distinct=True))


class QuizViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Quiz
    icon = "tasks"
    menu_label = _("Quizzes")
    menu_name = "quizzes"
    list_display = [
        "identifier",
        Column("category", label=_("Category"), sort_key="category"),
        Column("slot_count", label=_("Questions"), sort_key="slot_count"),
        Column("draw", label=_("Drawn")),
        Column("pass_mark", label=_("Pass mark")),
        UpdatedAtColumn(label=_("Updated")),
        Column("standing", accessor=standing, label=_("Status")),
    ]
    copy_view_enabled = False

    def get_queryset(self, request: Any) -> QuerySet[Quiz]:
        return Quiz.objects.annotate(slot_count=Count("slots", distinct=True))


class QuizzesGroup(SnippetViewSetGroup):  # type: ignore[misc]
    items = (QuizViewSet, QuestionViewSet, AccommodationViewSet, AttemptEventViewSet)
    menu_icon = "help"
    menu_label = _("Quizzes")
    menu_name = "quizzes-group"
    menu_order = 210

"""What can be done with the questions ticked in the listing of the bank."""

from typing import Any

from django import forms
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from courses.skills import skill_choices
from quizzes.filing import file_questions, retire_questions
from quizzes.models import Question


def _skills() -> list[tuple[str, Any]]:
    return [("", _("Leave as it is")), *skill_choices()]


class FilingForm(forms.Form):
    category = forms.CharField(label=_("Category"), max_length=120, required=False)
    skill = forms.ChoiceField(label=_("Skill"), choices=_skills, required=False)
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        choices=[("", _("Leave as it is")), *Question.Difficulty.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    tags = forms.CharField(
        label=_("Tags to add"), max_length=300, required=False, help_text=_("Part them with commas.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(name) for name in ("category", "skill", "difficulty", "tags")):
            raise forms.ValidationError(_("Say what is to change."))
        return given

    def clean_tags(self) -> list[str]:
        return [tag for part in self.cleaned_data["tags"].split(",") if (tag := part.strip())]


class QuestionBulkAction(SnippetBulkAction):  # type: ignore[misc]
    template_name = "quizzes/admin/bulk_action.html"
    question: Any = ""
    permission = "change"

    @classproperty
    def models(cls) -> list[Any]:  # noqa: N805
        return [Question]

    def check_perm(self, obj: Question) -> bool:
        return bool(self.permission_policy.user_has_permission_for_instance(self.request.user, self.permission, obj))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "question": self.question, "button": self.display_name}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        n = num_parent_objects
        return ngettext("%(n)s question was changed.", "%(n)s questions were changed.", n) % {"n": n}


class FileBulkAction(QuestionBulkAction):
    display_name = _("File elsewhere")
    action_type = "file"
    aria_label = _("File the questions ticked elsewhere")
    question = _("What you leave empty stays as it is on each question.")
    form_class = FilingForm
    action_priority = 10

    @classmethod
    def execute_action(cls, objects: list[Question], **kwargs: Any) -> tuple[int, int]:
        view = kwargs["self"]
        return file_questions(questions=objects, user=view.request.user, **view.cleaned_form.cleaned_data), 0


class RetireBulkAction(QuestionBulkAction):
    display_name = _("Retire")
    action_type = "retire"
    aria_label = _("Take the questions ticked out of use")
    question = _("No attempt will draw them from now on. Attempts under way and results keep them.")
    permission = "publish"
    action_priority = 20

    @classmethod
    def execute_action(cls, objects: list[Question], **kwargs: Any) -> tuple[int, int]:
        return retire_questions(questions=objects, user=kwargs["self"].request.user), 0


def register() -> None:
    for action in (FileBulkAction, RetireBulkAction):
        hooks.register("register_bulk_action", action)

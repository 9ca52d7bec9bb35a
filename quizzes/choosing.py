"""Choosing a question for a quiz: found by its words or its identifier, or begun in place as a draft."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet, SnippetCreateView

from courses.authoring.choosing import GuardedChooser
from quizzes.models import Question
from quizzes.wording import KINDS


class QuickQuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Begins a question: what is asked, in both languages. Its answers are written in the bank before it is published."""

    kind = forms.ChoiceField(label=_("Type"), choices=list(KINDS.items()))
    stem_fr = forms.CharField(label=_("Question, in French"), widget=forms.Textarea(attrs={"rows": 3}))
    stem_en = forms.CharField(label=_("Question, in English"), widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = Question
        fields = ("identifier", "category")

    def save(self, commit: bool = True, *, user: Any = None) -> Question:
        question, given = self.instance, self.cleaned_data
        stem = {"fr": given["stem_fr"], "en": given["stem_en"]}
        question.body = json.dumps([{"type": given["kind"], "value": {"stem": stem}}])
        question.live = False
        question.save()
        question.save_revision(user=user, clean=False)
        return question


class NamedQuestions:
    """Shows identifiers: two questions may begin with the same words."""

    @property
    def columns(self) -> list[Any]:
        kind = Column("get_kind_display", label=_("Type"))
        return [*super().columns, Column("identifier", label=_("Identifier")), kind]  # type: ignore[misc]


class QuestionChooseView(NamedQuestions, ChooseView):  # type: ignore[misc]
    pass


class QuestionResultsView(NamedQuestions, ChooseResultsView):  # type: ignore[misc]
    pass


class QuestionCreateView(SnippetCreateView):  # type: ignore[misc]
    def save_form(self, form: QuickQuestionForm) -> Question:
        return form.save(user=self.request.user)


class QuestionChooserViewSet(GuardedChooser, SnippetChooserViewSet):  # type: ignore[misc]
    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionResultsView
    create_view_class = QuestionCreateView
    creation_form_class = QuickQuestionForm
    creation_tab_label = _("Begin a question")
    create_action_label = _("Begin as a draft")

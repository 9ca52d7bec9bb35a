"""The form of a quiz in the admin: it refuses, in plain words, what no candidate could be given."""

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from quizzes.delivery.blueprint import Blueprint, Section, problems
from quizzes.delivery.reading import NO_TIMES, Times, contradictions
from quizzes.delivery.rules import Rules
from quizzes.delivery_words import contradiction_said, problem_said
from quizzes.models.parts import QuizSection, filed_under


class QuizForm(WagtailAdminModelForm):  # type: ignore[misc]
    new_password = forms.CharField(
        label=gettext_lazy("Password asked at the start"),
        required=False,
        max_length=100,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Kept as a fingerprint nobody can read back. Empty: as it is."),
    )
    no_password = forms.BooleanField(label=gettext_lazy("Ask for no password any more"), required=False)

    def save(self, commit: bool = True) -> Any:
        if password := self.cleaned_data.get("new_password"):  # the field takes off the spaces around it
            self.instance.password_hash = make_password(password)
        elif self.cleaned_data.get("no_password"):
            self.instance.password_hash = ""
        return super().save(commit)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        whole = "slots" in self.formsets and all(formset.is_valid() for formset in self.formsets.values())
        self._refuse_contradictions(cleaned, self._times() if whole else NO_TIMES)
        if not whole:
            return cleaned
        slots = self._rows("slots")
        self._refuse_versions(slots)
        questions = [row["question"] for row in slots if row.get("question")]
        if len(set(questions)) < len(questions):
            self.add_error(
                None, ValidationError(_("The same question stands twice in this quiz. Take one of them out."))
            )
            return cleaned
        for problem in problems(self._blueprint(slots, cleaned), cleaned.get("max_exposure") or Decimal(0)):
            where = "draw" if problem.code == "short" and not problem.section and "draw" in self.fields else None
            self.add_error(where, ValidationError(problem_said(problem)))
        return cleaned

    def _refuse_contradictions(self, cleaned: dict[str, Any], times: Times) -> None:
        found = {f.name: cleaned[f.name] for f in fields(Rules) if cleaned.get(f.name) is not None}
        for name, template in contradictions(Rules(**found), times):
            where = "lock_points" if "[" in name else name  # what a part asks for is put right there
            said = contradiction_said(template)
            if said not in self.errors.get(where, []):
                self.add_error(where if where in self.fields else None, said)

    def _times(self) -> Times:
        sections = tuple(row.get("time_limit") or 0 for row in self._rows("sections"))
        return Times(sections, tuple(row.get("seconds") or 0 for row in self._rows("slots")))

    def _refuse_versions(self, slots: Iterable[dict[str, Any]]) -> None:
        """Refuse the number of a version that a question does not have."""
        for row in slots:
            question, number = row.get("question"), row.get("version")
            if question and number and not question.versions.filter(number=number).exists():
                told = _("%(question)s has no version %(number)s.") % {"question": question, "number": number}
                self.add_error(None, ValidationError(told))

    def _rows(self, name: str) -> list[dict[str, Any]]:
        formset = self.formsets.get(name)
        kept = [f.cleaned_data for f in formset.forms if f.cleaned_data] if formset else []
        return [row for row in sorted(kept, key=lambda row: row.get("ORDER") or 0) if not row.get("DELETE")]

    def _blueprint(self, slots: Iterable[dict[str, Any]], cleaned: dict[str, Any]) -> Blueprint:
        sections = self._rows("sections") or [{"title_en": "", "draw": cleaned.get("draw")}]
        last, built = len(sections), []
        for number, row in enumerate(sections, start=1):
            own = [s for s in slots if s.get("question") and min(s.get("section") or 1, last) == number]
            names = {field.name for field in QuizSection._meta.get_fields()}
            bank = filed_under(QuizSection(**{k: v for k, v in row.items() if k in names and k != "quiz"}).filing)
            listed = [s["question"].pk for s in own]
            built.append(
                Section(
                    name=row["title_en"],
                    questions=tuple(dict.fromkeys([*listed, *bank.values_list("pk", flat=True)])),
                    draw=row.get("draw"),
                    pinned=frozenset(s["question"].pk for s in own if s.get("pinned")),
                )
            )
        pairs = [(row.get("first"), row.get("second")) for row in self._rows("enemies")]
        return Blueprint(tuple(built), frozenset(frozenset({a.pk, b.pk}) for a, b in pairs if a and b and a != b))

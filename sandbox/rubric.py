"""The rubric of a reply in plain words, and its form: the same for its author and for an instructor."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sandbox.engine.constants import RUBRIC

CRITERIA = {
    "right_to_reply": _("Was answering the right thing to do here?"),
    "accurate": _("Is all of it true, and checked?"),
    "acknowledges": _("Does the person feel heard?"),
    "human_voice": _("Does it sound like a person, not like a form letter?"),
    "accommodating": _("Where the house is responsible, does it own up and offer something?"),
    "next_step": _("Does one know what comes next, and where?"),
    "says_who": _("Does one know who is speaking?"),
    "tone": _("Is it in the language and the tone of the house?"),
}
LEVELS = {
    0: pgettext_lazy("rubric", "No"),
    1: pgettext_lazy("rubric", "Hardly"),
    2: pgettext_lazy("rubric", "Mostly"),
    3: pgettext_lazy("rubric", "Yes"),
}


class RubricForm(forms.Form):
    """Eight criteria from 0 to 3, and what makes a reply worth nothing whatever the rest. Nothing is ticked for one."""

    capped = forms.BooleanField(
        label=_("It gives personal data away, threatens, insults, or admits what nobody has validated: it counts 0."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in RUBRIC:
            self.fields[name] = forms.TypedChoiceField(
                label=CRITERIA[name], choices=list(LEVELS.items()), coerce=int, widget=forms.RadioSelect
            )
        self.order_fields([*RUBRIC, "capped"])

    def levels(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in RUBRIC}


class MarkForm(RubricForm):
    """An instructor's: with a word to the trainee, and the number of the newest mark its page has shown."""

    remark = forms.CharField(
        label=_("A word to the trainee"),
        help_text=_("Optional: what to keep, what to change."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def lines(own: Mapping[str, int] | None, expert: Mapping[str, int] | None) -> list[dict[str, Any]]:
    """Return each criterion with, for each level, whether it is one's own mark and whether it is the instructor's."""
    return [
        {
            "label": CRITERIA[name],
            "weight": weight,
            "cells": [{"own": _at(own, name) == n, "expert": _at(expert, name) == n} for n in LEVELS],
        }
        for name, weight in RUBRIC.items()
    ]


def _at(levels: Mapping[str, int] | None, name: str) -> int | None:
    return levels.get(name) if levels else None

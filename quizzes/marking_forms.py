"""The form a marker fills in: one choice for each criterion, a remark, and why, when a mark is changed."""

from typing import Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quizzes.marking import Opinion
from quizzes.types.pieces import PieceSpec

LEVEL = "level-"


class RubricForm(forms.Form):
    comment = forms.CharField(
        label=_("Remark to the candidate"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown with the result. Say what would make it better."),
    )
    reason = forms.CharField(label=_("Why the mark is changed"), max_length=300)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, spec: PieceSpec, language: str, changing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changing:
            del self.fields["reason"]
        for piece in spec.pieces:
            levels = [(level["points"], _said(level, language)) for level in piece.more["levels"]]
            self.fields[f"{LEVEL}{piece.id}"] = forms.ChoiceField(
                label=strip_tags(piece.text[language]), choices=levels, widget=forms.RadioSelect
            )
        self.order_fields([f"{LEVEL}{piece.id}" for piece in spec.pieces])

    def opinion(self) -> Opinion:
        given = self.cleaned_data
        levels = {name.removeprefix(LEVEL): value for name, value in given.items() if name.startswith(LEVEL)}
        return Opinion(levels, given["comment"], given.get("reason", ""))


def _said(level: dict[str, Any], language: str) -> str:
    points = ngettext("%(points)s point", "%(points)s points", int(float(level["points"]))) % {
        "points": level["points"]
    }
    return f"{strip_tags(level['text'][language])} ({points})"

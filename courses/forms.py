"""What a learner may ask and write."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from courses.models import activity_models
from courses.models.pages import Level

MINUTES = (5, 10, 15, 30)
COURSE = "course"


def formats() -> list[tuple[str, Any]]:
    """Return what one may look for: courses, and every installed kind of activity."""
    kinds = [(model.activity_kind, model.format_name) for model in activity_models()]
    return [(COURSE, _("Course")), *sorted(kinds, key=lambda kind: kind[0] != "lesson")]


class CatalogueForm(forms.Form):
    """The search and the filters of the catalogue; everything is optional."""

    q = forms.CharField(
        label=pgettext_lazy("noun", "Search"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    course = forms.ChoiceField(label=_("Course"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[("", _("Any level")), *Level.choices])
    minutes = forms.TypedChoiceField(
        label=pgettext_lazy("how long it takes", "Time"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("Any length")),
            *(
                (n, ngettext_lazy("Up to %(minutes)d minute", "Up to %(minutes)d minutes", n) % {"minutes": n})
                for n in MINUTES
            ),
        ],
    )
    kind = forms.ChoiceField(label=_("Format"), required=False)

    def __init__(self, *args: Any, courses: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", _("Every course")), *courses]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Any format")), *formats()]  # type: ignore[attr-defined]

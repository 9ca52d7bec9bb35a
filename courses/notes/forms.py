from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("My note on this lesson"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "aria-describedby": "note-state"}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class HighlightForm(forms.Form):
    """A passage of a lesson: what it says, and the words around it."""

    quote = forms.CharField(max_length=1000)
    before = forms.CharField(required=False, max_length=80, strip=False)
    after = forms.CharField(required=False, max_length=80, strip=False)


class BookmarkForm(forms.Form):
    on = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class NotesForm(forms.Form):
    """Search in one's notes, and keep to one course."""

    q = forms.CharField(
        label=_("Search my notes"), required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )
    course = forms.ChoiceField(label=_("Course"), required=False)

    def __init__(self, *args: Any, courses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", _("Every course")), *courses]  # type: ignore[attr-defined]

"""What visitors, holders and staff may ask of certification."""

import re
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.certification import baking, batches, codes
from courses.certification.models import Award

MEGABYTES = baking.LARGEST_FILE // 1024 // 1024


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Number of the certificate"),
        max_length=200,
        help_text=_("Printed on the certificate, for example CM‑7K4F‑Q2XD‑9RTM."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = codes.normalise(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("A number has twelve letters and digits after CM. Check what is printed and type it again.")
            )
        return code


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File of the certificate"),
        help_text=_("PDF, PNG, SVG, JSON or JWT. It is read, answered, and not kept."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.svg,.json,.jwt,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > baking.LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is too large. A certificate weighs less than %(megabytes)s MB."),
                params={"megabytes": MEGABYTES},
            )
        return file


class RevokeForm(forms.Form):
    public_reason = forms.CharField(
        label=_("Public reason"),
        max_length=300,
        help_text=_("Shown on the verification page and in the mail to the holder."),
    )
    internal_reason = forms.CharField(
        label=_("Internal reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept for staff; never shown outside."),
    )


class CorrectionForm(forms.Form):
    """The holder asks for another name."""

    name = forms.CharField(
        label=_("Name as it must read"), max_length=120, help_text=_("In any script, as it stands on your papers.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A misspelling, a marriage, a change of name: a few words are enough."),
    )


class DecisionForm(forms.Form):
    """Staff say yes, or no with an answer."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approve", _("Issue it anew with this name")), ("refuse", _("Leave the name as it is"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer to the holder"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for a refusal; the holder reads it in the mail."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "refuse" and not data.get("answer", "").strip():
            self.add_error("answer", _("Say why, in a sentence the holder can act on."))
        return data


class BulkIssueForm(forms.Form):
    """Whom to give an award: those who have earned it, and whoever is named."""

    award = forms.ModelChoiceField(label=_("Award"), queryset=Award.objects.active())
    course = forms.ChoiceField(
        label=_("Learners enrolled in"),
        required=False,
        help_text=_(
            "Everybody in the course is looked at; only those who qualify are chosen, unless you say otherwise."
        ),
    )
    emails = forms.CharField(
        label=_("E-mail addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Pasted from anywhere: commas, semicolons, spaces and new lines all separate."),
    )

    def __init__(self, *args: Any, courses: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", "–"), *courses]  # type: ignore[attr-defined]

    def clean_award(self) -> Award:
        award: Award = self.cleaned_data["award"]
        if award.is_past(timezone.now()):
            raise forms.ValidationError(_("Its last day is over: move the day first."))
        if names := ", ".join(award.awaited_names):
            raise forms.ValidationError(
                _("Nobody can be given this award yet. It waits for: %(names)s."), params={"names": names}
            )
        return award

    def clean_emails(self) -> list[str]:
        words = re.findall(r"[^\s,;<>\"()]+", self.cleaned_data["emails"])
        found = list(dict.fromkeys(word.strip(".").lower() for word in words if "@" in word))
        for email in found:
            try:
                validate_email(email)
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    _("“%(email)s” is not an e-mail address."), params={"email": email}
                ) from error
        if len(found) > batches.MOST:
            raise forms.ValidationError(_("%(most)s addresses at most."), params={"most": batches.MOST})
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("course") and not data.get("emails"):
            raise forms.ValidationError(_("Choose a course, or paste addresses."))
        return data

    def users(self) -> Any:
        """The learners of the chosen course."""
        course = self.cleaned_data.get("course")
        users = get_user_model().objects.filter(is_active=True)
        return users.filter(enrolments__course_key=course).order_by("pk")[: batches.MOST] if course else users.none()

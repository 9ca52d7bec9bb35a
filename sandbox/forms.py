"""What a browser may send to the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.vocabulary import ACTIONS, ESCALATION_DESKS, REASONS
from sandbox.engine.acts import UNDO
from sandbox.engine.codes import RESTRICTIONS, UPHOLD, VERDICTS, WRITTEN
from sandbox.engine.constants import MAX_TEXT
from sandbox.engine.macros import NAMES, fields_in
from sandbox.wording import STRATEGIES

APPEAL = "appeal:"  # how the desk names an appeal at hand, beside the comments


class ActForm(forms.Form):
    """One act. Only its shape is checked here; whether it may happen is the engine's to say."""

    key = forms.UUIDField()
    action = forms.ChoiceField(choices=[(code, code) for code in (*ACTIONS, UPHOLD, UNDO)])
    comment = forms.CharField(max_length=80, required=False)
    reason = forms.ChoiceField(choices=[("", "")] + [(r.code, r.label) for r in REASONS.values()], required=False)
    desk = forms.ChoiceField(choices=[("", ""), *ESCALATION_DESKS.items()], required=False)
    text = forms.CharField(max_length=MAX_TEXT, required=False)
    strategy = forms.MultipleChoiceField(choices=list(STRATEGIES.items()), required=False)
    target = forms.UUIDField(required=False)
    ground = forms.CharField(max_length=80, required=False)
    facts = forms.CharField(max_length=MAX_TEXT, required=False)
    hand = forms.CharField(max_length=90, required=False)

    @property
    def ruling(self) -> bool:
        """The act decides an appeal: its author is owed an answer."""
        data = self.cleaned_data
        return bool(data["hand"].startswith(APPEAL) and data["action"] in VERDICTS)

    def unfilled(self) -> str:
        """Return the first field of a reply template nobody filled in, or ""."""
        data = self.cleaned_data
        written = data["text"] if data["action"] in WRITTEN or self.ruling else ""
        return next((f"{{{name}}}" for name in fields_in(written) if name in NAMES), "")

    def fields_of_act(self) -> dict[str, Any]:
        """Return the engine's fields; what belongs to another button of the same form is left out."""
        data = self.cleaned_data
        action = data["action"]
        if action == UNDO:
            return {"action": action, "target": str(data["target"] or "")}
        return {
            "action": action,
            "comment": data["comment"],
            "reason": data["reason"] if action in RESTRICTIONS else "",
            "desk": data["desk"] if action == "escalate" else "",
            "text": self._text(),
            "strategy": tuple(data["strategy"]) if action == "statement" else (),
            "ground": data["ground"] if action in RESTRICTIONS else "",
        }

    def _text(self) -> str:
        """Return the words that belong to the act: the facts of a restriction its author is told about, else one's text."""
        data, action = self.cleaned_data, self.cleaned_data["action"]
        if action in RESTRICTIONS:
            return str(data["facts"].strip()) if data["ground"] else ""
        return str(data["text"].strip()) if action in (*WRITTEN, "note") or self.ruling else ""


NO_OTHER = ("statement", "note", "skip", "restore")  # on one comment they change nothing a replay could show
BULK_ACTIONS = ("keep", "skip", "hide", "remove", "ban", "report_platform")


class BulkForm(forms.Form):
    """The same act on several comments."""

    key = forms.UUIDField()
    action = forms.ChoiceField(choices=[(code, ACTIONS[code].label) for code in BULK_ACTIONS])
    reason = forms.ChoiceField(choices=[("", "")] + [(r.code, r.label) for r in REASONS.values()], required=False)
    ground = forms.CharField(max_length=80, required=False)

    def fields_of_act(self) -> dict[str, Any]:
        data, action = self.cleaned_data, self.cleaned_data["action"]
        taken = action in RESTRICTIONS
        return {
            "action": action,
            "reason": data["reason"] if taken else "",
            "ground": data["ground"] if taken else "",
        }


class StartForm(forms.Form):
    """What a trainee chooses before a shift."""

    left_out = forms.MultipleChoiceField(choices=[(r.code, r.label) for r in REASONS.values()], required=False)
    severity_cap = forms.IntegerField(min_value=1, max_value=4, required=False)
    masked = forms.BooleanField(required=False)


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("How did it go, in your own words?"),
        help_text=_("What went well, what you would do otherwise. Nobody marks this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        required=False,
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("How do you feel after this shift?"),
        help_text=_("Only you can read this note. It is never marked; leave it empty to delete it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=3000,
        required=False,
    )


class OtherwiseForm(forms.Form):
    action = forms.ChoiceField(
        label=_("Another act"),
        choices=[(code, action.label) for code, action in ACTIONS.items() if code not in NO_OTHER],
    )


class CommitmentForm(forms.Form):
    commitment = forms.CharField(
        label=_("One thing I will do on my next shift"),
        help_text=_("In your own words; it is shown again before you go on duty."),
        widget=forms.TextInput(attrs={"list": "commitments"}),
        max_length=300,
    )

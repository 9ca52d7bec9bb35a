"""Words for the engine's codes; the engine itself speaks no language."""

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.vocabulary import ACTIONS

SIDES = {
    "customer": _("Customer"),
    "fan": _("Fan"),
    "critic": pgettext_lazy("persona", "Critic"),
    "troll": _("Troll"),
    "spammer": _("Spammer"),
    "bystander": _("Bystander"),
    "journalist": _("Journalist"),
    "employee": _("Employee"),
    "partner": _("Partner"),
}
KINDS = {
    "question": _("Question"),
    "complaint": _("Complaint"),
    "criticism": _("Criticism"),
    "praise": _("Praise"),
    "humour": _("Humour"),
    "chatter": _("Small talk"),
    "spam": _("Spam"),
    "attack": _("Attack"),
    "alert": pgettext_lazy("comment", "Alert"),
}
SEVERITIES = {
    "0": _("0: harmless"),
    "1": _("1: nuisance"),
    "2": _("2: harmful"),
    "3": _("3: grave"),
    "4": _("4: critical"),
}
# "Nothing graver than", before a shift.
CAPS = {
    4: _("As the scenario is written"),
    3: _("No immediate danger to anyone"),
    2: _("Nothing grave: no hatred, no threat"),
    1: _("Nuisances only"),
}
PROTECTED = {
    "none": _("No"),
    "criticism": _("Fair criticism of the brand"),
    "speech": _("News, testimony, counter-speech"),
}
TRAPS = {
    "sarcasm": _("Sarcasm"),
    "quote": _("Quoted words"),
    "bait": _("Bait"),
    "context": _("Depends on the context"),
    "lookalike": _("Looks like something else"),
    "raid": _("Raid"),
}
GROUPS = {
    "women": _("Women"),
    "men": _("Men"),
    "older": _("Older people"),
    "young": _("Young people"),
    "origin": pgettext_lazy("group", "Origin"),
    "religion": _("Religion"),
    "disability": _("Disability or illness"),
    "orientation": _("Sexual orientation"),
    "place": _("Place or region"),
}
CONDITIONS = {
    "kept": _("kept, still standing"),
    "hidden": pgettext_lazy("reaction", "hidden"),
    "removed": pgettext_lazy("reaction", "removed"),
    "answered": pgettext_lazy("reaction", "answered"),
    "banned": pgettext_lazy("reaction", "banned"),
    "escalated": pgettext_lazy("reaction", "escalated"),
    "unanswered": pgettext_lazy("reaction", "unanswered"),
}
CHANNELS = {
    "manager": _("Manager"),
    "journalist": _("Journalist"),
    "press": _("Press article"),
    "colleague": _("Colleague"),
}
CHANNEL_ICONS = {"manager": "user", "journalist": "mail", "press": "quote", "colleague": "users"}
PHASES = {
    "normal": pgettext_lazy("crisis", "Normal life"),
    "signal": pgettext_lazy("crisis", "Weak signal"),
    "ignition": pgettext_lazy("crisis", "Ignition"),
    "amplification": pgettext_lazy("crisis", "Amplification"),
    "peak": pgettext_lazy("crisis", "Peak"),
    "response": pgettext_lazy("crisis", "Response"),
    "decay": pgettext_lazy("crisis", "Decay"),
    "aftermath": pgettext_lazy("crisis", "Aftermath"),
}
SERVICE_LEVEL_CHOICES = [
    ("4", _("Severity 4")),
    ("3", _("Severity 3")),
    ("2", _("Severity 2")),
    ("1", _("Severity 1")),
    ("question", _("Question or complaint")),
    ("appeal", _("Appeal")),
]
VERDICTS = {
    "uphold": pgettext_lazy("appeal", "Uphold the decision"),
    "restore": pgettext_lazy("appeal", "Reverse the decision"),
}
RESPONSIBILITIES = {
    "victim": _("The organisation is a victim too"),
    "accident": _("Accident"),
    "preventable": _("It could have been prevented"),
}
STRATEGIES = {
    "inform": _("Inform and protect"),
    "empathise": _("Empathise"),
    "deny": _("Deny"),
    "diminish": _("Put in proportion"),
    "rebuild": _("Rebuild"),
    "apologise": _("Apologise"),
    "repair": _("Repair"),
    "bolster": _("Recall past good"),
}


def action_label(code: str) -> Any:
    """Return the word for an act of the trade or for the verdict on an appeal."""
    return ACTIONS[code].label if code in ACTIONS else VERDICTS[code]


def action_tone(code: str) -> str:
    return ACTIONS[code].tone if code in ACTIONS else "neutral"


# Why the rules refuse an act, by the code of `IllegalAct`.
REFUSALS = {
    "reason_required": _("Choose a reason: what takes something away from its author needs one."),
    "desk_required": _("Choose the desk that should take it from here."),
    "text_required": _("Write your text first."),
    "text_too_long": _("This text is too long: 5,000 characters at most."),
    "comment_required": _("Choose a comment first."),
    "unknown_comment": _("This comment is not on your desk."),
    "unknown_action": _("This action does not exist."),
    "unknown_reason": _("This reason does not exist."),
    "unknown_strategy": _("This strategy does not exist."),
    "nothing_to_undo": _("There is nothing left to undo here."),
    "published": _("What has been published cannot be unsaid."),
    "unknown_ground": _("The charter has no such rule."),
    "unknown_appeal": _("This appeal is not on your desk."),
    "appeal_decided": _("This appeal is already decided."),
    "no_undo": _("In an exam nothing is taken back."),
    "shift_over": _("The shift is over: nothing more can be done on it."),
}

PARTS = {
    "decision": _("Decisions"),
    "harm": _("Harm avoided"),
    "timeliness": _("Timeliness"),
    "replies": _("Replies"),
    "escalation": _("Escalation"),
    "reason": _("Reasons given"),
}
FAILURES = {
    "result": _("The result is below the pass mark."),
    "h_miss": _("Too much harm was left standing."),
    "h_over": _("Too much was taken away that should have stayed."),
    "critical": _("A critical mistake was made."),
    "too_few": _("Not enough evidence: an exam needs 40 decisions, and fewer were scored."),
    "uncertain": _("Not enough evidence: the decisions are too uneven for a sure result."),
}
STATUSES = {
    "visible": pgettext_lazy("comment", "Visible"),
    "limited": pgettext_lazy("comment", "Thread limited"),
    "hidden": pgettext_lazy("comment", "Hidden"),
    "removed": pgettext_lazy("comment", "Removed"),
}

# The mood of the crowd in six steps, from the tension 0 to 1.
MOODS = (
    pgettext_lazy("mood", "Calm"),
    pgettext_lazy("mood", "Attentive"),
    pgettext_lazy("mood", "Restless"),
    pgettext_lazy("mood", "Tense"),
    pgettext_lazy("mood", "Angry"),
    pgettext_lazy("mood", "Crisis"),
)
ANSWERED = pgettext_lazy("comment", "Answered")
SET_ASIDE = pgettext_lazy("comment", "Set aside")


def language() -> str:
    return get_language() or "en"

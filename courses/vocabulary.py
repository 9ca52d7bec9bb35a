"""The trade's shared words: moderation actions and reasons.

Quizzes (moderation matrix, situational judgement) and the sandbox both take them from here, so that a learner meets one
vocabulary everywhere. Pure data, no query. Labels are lazy translations; codes are stable and stored.
Source: sandbox model, sections 2 and 3; categories after the DSA transparency database (Regulation (EU) 2022/2065).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Action:
    """One act of moderation.

    `ladder` is its place on the scale of severity, 0 (nothing taken away) to 5 (ban); None when it lies off the scale.
    `restricts` is true when the act takes something away from the author and therefore needs a reason.
    """

    code: str
    label: Promise
    ladder: int | None
    restricts: bool = False
    tone: str = "neutral"  # kept, hidden, removed, escalated, neutral: the four state colours of the design


ACTIONS: dict[str, Action] = {
    a.code: a
    for a in (
        Action("keep", pgettext_lazy("moderation", "Keep"), 0, tone="kept"),
        Action("reply_public", _("Reply in public"), 0, tone="kept"),
        Action("reply_private", _("Reply in private"), 0, tone="kept"),
        Action("feature", _("Feature"), 0, tone="kept"),
        Action("label", _("Add context"), 1, tone="hidden"),
        Action("hide", pgettext_lazy("moderation", "Hide"), 2, restricts=True, tone="hidden"),
        Action("limit", _("Limit the thread"), 2, restricts=True, tone="hidden"),
        Action("remove", pgettext_lazy("moderation", "Remove"), 3, restricts=True, tone="removed"),
        Action("warn", _("Warn the author"), None),
        Action("mute_temp", _("Mute for a time"), 4, restricts=True, tone="removed"),
        Action("ban", pgettext_lazy("moderation", "Ban"), 5, restricts=True, tone="removed"),
        Action("report_platform", _("Report to the platform"), None, tone="escalated"),
        Action("report_authority", _("Report to the authorities"), None, tone="escalated"),
        Action("escalate", _("Escalate"), None, tone="escalated"),
        Action("statement", _("Publish a statement"), None),
        Action("note", _("Internal note"), None),
        Action("restore", _("Restore"), None, tone="kept"),
        Action("skip", _("Skip for now"), None),
    )
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is taken away: `code`, label, and the category it is declared under in a statement of reasons."""

    code: str
    label: Promise
    category: str


REASONS: dict[str, Reason] = {
    r.code: r
    for r in (
        Reason("hate", _("Hate speech"), "illegal_speech"),
        Reason("harassment", _("Harassment, raid"), "cyber_violence"),
        Reason("insult", _("Insult"), "other_terms"),
        Reason("defamation", _("Defamation"), "illegal_speech"),
        Reason("threat", _("Threat, violence"), "violence"),
        Reason("self_harm", _("Distress, suicide risk"), "self_harm"),
        Reason("minors", _("Minor in danger"), "minors"),
        Reason("privacy", _("Personal data, image rights"), "privacy"),
        Reason("scam_spam", _("Scam, spam"), "scams"),
        Reason("misinformation", _("Misinformation"), "civic_discourse"),
        Reason("ip", _("Intellectual property"), "intellectual_property"),
        Reason("hidden_ad", _("Undisclosed advertising"), "consumer"),
        Reason("unsafe_goods", _("Unsafe or prohibited goods"), "unsafe_goods"),
        Reason("off_topic", _("Off topic"), "other_terms"),
        Reason("none", _("Fair criticism, question, humour"), "none"),
    )
}

ESCALATION_DESKS: dict[str, Promise] = {
    "legal": _("Legal"),
    "security": _("Security"),
    "communications": _("Communications"),
    "customer_service": _("Customer service"),
}

"""Codes of the shared vocabulary as the engine needs them; `tests/sandbox` holds them equal to `courses.vocabulary`."""

from typing import Final

LADDER: Final = {
    "keep": 0,
    "reply_public": 0,
    "reply_private": 0,
    "feature": 0,
    "restore": 0,
    "label": 1,
    "hide": 2,
    "limit": 2,
    "remove": 3,
    "mute_temp": 4,
    "ban": 5,
}
OFF_LADDER: Final[tuple[str, ...]] = (
    "warn",
    "report_platform",
    "report_authority",
    "escalate",
    "statement",
    "note",
    "skip",
)
ACTIONS: Final = (*LADDER, *OFF_LADDER)

RESTRICTIONS: Final = frozenset({"hide", "limit", "remove", "mute_temp", "ban"})
REPLIES: Final = frozenset({"reply_public", "reply_private"})
WRITTEN: Final = frozenset({"reply_public", "reply_private", "statement"})  # carry a text, and cannot be unsaid
LIFTS: Final = frozenset({"keep", "restore"})  # bring a comment back to the public
SILENT: Final = frozenset({"skip", "note"})  # change nothing for anybody
WITHOUT_COMMENT: Final = frozenset({"statement", "escalate", "note"})  # may concern the situation, not one comment

# Among acts that leave a comment standing, the most engaged one is the decision.
ENGAGEMENT: Final = ("reply_public", "reply_private", "feature", "restore", "keep")

REASON_CATEGORY: Final = {
    "hate": "illegal_speech",
    "harassment": "cyber_violence",
    "insult": "other_terms",
    "defamation": "illegal_speech",
    "threat": "violence",
    "self_harm": "self_harm",
    "minors": "minors",
    "privacy": "privacy",
    "scam_spam": "scams",
    "misinformation": "civic_discourse",
    "ip": "intellectual_property",
    "hidden_ad": "consumer",
    "unsafe_goods": "unsafe_goods",
    "off_topic": "other_terms",
    "none": "none",
}
# On which ground a restriction rests: the law, or a rule of the charter (then its identifier stands for it).
ILLEGAL: Final = "illegal"
UNLAWFUL: Final = frozenset({
    "hate", "harassment", "defamation", "threat", "minors", "privacy", "scam_spam", "ip", "hidden_ad", "unsafe_goods",
})  # fmt: skip
# What an author need not be told: DSA article 17(2) sets deceptive high-volume commercial content apart.
UNTOLD: Final = frozenset({"scam_spam"})

# What decides an appeal: the restriction stands, or it is lifted.
UPHOLD: Final = "uphold"
VERDICTS: Final = (UPHOLD, "restore")
CONTESTED: Final = ("hide", "remove", "mute_temp", "ban")

DESKS: Final = ("legal", "security", "communications", "customer_service")

SIDES: Final = ("customer", "fan", "critic", "troll", "spammer", "bystander", "journalist", "employee", "partner")
KINDS: Final = ("question", "complaint", "criticism", "praise", "humour", "chatter", "spam", "attack", "alert")
AWAITING: Final = frozenset({"question", "complaint"})  # kinds that wait for an answer
PROTECTED: Final = ("none", "criticism", "speech")
TRAPS: Final = ("", "sarcasm", "quote", "bait", "context", "lookalike", "raid")
# Whom a comment addresses or is about; "" when no group is.
GROUPS: Final = ("women", "men", "older", "young", "origin", "religion", "disability", "orientation", "place")
CHANNELS: Final = ("manager", "journalist", "press", "colleague")
PHASES: Final = (
    "normal",
    "signal",
    "ignition",
    "amplification",
    "peak",
    "response",
    "decay",
    "aftermath",
)  # of a crisis
CONDITIONS: Final = ("kept", "hidden", "removed", "answered", "banned", "escalated", "unanswered")

RESPONSIBILITIES: Final = ("victim", "accident", "preventable")
STRATEGIES: Final = ("inform", "empathise", "deny", "diminish", "rebuild", "apologise", "repair", "bolster")
# Saying one after the other contradicts oneself in public.
DENYING: Final = frozenset({"deny"})
ACCEPTING: Final = frozenset({"diminish", "rebuild", "apologise", "repair"})

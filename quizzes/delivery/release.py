"""When the key and the remarks of an attempt may be seen."""

from datetime import datetime

from quizzes.delivery.rules import Rules
from quizzes.delivery.timing import NETWORK


def released(rules: Rules, *, now: datetime, others_open: bool) -> bool:
    """Return whether a submitted attempt shows its corrections.

    After the closing means after the last candidate: `others_open` says that somebody, with extra time, still sits.
    """
    if rules.feedback == "closing":
        return rules.closes_at is not None and now > rules.closes_at + NETWORK and not others_open
    return rules.feedback in ("each", "submission")


def teaches(rules: Rules) -> bool:
    """Return whether what was missed may come back in practice: only where the key is shown at once anyway."""
    return not rules.exam and rules.feedback in ("each", "submission")

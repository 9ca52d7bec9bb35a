"""Replies: a person marks them; the automatic pre-check only hints."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .. import constants

HINTS = ("too_short", "too_long", "shouting", "personal_data", "threat", "no_next_step")
_PERSONAL = re.compile(r"(\+?\d[\d .-]{8,}\d)|([\w.+-]+@[\w-]+\.\w{2,})")
_THREAT = re.compile(r"\b(poursuiv|avocat|plainte contre vous|lawyer|sue you|legal action)", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(message|privé|MP|DM|écri|contact|répond|rappel|follow|get back|write|send|link|lien)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ReplyMark:
    """A person's mark of one reply: criterion -> 0 to 3.

    `capped` when it discloses, threatens, insults or admits unvalidated.
    """

    key: str  # of the act
    marks: Mapping[str, int]
    capped: bool = False


def reply_score(mark: ReplyMark) -> float:
    """Return the weighted share of the rubric, 0 to 1.

    Errors: ValueError when a criterion is missing, unknown or outside 0 to 3.
    """
    if set(mark.marks) != set(constants.RUBRIC):
        raise ValueError("each criterion of the rubric needs one mark")
    if any(not 0 <= m <= constants.RUBRIC_TOP for m in mark.marks.values()):
        raise ValueError("marks run from 0 to 3")
    if mark.capped:
        return 0.0
    gained = sum(constants.RUBRIC[c] * m for c, m in mark.marks.items())
    return gained / (constants.RUBRIC_TOP * sum(constants.RUBRIC.values()))


def hints(text: str) -> tuple[str, ...]:
    """Return what a colleague might ask about this reply before it leaves; never a mark."""
    words = text.split()
    letters = [c for c in text if c.isalpha()]
    found = {
        "too_short": len(words) < 4,
        "too_long": len(words) > 120,
        "shouting": len(letters) > 20 and sum(c.isupper() for c in letters) / len(letters) > 0.6,
        "personal_data": bool(_PERSONAL.search(text)),
        "threat": bool(_THREAT.search(text)),
        "no_next_step": not _NEXT.search(text) and "?" in text,
    }
    return tuple(name for name in HINTS if found[name])

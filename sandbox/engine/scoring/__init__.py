"""The mark of a shift, part by part; every part shows its inputs (model, section 4)."""

from .appeals import AppealItem, appeals_of
from .crisis import CrisisLog, crisis_of, phases_of
from .detection import ALL_GROUPS, Detection, GroupLean, Share, by_group, by_reason, detect, leaning
from .evidence import Evidence
from .items import Item, items_of
from .result import Part, Score, score

__all__ = [
    "ALL_GROUPS",
    "AppealItem",
    "CrisisLog",
    "Detection",
    "Evidence",
    "GroupLean",
    "Item",
    "Part",
    "Score",
    "Share",
    "appeals_of",
    "by_group",
    "by_reason",
    "crisis_of",
    "detect",
    "items_of",
    "leaning",
    "phases_of",
    "score",
]

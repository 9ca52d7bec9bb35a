"""The mark of a shift, part by part; every part shows its inputs (model, section 4)."""

from .appeals import AppealItem, appeals_of
from .crisis import CrisisLog, crisis_of
from .detection import Detection, Share, by_reason, detect
from .evidence import Evidence
from .items import Item, items_of
from .result import Part, Score, score

__all__ = [
    "AppealItem",
    "CrisisLog",
    "Detection",
    "Evidence",
    "Item",
    "Part",
    "Score",
    "Share",
    "appeals_of",
    "by_reason",
    "crisis_of",
    "detect",
    "items_of",
    "score",
]

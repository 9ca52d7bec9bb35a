"""Why something was taken away, and whether its author was told (model, sections 3 and 4.6; DSA article 17)."""

from .. import codes, constants
from ..acts import Act
from ..scenario import Comment
from .items import Item


def reason_credit(item: Item, owed: bool = False) -> float:
    """Return what the reason of a restriction earns, 0 to 1; `owed` where the house tells authors why.

    1 for one the key lists, 0.5 for one of the same category as the exact one, else 0; four fifths of it when the author
    was told a wrong ground, or should have been told and was not.
    """
    told = statement(item)
    wrong = not right_ground(item.comment, told.ground) if told else owed and must_tell(item.comment)
    return _category_credit(item) * (constants.UNEXPLAINED if wrong else 1.0)


def _category_credit(item: Item) -> float:
    act = last_restriction(item)
    reason = act.reason if act else ""
    if reason in item.comment.reasons:
        return 1.0
    category = codes.REASON_CATEGORY.get(reason)
    return constants.SAME_CATEGORY if category == codes.REASON_CATEGORY[item.comment.reasons[0]] else 0.0


def last_restriction(item: Item) -> Act | None:
    return next((a for a in reversed(item.state.acts) if a.action in codes.RESTRICTIONS), None)


def must_tell(comment: Comment) -> bool:
    """Say whether the author of this comment is owed a statement of reasons; mass advertising is not."""
    return comment.reasons[0] not in codes.UNTOLD


def statement(item: Item) -> Act | None:
    """Return the restriction that told the author why, the last one if several did."""
    return next((a for a in reversed(item.state.acts) if a.action in codes.RESTRICTIONS and a.ground), None)


def told_rightly(item: Item) -> bool:
    told = statement(item)
    return told is not None and right_ground(item.comment, told.ground)


def right_ground(comment: Comment, ground: str) -> bool:
    """Say whether a restriction of this comment may rest on `ground`: the charter's rule in play, or the law it breaks."""
    if ground == codes.ILLEGAL:
        return any(reason in codes.UNLAWFUL for reason in comment.reasons)
    return bool(ground) and (not comment.rule or ground == comment.rule)

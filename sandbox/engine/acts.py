"""What the person on duty does, and what the rules refuse before anything happens."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import codes, constants


class IllegalAct(ValueError):  # noqa: N818 (a rule's word, not a fault)
    """An act the rules refuse. `code` is stable (the interface words it), `detail` names the culprit."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Act:
    """One act at `minute`.

    `comment` is empty for an act on the situation; `target` is the key of the act an undo takes back. A restriction whose
    author is told why carries its `ground` ("illegal", or a rule of the charter) and, in `text`, the statement of reasons
    as it was sent. "uphold" decides the appeal pending on its comment, and so does whatever lifts the restriction; the
    `text` is the answer to its author.
    """

    key: str
    minute: float
    action: str
    comment: str = ""
    reason: str = ""
    desk: str = ""
    text: str = ""
    strategy: tuple[str, ...] = ()
    target: str = ""
    sequence: int = 0
    ground: str = ""


UNDO = "undo"
UNSAY = "unsay"  # takes back even what was published, as if never said: a liberty of practice, which the desk grants
TAKING_BACK = (UNDO, UNSAY)


def in_order(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Return the acts as they count: each key once (the earliest received), by minute then by order of receipt.

    The order in which `acts` come does not matter: a duplicate or a late delivery changes nothing.
    """
    kept: dict[str, Act] = {}
    for act in sorted(acts, key=lambda a: (a.sequence, a.minute, a.key, a.action)):
        kept.setdefault(act.key, act)
    return tuple(sorted(kept.values(), key=lambda a: (a.minute, a.sequence, a.key)))


def refuse_malformed(act: Act) -> None:
    """Raise IllegalAct when the act is wrong whatever the state of the feed."""
    if act.action in TAKING_BACK:
        return
    if act.action not in (*codes.ACTIONS, codes.UPHOLD):
        raise IllegalAct("unknown_action", act.action)
    if not act.comment and act.action not in codes.WITHOUT_COMMENT:
        raise IllegalAct("comment_required", act.action)
    _refuse_incomplete(act)
    for strategy in act.strategy:
        if strategy not in codes.STRATEGIES:
            raise IllegalAct("unknown_strategy", strategy)


def _refuse_incomplete(act: Act) -> None:
    if act.ground and act.action not in codes.RESTRICTIONS:
        raise IllegalAct("unknown_ground", act.ground)
    if act.action in codes.RESTRICTIONS and (act.reason or "none") == "none":
        raise IllegalAct("reason_required", act.action)
    if act.reason and act.reason not in codes.REASON_CATEGORY:
        raise IllegalAct("unknown_reason", act.reason)
    if act.action == "escalate" and act.desk not in codes.DESKS:
        raise IllegalAct("desk_required", act.desk)
    if act.action in (*codes.WRITTEN, codes.UPHOLD) and not act.text.strip():
        raise IllegalAct("text_required", act.action)
    if len(act.text) > constants.MAX_TEXT:
        raise IllegalAct("text_too_long", act.action)

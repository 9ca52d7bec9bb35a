"""One scored item per comment: what was decided, what it earned, what harm it left."""

import math
from dataclasses import dataclass

from .. import codes, constants
from ..acts import Act
from ..credit import best_action, credit, expected_level
from ..scenario import Comment
from ..world import CommentState, World
from .appeals import as_judged
from .timing import tau


@dataclass(frozen=True, slots=True)
class Item:
    """A comment with its decision. `action` is "" when nobody touched it; minutes are simulated."""

    state: CommentState
    action: str
    credit: float
    best: str
    expected: int  # ladder level the key asks for
    level: int  # ladder level reached
    critical: str  # the forbidden action left in force, or ""
    missing: tuple[str, ...]  # companions expected and not done
    miss_cost: float
    miss_top: float
    over_cost: float
    over_top: float
    delay: float | None  # from arrival to the first effective act
    deadline: float | None
    timeliness: float  # tau, 0 to 1

    @property
    def comment(self) -> Comment:
        return self.state.comment

    @property
    def signal(self) -> bool:
        return self.expected >= constants.RESTRICTION_LEVEL


def items_of(world: World) -> tuple[Item, ...]:
    """Return the scored items of a finished shift, in order of arrival.

    What arrived in the last minutes and was left alone is nobody's failure: it is not scored.
    """
    end = world.scenario.duration
    too_late = end - constants.LATE_ARRIVAL
    judged = (as_judged(world, s) for s in world.comments)
    return tuple(_item(world, s, end) for s in judged if s.handled or s.arrived < too_late)


def _item(world: World, state: CommentState, end: float) -> Item:
    comment = state.comment
    action, earned = decision(state)
    missing = missing_companions(state) if action else ()
    critical = forbidden_in_force(state)
    g, a = expected_level(comment), state.level
    miss_cost, miss_top = miss(comment, g, a, state.views, (end - state.arrived) * comment.views_per_minute)
    over_cost, over_top = over(comment, g, a)
    handled = state.first_handled
    delay = None if handled is None else handled - state.arrived
    deadline = world.scenario.service_level(comment)
    return Item(
        state=state,
        action=action,
        credit=0.0 if critical else earned * (constants.COMPANION_MISSING if missing else 1.0),
        best=best_action(comment),
        expected=g,
        level=a,
        critical=critical,
        missing=missing,
        miss_cost=miss_cost,
        miss_top=miss_top,
        over_cost=over_cost,
        over_top=over_top,
        delay=delay,
        deadline=deadline,
        timeliness=tau(delay, deadline),
    )


def decision(state: CommentState) -> tuple[str, float]:
    """Return the action that stands for what was decided on this comment, and what it earns.

    The standing on the ladder comes first: a restriction in force, else the most engaged act that leaves it up. An act
    off the ladder (escalate, report, warn) counts when the key lists it, unless the standing itself is wrong: passing a
    troll on to the legal desk does not redeem a reply that fed it. "Keep" beside a credited one spoils nothing: the
    better of the two counts.
    """
    done = {a.action for a in state.acts}
    standing = _standing(state)
    beside = [(credit(state.comment, a), a) for a in codes.OFF_LADDER if a in done and a not in codes.SILENT]
    beside = [pair for pair in beside if pair[0] > 0]
    if not standing:
        candidates = beside
    elif standing in codes.LIFTS:
        candidates = [*beside, (_worth(state.comment, standing), standing)]
    elif credit(state.comment, standing) == 0:
        return standing, 0.0
    else:
        candidates = [(credit(state.comment, standing), standing), *beside]
    if not candidates:
        unlisted = next((a.action for a in state.acts if a.action not in codes.SILENT), "")
        return standing or unlisted, 0.0
    earned, action = max(candidates, key=lambda pair: pair[0])
    return action, earned


def _worth(comment: Comment, lift: str) -> float:
    """Return what leaving a comment up earns: restored, it stands as if it had been kept."""
    return max(credit(comment, lift), credit(comment, "keep") if lift == "restore" else 0.0)


def _standing(state: CommentState) -> str:
    """Return the act on the ladder that is in force, or "" when there is none."""
    if state.level:
        return next(a.action for a in reversed(state.acts) if codes.LADDER.get(a.action) == state.level)
    done = {a.action for a in state.acts}
    return next((a for a in codes.ENGAGEMENT if a in done), "")


def missing_companions(state: CommentState) -> tuple[str, ...]:
    done = {a.action for a in state.acts}
    return tuple(c for c in state.comment.companion if c not in done)


def forbidden_in_force(state: CommentState) -> str:
    """Return the forbidden action still in force at the end, or "".

    On the ladder, what a later act replaced is forgiven; what was published or reported is not. A grave item left
    standing although keeping it is forbidden counts as kept.
    """
    forbidden = state.comment.forbidden
    for act in state.acts:
        if act.action in forbidden and (act.action not in codes.LADDER or _in_force(act, state)):
            return act.action
    left_standing = state.level == 0 and state.comment.severity >= constants.GRAVE_SEVERITY
    return "keep" if left_standing and "keep" in forbidden else ""


def _in_force(act: Act, state: CommentState) -> bool:
    if act.action in codes.WRITTEN or act.action == "feature":
        return True
    if act.action in codes.LIFTS:
        return state.level == 0
    return codes.LADDER[act.action] <= state.level and _after_last_lift(act, state)


def _after_last_lift(act: Act, state: CommentState) -> bool:
    lifts = [i for i, a in enumerate(state.acts) if a.action in codes.LIFTS]
    return state.acts.index(act) > (lifts[-1] if lifts else -1)


def miss(comment: Comment, expected: int, level: int, views: float, all_views: float) -> tuple[float, float]:
    """Return the cost of doing too little, and the most it could have cost; both 0 where no restriction was needed."""
    if expected < constants.RESTRICTION_LEVEL:
        return 0.0, 0.0
    base = constants.MISS_COST[comment.severity]
    gap = max(expected - level, 0) / max(expected, 1)
    return base * gap * _spread(views), base * _spread(all_views)


def _spread(views: float) -> float:
    return 1 + math.log10(1 + views) / 3


def over(comment: Comment, expected: int, level: int) -> tuple[float, float]:
    """Return the cost of doing too much, and the most it could have cost; both 0 where a restriction was needed."""
    if expected >= constants.RESTRICTION_LEVEL:
        return 0.0, 0.0
    quality = constants.OVER_COST[comment.protected]
    return max(level - expected, 0) * quality, (constants.TOP_LEVEL - expected) * quality

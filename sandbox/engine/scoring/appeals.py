"""Appeals: was the contested decision rightly upheld or reversed, and in what time."""

from dataclasses import dataclass, replace

from .. import codes, constants
from ..credit import needs_restriction, verdict_credit, verdicts
from ..live import standing_of
from ..world import AppealState, CommentState, World
from .timing import tau


@dataclass(frozen=True, slots=True)
class AppealItem:
    """One appeal with its verdict: "" when nobody gave one. Minutes are simulated."""

    state: AppealState
    verdict: str
    credit: float
    best: str
    delay: float | None
    deadline: float
    timeliness: float

    @property
    def signal(self) -> bool:
        """The restriction should stand: the half of the decisions that need one."""
        return self.best == "uphold"


def appeals_of(world: World) -> tuple[AppealItem, ...]:
    """Return the scored appeals of a finished shift; one that came in the last minutes and was left alone is not."""
    too_late = world.scenario.duration - constants.LATE_ARRIVAL
    return tuple(_item(world, s) for s in world.appeals if s.verdict or s.arrived < too_late)


def _item(world: World, state: AppealState) -> AppealItem:
    verdict = "" if state.verdict is None else "restore" if state.granted else "uphold"
    delay = None if state.verdict is None else state.verdict.minute - state.arrived
    deadline = world.scenario.appeal_level
    return AppealItem(
        state=state,
        verdict=verdict,
        credit=verdict_credit(state.appeal, verdict) if verdict else 0.0,
        best=verdicts(state.appeal)[0][0],
        delay=delay,
        deadline=deadline,
        timeliness=tau(delay, deadline),
    )


def as_judged(world: World, state: CommentState) -> CommentState:
    """Return a comment as its moderation is judged.

    A restriction that was right is not held against the trainee who rightly lifts it on appeal (its author has mended the
    comment): it counts as it stood before. A wrongful lifting counts, and so does the repair of a wrong restriction.
    """
    found = next((a for a in world.appeals if a.appeal.comment == state.comment.id), None)
    if found is None or found.verdict is None or not found.granted or not needs_restriction(state.comment):
        return state
    lifted = found.verdict
    again = any(a.action in codes.RESTRICTIONS and a.minute > lifted.minute for a in state.acts)
    if again or verdict_credit(found.appeal, "restore") < constants.LADDER_MIN_WEIGHT:
        return state
    acts = tuple(a for a in state.acts if a.key != lifted.key)
    level, visible = standing_of(list(acts))
    return replace(
        state, acts=acts, level=level, visible=visible, exposed=state.exposed - max(0.0, world.minute - lifted.minute)
    )

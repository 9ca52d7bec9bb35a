"""A crisis in figures: how soon it was heard, passed on, spoken to, corrected; whether what was said held together."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .. import codes, constants
from ..acts import Act
from ..credit import credit
from ..run import contradict
from ..world import CommentState, InjectState, World


@dataclass(frozen=True, slots=True)
class CrisisLog:
    """Minutes count from the signal, the first comment that had to be passed on; None for what never came.

    Pairs are (how many, of how many).
    """

    signal: float | None  # the minute it arrived
    heeded: float | None  # first act on it that the key credits
    escalated: float | None  # first time a desk was told, of it or of the situation
    spoken: float | None  # first statement
    rumour: float | None  # from the first rumour to the first word against it
    rumours: int
    questions: tuple[int, int]
    expected: tuple[int, int]  # messages that asked for something, and got it in time
    criticism: tuple[int, int]  # fair criticism left standing
    statements: int
    contradictions: int
    fitting: bool | None  # the posture of the first statement that took one
    grave_views: float


def crisis_of(world: World) -> CrisisLog | None:
    """Return the log of a finished shift; None where the scenario is no crisis. Source: model, section 5."""
    crisis = world.scenario.crisis
    if crisis is None:
        return None
    signal = next((c for c in world.comments if c.comment.escalate_to), None)
    start = signal.arrived if signal else None
    spoken = [a for a in world.acts if a.action == "statement"]
    stances = [frozenset(a.strategy) for a in spoken if a.strategy]
    rumours = [c for c in world.comments if c.comment.reasons[0] == "misinformation"]
    asked = [c for c in world.comments if c.comment.kind in codes.AWAITING]
    fair = [c for c in world.comments if c.comment.protected == "criticism"]
    wanted = [s for s in world.injects if s.inject.expects]
    return CrisisLog(
        signal=start,
        heeded=_after(
            start, _first(a for a in signal.acts if credit(signal.comment, a.action) > 0) if signal else None
        ),
        escalated=_after(start, _first(a for a in world.acts if a.action == "escalate" and _since(a, start))),
        spoken=_after(start, _first(a for a in spoken if _since(a, start))),
        rumour=_corrected(rumours, spoken),
        rumours=len(rumours),
        questions=(sum(1 for c in asked if c.replies), len(asked)),
        expected=(sum(1 for s in wanted if s.answered is not None), len(wanted)),
        criticism=(sum(1 for c in fair if c.visible), len(fair)),
        statements=len(spoken),
        contradictions=sum(1 for earlier, later in pairwise(stances) if contradict(earlier, later)),
        fitting=stances[0] <= set(crisis.fitting) if stances else None,
        grave_views=sum(c.views for c in world.comments if c.comment.severity >= constants.GRAVE_SEVERITY),
    )


def _after(start: float | None, minute: float | None) -> float | None:
    return None if start is None or minute is None else minute - start


def _first(acts: Iterable[Act]) -> float | None:
    return next((a.minute for a in acts), None)


def _since(act: Act, start: float | None) -> bool:
    return start is None or act.minute >= start


def _corrected(rumours: list[CommentState], spoken: list[Act]) -> float | None:
    """Return the minutes from the first rumour to the first public word against one: a reply, a label, a statement."""
    if not rumours:
        return None
    begun = rumours[0].arrived
    words = [a.minute for c in rumours for a in c.acts if a.action in ("reply_public", "label")]
    words += [a.minute for a in spoken if a.minute >= begun and {"deny", "inform"} & set(a.strategy)]
    return min(words) - begun if words else None


def phases_of(world: World) -> tuple[tuple[str, tuple[InjectState, ...]], ...]:
    """Return the messages that came, by phase of the crisis, in the order of codes.PHASES; those without one are left out."""
    came = {phase: tuple(s for s in world.injects if s.inject.phase == phase) for phase in codes.PHASES}
    return tuple((phase, states) for phase, states in came.items() if states)

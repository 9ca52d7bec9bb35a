"""What the shift teaches: the moments that mattered, and what would have happened otherwise, computed by replaying."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import codes, constants
from .acts import TAKING_BACK, Act, in_order
from .credit import verdicts
from .players import act_on, decide
from .replay import replay
from .scenario import Scenario
from .scoring import AppealItem, Item, Score, score
from .scoring.replies import ReplyMark
from .world import World


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The same shift with one decision replaced by the key's: an act on a comment, or the verdict on an appeal.

    `gain` is the difference of the result, `calm` the tension avoided (mean over the shift), `spared_views` the views a
    harmful comment would not have had, `spared` the comments that would not have come, `brought` those that would.
    """

    action: str
    minute: float
    gain: float
    calm: float
    mood: tuple[float, ...]  # minute by minute, as in `World.mood`
    spared_views: float
    spared: tuple[str, ...]
    brought: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pivot:
    """One moment worth opening; `cost` is what it took from the result, in 0 to 1."""

    item: Item | AppealItem
    cost: float
    otherwise: Counterfactual

    @property
    def critical(self) -> bool:
        """A critical mistake is worth opening whatever it took."""
        return isinstance(self.item, Item) and bool(self.item.critical)


@dataclass(frozen=True, slots=True)
class Played:
    """A finished shift: its end, its mark, its acts in order, and the marks of its replies that count."""

    world: World
    score: Score
    acts: tuple[Act, ...]
    marks: tuple[ReplyMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Debrief:
    world: World
    score: Score
    pivots: tuple[Pivot, ...]


def debrief(
    scenario: Scenario, seed: int, acts: Iterable[Act], marks: Iterable[ReplyMark] = (), *, exam: bool = False
) -> Debrief:
    """Return the analysis of a finished shift: its end, its mark, and the pivotal moments, dearest first."""
    played = play_out(scenario, seed, acts, marks, exam=exam)
    return Debrief(played.world, played.score, pivotal_moments(played))


def play_out(
    scenario: Scenario, seed: int, acts: Iterable[Act], marks: Iterable[ReplyMark] = (), *, exam: bool = False
) -> Played:
    """Return a finished shift with its mark; `marks` are people's marks of the replies, those that count."""
    log, given = in_order(acts), tuple(marks)
    world = replay(scenario, seed, log, scenario.duration)
    return Played(world, score(world, given, exam=exam), log, given)


def pivotal_moments(played: Played) -> tuple[Pivot, ...]:
    """Return the moments that cost most, by replaying the shift with each decision set right in turn."""
    decided: tuple[Item | AppealItem, ...] = (*played.score.items, *played.score.appeals)
    wrong = [(rough_cost(i), name_of(i), i) for i in decided]
    candidates = sorted((w for w in wrong if w[0] > 0), key=lambda w: (-w[0], w[1]))
    pivots = [_pivot(played, item) for _, _, item in candidates[: constants.PIVOTAL_CANDIDATES]]
    pivots.sort(key=lambda p: (not p.critical, -p.cost, name_of(p.item)))
    return tuple(p for p in pivots if p.cost > 0 or p.critical)[: constants.PIVOTAL_MOMENTS]


def name_of(item: Item | AppealItem) -> str:
    """Return the identifier of the comment or of the appeal."""
    return item.state.appeal.id if isinstance(item, AppealItem) else item.comment.id


def rough_cost(item: Item | AppealItem) -> float:
    """Return a quick estimate, to choose which decisions are worth replaying; an appeal weighs as a harmless question."""
    late = (1 - item.timeliness) if item.deadline is not None else 0.0
    if isinstance(item, AppealItem):
        return (1 - item.credit) + 0.5 * late
    harm = (item.miss_cost + item.over_cost) / ((item.miss_top + item.over_top) or 1.0)
    return (1 - item.credit) * (1 + item.comment.severity / 2) + harm + 0.5 * late + (2 if item.critical else 0)


def _pivot(played: Played, item: Item | AppealItem) -> Pivot:
    if isinstance(item, AppealItem):
        ruled = what_if_ruled(played, item, item.best)
        return Pivot(item, ruled.gain, ruled)
    otherwise = what_if(played, item, _what_to_do(item))
    return Pivot(item, otherwise.gain, otherwise)


def what_if(played: Played, item: Item, actions: tuple[str, ...]) -> Counterfactual:
    """Return what would have followed, had `actions` been taken on `item` in place of all that was done on it.

    The other act happens when the trainee first acted on that comment, at the latest at its service level.
    """
    world, comment = played.world, item.comment
    minute = _minute_of(world, item)
    others = _without(played.acts, {a.key for a in played.acts if a.comment == comment.id})
    better = [act_on(comment, a, minute, f"otherwise:{a}", world.scenario.charter) for a in actions]
    other = _played_on(world, [*others, *better], comment.id)
    return _compared(played, other, actions[0], minute, comment.id if item.signal else "")


def what_if_ruled(played: Played, item: AppealItem, verdict: str) -> Counterfactual:
    """Return what would have followed, had `verdict` been given on an appeal in place of what was done about it.

    The restriction it contests stays, as does every reply; the other verdict falls when the trainee gave theirs, at the
    latest at the service level.
    """
    world, comment = played.world, item.state.appeal.comment
    ruling = {codes.UPHOLD, *codes.LIFTS, *codes.RESTRICTIONS}
    since = {
        a.key for a in played.acts if a.comment == comment and a.action in ruling and a.minute >= item.state.arrived
    }
    latest = item.state.arrived + item.deadline
    minute = min(latest, item.state.verdict.minute) if item.state.verdict else latest
    minute = min(minute, world.scenario.duration - 0.001)
    acts = [*_without(played.acts, since), decide(item.state.appeal, verdict, minute, f"otherwise:{verdict}")]
    other = replay(world.scenario, world.seed, acts, world.scenario.duration)
    return _compared(played, other, verdict, minute, comment if item.signal else "")


def _without(acts: Iterable[Act], keys: set[str]) -> list[Act]:
    """Return the acts but those of `keys`, and but what takes one of them back."""
    return [a for a in acts if a.key not in keys and not (a.action in TAKING_BACK and a.target in keys)]


def _compared(played: Played, other: World, action: str, minute: float, harmful: str) -> Counterfactual:
    """Put the two shifts side by side; `harmful` is the comment whose views count as harm, "" for none."""
    world = played.world
    came, would_come = set(world.find), set(other.find)
    return Counterfactual(
        action=action,
        minute=minute,
        gain=score(other, played.marks).result - played.score.result,
        calm=(sum(world.mood) - sum(other.mood)) / len(world.mood),
        mood=other.mood,
        spared_views=max(0.0, world.find[harmful].views - other.find[harmful].views) if harmful else 0.0,
        spared=tuple(sorted(came - would_come)),
        brought=tuple(sorted(would_come - came)),
    )


def _played_on(world: World, acts: list[Act], comment: str) -> World:
    """Return the shift played with `acts`; should the other act on `comment` be appealed, the key's verdict is given."""
    other = replay(world.scenario, world.seed, acts, world.scenario.duration)
    pending = [a for a in other.appeals if a.appeal.comment == comment and a.verdict is None]
    given = [decide(a.appeal, verdicts(a.appeal)[0][0], a.arrived, f"otherwise:{a.appeal.id}") for a in pending]
    return replay(world.scenario, world.seed, [*acts, *given], world.scenario.duration) if given else other


def _minute_of(world: World, item: Item) -> float:
    latest = item.state.arrived + min(item.deadline or 5.0, 5.0)
    first = item.state.first_handled
    minute = latest if first is None else min(first, latest)
    return min(max(minute, item.state.arrived), world.scenario.duration - 0.001)


def _what_to_do(item: Item) -> tuple[str, ...]:
    wanted = [item.best, *item.comment.companion]
    if item.comment.escalate_to:
        wanted.append("escalate")
    return tuple(dict.fromkeys(a for a in wanted if a in codes.ACTIONS))

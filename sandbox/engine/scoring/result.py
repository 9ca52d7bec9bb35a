"""The parts of the mark put together, and whether it passes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean, median

from .. import codes, constants
from ..world import World
from .agreement import agreement
from .appeals import AppealItem, appeals_of
from .detection import Detection, detect
from .evidence import Evidence, evidence
from .items import Item, items_of
from .reasons import must_tell, reason_credit, told_rightly
from .replies import ReplyMark, reply_score


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the result. `value` is None when the scenario did not exercise it, or nobody has marked it yet."""

    name: str
    value: float | None
    weight: float
    inputs: Mapping[str, float | int | None]
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The mark of one shift. `result` in 0 to 1; `failures` are the codes of the conditions not met."""

    result: float
    passed: bool
    failures: tuple[str, ...]
    parts: tuple[Part, ...]
    items: tuple[Item, ...]
    detection: Detection | None
    kappa: float | None
    critical: tuple[Item, ...]
    appeals: tuple[AppealItem, ...] = ()
    evidence: Evidence | None = None  # of an exam

    def part(self, name: str) -> Part:
        return next(p for p in self.parts if p.name == name)


def score(world: World, marks: Iterable[ReplyMark] = (), *, exam: bool = False) -> Score:
    """Return the mark of a finished shift.

    `world` is the feed at the end of the shift; `marks` are people's marks of the replies. Parts that were not
    exercised, and replies nobody has marked, are left out and the weights of the others renormalised. An exam also needs
    enough evidence to pass.
    Errors: ValueError when the shift is not over. Source: model, section 4.
    """
    if not world.over:
        raise ValueError("the shift is not over")
    items, appeals = items_of(world), appeals_of(world)
    replies = _replies(world, tuple(marks))
    owed = world.scenario.explain
    parts = _parts(items, appeals, replies, owed)
    critical = tuple(i for i in items if i.critical)
    result = _result(parts)
    found = evidence(world.seed, items, appeals, lambda i, a: _result(_parts(i, a, replies, owed))) if exam else None
    failures = (*_failures(result, parts, critical, world.scenario.pass_mark), *(found.failures if found else ()))
    return Score(
        result, not failures, failures, parts, items, detect(items), agreement(items), critical, appeals, found
    )


def _parts(items: tuple[Item, ...], appeals: tuple[AppealItem, ...], replies: Part, owed: bool) -> tuple[Part, ...]:
    return (
        _decision(items, appeals),
        _harm(items),
        _timeliness(items, appeals),
        replies,
        _escalation(items),
        _reason(items, owed),
    )


def _result(parts: tuple[Part, ...]) -> float:
    exercised = [p for p in parts if p.value is not None]
    total = sum(p.weight for p in exercised)
    return sum(p.weight * (p.value or 0.0) for p in exercised) / total if total else 0.0


def _part(name: str, value: float | None, pending: bool = False, **inputs: float | int | None) -> Part:
    return Part(name, value, constants.PART_WEIGHTS[name], inputs, pending)


def _failures(result: float, parts: tuple[Part, ...], critical: tuple[Item, ...], pass_mark: float) -> tuple[str, ...]:
    harm = next(p for p in parts if p.name == "harm").inputs
    missed, over = harm["h_miss"], harm["h_over"]
    found = {
        "result": result < pass_mark,
        "h_miss": missed is not None and missed < constants.MIN_HARM_MISS,
        "h_over": over is not None and over < constants.MIN_HARM_OVER,
        "critical": bool(critical),
    }
    return tuple(name for name, failed in found.items() if failed)


def _decision(items: tuple[Item, ...], appeals: tuple[AppealItem, ...]) -> Part:
    """Balanced: half over what needs a restriction, half over the rest, so that one reflex for all never looks good.

    An appeal to uphold belongs to the first half, one to grant to the second.
    """
    everything: tuple[Item | AppealItem, ...] = (*items, *appeals)
    signal = [i.credit for i in everything if i.signal]
    noise = [i.credit for i in everything if not i.signal]
    halves = [fmean(group) for group in (signal, noise) if group]
    return _part(
        "decision",
        fmean(halves) if halves else None,
        restricted=fmean(signal) if signal else None,
        others=fmean(noise) if noise else None,
        n_restricted=len(signal),
        n_others=len(noise),
        n_appeals=len(appeals),
    )


def _harm(items: tuple[Item, ...]) -> Part:
    missed = _kept_share([(i.miss_cost, i.miss_top) for i in items])
    over = _kept_share([(i.over_cost, i.over_top) for i in items])
    known = [h for h in (missed, over) if h is not None]
    value = None if not known else known[0] if len(known) == 1 else (known[0] * known[1]) ** 0.5
    views = sum(i.state.views for i in items if i.signal)
    return _part("harm", value, h_miss=missed, h_over=over, harmful_views=round(views))


def _kept_share(costs: list[tuple[float, float]]) -> float | None:
    top = sum(t for _, t in costs)
    return None if top == 0 else 1 - sum(c for c, _ in costs) / top


def _timeliness(items: tuple[Item, ...], appeals: tuple[AppealItem, ...]) -> Part:
    """Weighted by severity, an appeal as much as a harmless question; a fast wrong answer earns nothing."""
    timed = [(1 + i.comment.severity, i) for i in items if i.deadline is not None]
    weighed: list[tuple[int, Item | AppealItem]] = [*timed, *((1, a) for a in appeals)]
    weight = sum(w for w, _ in weighed)
    value = sum(w * i.timeliness * i.credit for w, i in weighed) / weight if weight else None
    delays = sorted(i.delay for _, i in weighed if i.delay is not None)
    in_time = sum(1 for _, i in weighed if i.timeliness == 1)
    return _part(
        "timeliness",
        value,
        median=median(delays) if delays else None,
        p90=delays[-(-9 * len(delays) // 10) - 1] if delays else None,
        in_time=in_time / len(weighed) if weighed else None,
        n=len(weighed),
    )


def _replies(world: World, marks: tuple[ReplyMark, ...]) -> Part:
    written = {a.key for a in world.acts if a.action in codes.WRITTEN}
    marked = [reply_score(m) for m in marks if m.key in written]
    value = fmean(marked) if marked else None
    return _part("replies", value, pending=len(marked) < len(written), n=len(written), marked=len(marked))


def _escalation(items: tuple[Item, ...]) -> Part:
    """F2 over what should have been escalated: forgetting one costs more than passing on one too many."""
    expected = [i for i in items if i.comment.escalate_to]
    found = 0.0
    passed_on = 0
    for item in items:
        desks = [a.desk for a in item.state.acts if a.action == "escalate"]
        if desks:
            passed_on += 1
            if item.comment.escalate_to:
                found += 1 if item.comment.escalate_to in desks else constants.WRONG_DESK
    recall = found / len(expected) if expected else None
    precision = found / passed_on if passed_on else None
    value = None
    if recall is not None:
        p = precision or 0.0
        value = 5 * p * recall / (4 * p + recall) if p + recall else 0.0
    return _part("escalation", value, precision=precision, recall=recall, expected=len(expected), passed_on=passed_on)


def _reason(items: tuple[Item, ...], owed: bool) -> Part:
    """Over the restrictions that were right to make: the reason, and whether the author was told why on the right ground."""
    restricted = [i for i in items if i.signal and i.level >= constants.RESTRICTION_LEVEL]
    marks = [reason_credit(i, owed) for i in restricted]
    to_tell = [i for i in restricted if owed and must_tell(i.comment)]
    told = sum(1 for i in to_tell if told_rightly(i))
    return _part("reason", fmean(marks) if marks else None, n=len(marks), told=told / len(to_tell) if to_tell else None)

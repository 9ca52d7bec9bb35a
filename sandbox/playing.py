"""From stored rows to the engine's world. Everything kept here is derived and disposable."""

from collections.abc import Iterable
from functools import lru_cache

from django.core.cache import cache
from django.db.models import prefetch_related_objects

from sandbox import clock, snapshots
from sandbox.engine import RULES_VERSION
from sandbox.engine import acts as engine
from sandbox.engine.parsing import from_dict
from sandbox.engine.replay import catch_up, replay
from sandbox.engine.run import Run
from sandbox.engine.scenario import Scenario
from sandbox.engine.scoring import Score, score
from sandbox.engine.scoring.replies import ReplyMark
from sandbox.engine.trimming import trimmed
from sandbox.engine.world import World
from sandbox.models import Act, ScenarioVersion, Shift

QUIET_SECONDS = 600


@lru_cache(maxsize=64)
def _parsed(fingerprint: str, version_id: int) -> Scenario:
    return from_dict(ScenarioVersion.objects.values_list("data", flat=True).get(pk=version_id, fingerprint=fingerprint))


@lru_cache(maxsize=64)
def _trimmed(fingerprint: str, version_id: int, left_out: tuple[str, ...], cap: int) -> Scenario:
    return trimmed(_parsed(fingerprint, version_id), left_out, cap)


def scenario_of(shift: Shift) -> Scenario:
    """Return the scenario this shift plays, without what its trainee left out; made once per process and content."""
    return _trimmed(shift.version.fingerprint, shift.version_id, tuple(shift.left_out), shift.severity_cap)


def act_of(row: Act) -> engine.Act:
    payload = row.payload
    return engine.Act(
        key=str(row.key),
        minute=row.minute,
        action=row.action,
        comment=row.comment,
        reason=payload.get("reason", ""),
        desk=payload.get("desk", ""),
        text=payload.get("text", ""),
        strategy=tuple(payload.get("strategy", ())),
        target=payload.get("target", ""),
        ground=payload.get("ground", ""),
        sequence=row.sequence,
    )


def rows_of(shift: Shift) -> list[Act]:
    """Return the stored acts, asked for once per instance."""
    prefetch_related_objects([shift], "acts")
    return list(shift.acts.all())


def acts_of(shift: Shift) -> tuple[engine.Act, ...]:
    return tuple(act_of(row) for row in rows_of(shift))


def rows_since(shift: Shift, revision: int) -> list[Act]:
    """Return the stored acts after `revision` and up to the shift's own; asked for once per instance."""
    known: tuple[int, list[Act]] | None = shift.__dict__.get("_rows")
    if revision >= shift.revision:
        return []
    if known is None or known[0] > revision:
        rows = shift.acts.filter(sequence__gt=revision, sequence__lte=shift.revision)
        known = shift.__dict__["_rows"] = (revision, list(rows))
    return [row for row in known[1] if row.sequence > revision]


def acts_since(shift: Shift, revision: int) -> tuple[engine.Act, ...]:
    return tuple(act_of(row) for row in rows_since(shift, revision))


def comments_since(shift: Shift, revision: int) -> set[str]:
    """Return the comments acted upon after `revision`, and those of the acts taken back since."""
    rows = rows_since(shift, revision)
    targets = {target for row in rows if (target := row.payload.get("target"))}
    earlier = targets - {str(row.key) for row in rows}
    found = shift.acts.filter(key__in=earlier).values_list("comment", flat=True) if earlier else ()
    return {row.comment for row in rows}.union(found) - {""}


def minute_of(shift: Shift, now: object) -> float:
    """Return the simulated minute of `shift` at `now`; the end once it is over."""
    scenario = scenario_of(shift)
    if not shift.running:
        return scenario.duration
    return clock.minute_at(
        minute=shift.clock_minute,
        since=shift.clock_from,
        pace=shift.pace,
        now=now,  # type: ignore[arg-type]
        duration=scenario.duration,
    )


def world_of(shift: Shift, minute: float) -> World:
    """Return the feed of `shift` at `minute`, by replaying all of it."""
    return replay(scenario_of(shift), shift.seed, acts_of(shift), minute)


def feed_of(shift: Shift, minute: float) -> World:
    """Return the same from the snapshot, for the price of what is new, and remember until when nothing can change.

    Only outside a transaction that writes (see `sandbox.snapshots`).
    """
    known = snapshots.take(shift.key, shift.revision, minute)
    new = acts_since(shift, known.revision if known else 0)
    if known and any(act.minute < known.run.minute for act in new):
        known, new = None, acts_since(shift, 0)
    run = known.run if known else Run(scenario_of(shift), shift.seed)
    world = catch_up(run, new, minute)
    if all(act.minute <= minute for act in new):
        snapshots.keep(shift.key, snapshots.Snapshot(shift.revision, run))
    cache.set(_quiet_key(shift), (minute, world.next_change), QUIET_SECONDS)
    return world


def score_of(shift: Shift, marks: Iterable[ReplyMark] = ()) -> Score:
    """Return the mark of the whole shift; `marks` are those of its replies that count."""
    scenario = scenario_of(shift)
    return score(replay(scenario, shift.seed, acts_of(shift), scenario.duration), marks, exam=not shift.practice)


def is_quiet(shift: Shift, seen_minute: float, minute: float) -> bool:
    """Say, without replaying, that nothing happened by itself between the two minutes; False when not known."""
    known = cache.get(_quiet_key(shift))
    return bool(known and known[0] <= seen_minute + 0.001 and minute < known[1])


def _quiet_key(shift: Shift) -> str:
    return f"sandbox:quiet:{RULES_VERSION}:{shift.key}:{shift.revision}"

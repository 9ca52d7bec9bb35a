"""Writes of a practice shift's clock: stop, speed, move on. In an exam they change nothing."""

from datetime import datetime

from django.db import transaction

from sandbox import playing
from sandbox.engine.public import ARRIVING
from sandbox.engine.replay import replay
from sandbox.engine.world import World
from sandbox.models import Shift
from sandbox.models.pages import Mode
from sandbox.pace import SPEEDS
from sandbox.services import locked

AHEAD_LIMIT = 60  # a jump moves the clock on by one hour at most


@transaction.atomic
def set_clock(*, shift: Shift, paused: bool, now: datetime) -> Shift:
    """Stop or restart the clock; in an exam nothing changes."""
    shift = locked(shift)
    if shift.running and shift.mode == Mode.PRACTICE:
        shift.clock_minute = playing.minute_of(shift, now)
        shift.clock_from = None if paused else now
        shift.save(update_fields=["clock_minute", "clock_from"])
    return shift


@transaction.atomic
def set_speed(*, shift: Shift, factor: float, now: datetime) -> Shift:
    """Let the clock run `factor` times as fast as the scenario's own pace, from now on; in an exam nothing changes."""
    shift = locked(shift)
    if shift.running and shift.mode == Mode.PRACTICE and factor in SPEEDS:
        shift.clock_minute = playing.minute_of(shift, now)
        shift.clock_from = None if shift.clock_from is None else now
        shift.pace = playing.scenario_of(shift).pace * factor
        shift.save(update_fields=["clock_minute", "clock_from", "pace"])
    return shift


@transaction.atomic
def move_on(*, shift: Shift, seen: int, now: datetime) -> Shift:
    """Move the clock on to the next thing that happens by itself; practice only.

    `seen` is the number of arrivals on the desk that asked: a second click of the same desk moves nothing.
    """
    shift = locked(shift)
    if not (shift.running and shift.mode == Mode.PRACTICE):
        return shift
    minute = playing.minute_of(shift, now)
    scenario, acts = playing.scenario_of(shift), playing.acts_of(shift)
    if _arrivals(replay(scenario, shift.seed, acts, minute)) > seen:
        return shift
    end = min(minute + AHEAD_LIMIT, scenario.duration)
    ahead = replay(scenario, shift.seed, acts, end)
    coming = [e.minute for e in ahead.events if e.minute > minute and e.kind in ARRIVING]
    shift.clock_minute = min(coming, default=end)
    shift.clock_from = None if shift.clock_from is None else now
    shift.save(update_fields=["clock_minute", "clock_from"])
    return shift


def _arrivals(world: World) -> int:
    return sum(1 for e in world.events if e.kind in ARRIVING)

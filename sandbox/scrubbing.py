"""The replay of a shift that is over: its feed at any minute."""

from dataclasses import dataclass
from typing import Any

from sandbox import playing, wording
from sandbox.engine.public import public_feed
from sandbox.engine.replay import replay
from sandbox.models import Shift
from sandbox.presenting import Desk
from sandbox.slips import Slip, mood_step


@dataclass(frozen=True, slots=True)
class Scrub:
    """The feed as it stood at one minute of a shift that is over."""

    minute: int
    last: int
    when: str
    mood_word: Any
    backlog: int
    slips: list[Slip]


def scrub_of(shift: Shift, asked: str) -> Scrub:
    """Return the feed at the minute asked for, the end when it makes no sense."""
    scenario = playing.scenario_of(shift)
    last = int(scenario.duration)
    minute = min(int(asked), last) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else last
    world = replay(scenario, shift.seed, playing.acts_of(shift), minute)
    desk = Desk(shift, scenario, public_feed(world))
    slips = list(reversed(desk.slips.values()))
    mood = wording.MOODS[mood_step(world.tension)]
    return Scrub(minute, last, desk.when(minute), mood, desk.feed.backlog, slips)

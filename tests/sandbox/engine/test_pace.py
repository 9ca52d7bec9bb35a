"""A replay is cheap enough to be the only memory of a shift."""

import time
from dataclasses import replace

from sandbox.engine.acts import Act
from sandbox.engine.replay import replay
from tests.sandbox.engine.worlds import comment, world_with
from tests.sandbox.samples import herbarium

ACTIONS = ("keep", "hide", "remove", "reply_public", "escalate")


def big_shift():
    comments = [
        comment(
            f"c{i}",
            minute=i * 0.4,
            kind="question" if i % 3 else "attack",
            severity=i % 4,
            parent=f"c{i - 1}" if i % 5 else "",
        )
        for i in range(500)
    ]
    scenario = replace(world_with(*comments, duration=240.0), background=herbarium().background, background_rate=0.1)
    acts = [
        Act(f"k{i}", i * 0.7 + 1, ACTIONS[i % 5], f"c{i}", reason="insult", desk="legal", text="Bonjour", sequence=i)
        for i in range(300)
    ]
    return scenario, acts


def test_a_shift_of_500_comments_and_300_acts_replays_within_100_ms():
    scenario, acts = big_shift()
    times = []
    for _ in range(7):
        begun = time.process_time()
        world = replay(scenario, 1, acts, 240)
        times.append(time.process_time() - begun)
    assert len(world.comments) >= 500
    assert len(world.acts) == 300
    assert min(times) < 0.1

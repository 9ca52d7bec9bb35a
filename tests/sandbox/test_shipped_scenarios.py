"""The scenarios of the curriculum are well keyed, and say everything in both languages."""

from pathlib import Path

import pytest
import yaml

import courses
from sandbox.engine.parsing import from_dict
from sandbox.engine.players import play
from sandbox.engine.replay import replay
from sandbox.engine.scoring import score

FOLDER = Path(courses.__file__).parent / "curriculum"
FILES = sorted([*FOLDER.glob("*/*/scenario.yaml"), *FOLDER.glob("*/*/pool/*.yaml")])
FAILING = ("idle", "remove_all", "keep_all", "hide_all", "answer_all")


@pytest.fixture(scope="module", params=FILES, ids=lambda f: "/".join(f.parts[-3:-1]))
def scenario(request):
    return from_dict(yaml.safe_load(request.param.read_text(encoding="utf-8")))


def mark(scenario, player, seed):
    return score(replay(scenario, seed, play(scenario, seed, player), scenario.duration))


def test_there_are_scenarios():
    assert len(FILES) >= 2


def test_it_holds_at_least_thirty_comments_and_some_reactions(scenario):
    assert len(scenario.comments) >= 30
    assert len(scenario.reactions) >= 8


@pytest.mark.parametrize("shift", range(3))
def test_a_perfect_moderator_passes_and_reflexes_fail(scenario, shift):
    seed = scenario.seed + shift
    perfect = mark(scenario, "perfect", seed)
    assert perfect.passed, perfect.failures
    assert perfect.result > 0.95
    for player in FAILING:
        assert not mark(scenario, player, seed).passed, player


def test_every_scripted_comment_can_arrive(scenario):
    brought = {r.brings_comment for r in scenario.reactions}
    never = [c.id for c in scenario.comments if c.minute is None and c.id not in brought]
    assert never == []


def test_every_inject_can_arrive(scenario):
    brought = {r.brings_inject for r in scenario.reactions} | {i.contingency for i in scenario.injects.values()}
    assert [i.id for i in scenario.injects.values() if i.minute is None and i.id not in brought] == []

"""Who leaves a topic out never meets it, nor what would follow from it."""

from dataclasses import replace

from sandbox.engine.players import play
from sandbox.engine.replay import replay
from sandbox.engine.scoring import score
from sandbox.engine.trimming import playable, trimmed
from tests.sandbox.engine.worlds import comment, world_with
from tests.sandbox.samples import herbarium

SEEDS = range(6)


def arrived(scenario, seed=7):
    return set(replay(scenario, seed, (), scenario.duration).find)


def test_nothing_left_out_is_the_same_scenario():
    assert trimmed(herbarium()) is herbarium()
    assert trimmed(herbarium(), ["minors"]) is herbarium()


def test_a_topic_left_out_never_comes_nor_do_replies_to_it_its_reactions_or_its_appeal():
    left = trimmed(herbarium(), ["threat", "insult"])
    assert {"c05", "c08", "b02"}.isdisjoint(left.find)
    assert "r4" not in {r.id for r in left.reactions}
    assert left.appeals == {}
    for seed in SEEDS:
        assert {"c05", "c08", "b02"}.isdisjoint(arrived(left, seed))


def test_what_only_touches_on_a_topic_is_left_out_with_it():
    quoting = comment("c", touches=("hate",))
    assert not playable(trimmed(world_with(quoting), ["hate"]))
    assert playable(trimmed(world_with(quoting), ["threat"]))


def test_replies_to_replies_go_too():
    thread = world_with(
        comment("a", reasons=("hate",)), comment("b", parent="a"), comment("c", parent="b"), comment("d")
    )
    assert set(trimmed(thread, ["hate"]).find) == {"d"}


def test_nothing_graver_than_the_cap_comes():
    for cap in (0, 1, 2):
        assert all(c.severity <= cap for c in trimmed(herbarium(), cap=cap).find.values())


def test_a_reaction_that_would_bring_it_is_gone():
    scenario = replace(herbarium(), comments=tuple(
        replace(c, touches=("privacy",)) if c.id == "c10" else c for c in herbarium().comments
    ))  # fmt: skip
    assert {r.id for r in trimmed(scenario, ["privacy"]).reactions} == {"r1", "r3", "r4", "r5"}


def test_what_is_left_can_be_played_and_passed():
    left = trimmed(herbarium(), ["threat"], cap=2)
    for seed in SEEDS:
        assert score(replay(left, seed, play(left, seed, "perfect"), left.duration)).passed

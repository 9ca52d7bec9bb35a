"""An exam certifies nothing on too few decisions, nor on a result it is not sure of."""

from sandbox.engine import constants
from sandbox.engine.replay import replay
from sandbox.engine.scoring import score
from tests.sandbox.engine.worlds import act, comment, world_with

HARMFUL = {"severity": 2, "reasons": ("insult",), "key": {"remove": 1.0}}


def shift(n, wrong=0, exam=True):
    """`n` comments, half of them harmful; every act right but the first `wrong` ones."""
    comments = [comment(f"c{i}", **(HARMFUL if i % 2 else {})) for i in range(n)]
    right = [act(1, "remove" if i % 2 else "keep", f"c{i}") for i in range(wrong, n)]
    scenario = world_with(*comments)
    return score(replay(scenario, 7, right, scenario.duration), exam=exam)


def test_forty_decisions_are_needed():
    assert shift(constants.EXAM_ITEMS - 1).failures == ("too_few",)
    assert shift(constants.EXAM_ITEMS).passed
    assert shift(constants.EXAM_ITEMS - 1, exam=False).passed


def test_the_whole_interval_must_lie_above_the_floor():
    sure, unsure = shift(44, wrong=2), shift(44, wrong=16)
    assert sure.passed
    assert sure.evidence.low <= sure.result <= sure.evidence.high
    assert unsure.result > constants.EXAM_FLOOR > unsure.evidence.low
    assert "uncertain" in unsure.failures
    assert not unsure.passed


def test_the_interval_is_the_same_each_time_it_is_drawn():
    assert shift(42, wrong=5).evidence == shift(42, wrong=5).evidence


def test_practice_asks_for_no_evidence():
    assert shift(4, exam=False).evidence is None

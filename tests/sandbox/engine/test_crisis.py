"""A crisis in figures, from the signal on."""

from dataclasses import replace

import pytest

from sandbox.engine.replay import replay
from sandbox.engine.scenario import Crisis, Inject
from sandbox.engine.scoring import crisis_of
from tests.sandbox.engine.worlds import T, act, comment, world_with

SIGNAL = comment(
    "signal", minute=2.0, kind="complaint", key={"reply_public": 1.0, "escalate": 0.7}, escalate_to="security"
)
RUMOUR = comment("rumour", minute=10.0, reasons=("misinformation",), severity=3, views_per_minute=10, key={"hide": 1.0})
FAIR = comment("fair", minute=3.0, protected="criticism")
CALL = Inject("call", "manager", T, T, minute=12.0, expects="statement", within=10.0)


def crisis(*acts, **fields):
    scenario = world_with(
        comment("small", minute=0.5), SIGNAL, RUMOUR, FAIR, injects={"call": CALL},
        crisis=Crisis("accident", ("inform", "empathise", "diminish")), **fields,
    )  # fmt: skip
    return crisis_of(replay(scenario, 1, acts, scenario.duration))


def say(minute, *strategy):
    return act(minute, "statement", "", strategy=strategy, key=f"said:{minute}")


def test_what_never_came_has_no_minute():
    log = crisis()
    assert (log.signal, log.heeded, log.escalated, log.spoken, log.rumour) == (2.0, None, None, None, None)
    assert (log.questions, log.expected, log.criticism, log.fitting) == ((0, 1), (0, 1), (1, 1), None)


def test_minutes_count_from_the_signal():
    log = crisis(act(5.0, "reply_public", "signal"), act(7.0, "escalate", "signal"), say(14.0, "inform"))
    assert (log.heeded, log.escalated, log.spoken) == (3.0, 5.0, 12.0)
    assert (log.questions, log.expected, log.fitting) == ((1, 1), (1, 1), True)


def test_a_desk_told_of_the_situation_counts_and_one_told_before_the_signal_does_not():
    early = act(1.0, "escalate", "", key="early")
    assert crisis(early).escalated is None
    assert crisis(early, act(6.0, "escalate", "", key="late")).escalated == 4.0


def test_a_signal_taken_down_is_not_taken_seriously():
    assert crisis(act(4.0, "remove", "signal")).heeded is None


@pytest.mark.parametrize(
    ("word", "minutes"),
    [
        (act(13.0, "label", "rumour"), 3.0),
        (say(16.0, "deny"), 6.0),
        (act(13.0, "hide", "rumour"), None),
        (say(16.0, "bolster"), None),
    ],
)
def test_a_rumour_is_corrected_by_words_and_not_by_hiding_it(word, minutes):
    assert crisis(word).rumour == minutes


def test_a_statement_that_contradicts_the_one_before_is_counted():
    log = crisis(say(14.0, "deny"), say(20.0, "apologise"), say(30.0, "repair"))
    assert (log.statements, log.contradictions, log.fitting) == (3, 1, False)


def test_fair_criticism_taken_down_is_counted_and_grave_views_stop_with_the_restriction():
    log = crisis(act(8.0, "remove", "fair"), act(20.0, "hide", "rumour"))
    assert log.criticism == (0, 1)
    assert log.grave_views == pytest.approx(100.0)


def test_an_ordinary_day_has_no_log():
    scenario = replace(world_with(SIGNAL), crisis=None)
    assert crisis_of(replay(scenario, 1, (), scenario.duration)) is None

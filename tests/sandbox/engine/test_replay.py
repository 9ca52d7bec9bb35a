"""What must hold of every shift, whatever is done in it."""

import random
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.engine import constants
from sandbox.engine.acts import IllegalAct
from sandbox.engine.players import PLAYERS, play
from sandbox.engine.public import public_feed
from sandbox.engine.replay import act_now, replay
from sandbox.engine.run import Run
from sandbox.engine.scenario import Inject, Reaction
from sandbox.engine.scoring import score
from tests.sandbox.engine.worlds import T, act, act_lists, comment, undo, world_with
from tests.sandbox.samples import herbarium

END = herbarium().duration
MINUTES = st.integers(0, 600).map(lambda tenth: tenth / 10)
SEEDS = st.integers(0, 2**31)


@given(act_lists(), SEEDS, MINUTES)
@settings(max_examples=60, deadline=None)
def test_equal_arguments_give_an_equal_world(acts, seed, minute):
    assert replay(herbarium(), seed, acts, minute) == replay(herbarium(), seed, list(acts), minute)


@given(act_lists(), SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_replay_equals_what_was_lived(acts, seed):
    """Live: each act met the world as it stood, asked for many times in between."""
    log = sorted(acts, key=lambda a: (a.minute, a.sequence))
    done = []
    for each in log:
        replay(herbarium(), seed, done, each.minute)
        try:
            lived = act_now(herbarium(), seed, done, each)
        except IllegalAct:
            continue
        done.append(each)
        assert lived == replay(herbarium(), seed, done, each.minute)
    assert replay(herbarium(), seed, done, END) == run_in_steps(seed, done)


def run_in_steps(seed, acts):
    run = Run(herbarium(), seed)
    pending = sorted(acts, key=lambda a: (a.minute, a.sequence))
    for tenth in range(601):
        while pending and pending[0].minute <= tenth / 10:
            run.apply(pending.pop(0))
        run.advance(tenth / 10)
    return run.world()


@given(act_lists(), SEEDS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_duplicates_and_the_order_of_arrival_change_nothing(acts, seed, dice):
    shuffled = [*acts, *acts[:3]]
    dice.shuffle(shuffled)
    assert replay(herbarium(), seed, shuffled, END) == replay(herbarium(), seed, acts, END)


@given(act_lists(), SEEDS, MINUTES)
@settings(max_examples=60, deadline=None)
def test_the_past_does_not_depend_on_what_comes_later(acts, seed, minute):
    before = [a for a in acts if a.minute <= minute]
    assert replay(herbarium(), seed, acts, minute) == replay(herbarium(), seed, before, minute)


@given(act_lists(), SEEDS, MINUTES)
@settings(max_examples=60, deadline=None)
def test_the_public_view_holds_nothing_of_the_future_or_of_the_key(acts, seed, minute):
    world = replay(herbarium(), seed, acts, minute)
    feed = public_feed(world)
    assert all(c.arrived <= minute for c in feed.comments)
    assert all(i.arrived <= minute for i in feed.injects)
    assert all(p.minute <= minute for p in feed.posts)
    shown = repr(asdict(feed))
    arrived = set(world.find)
    for each in herbarium().find.values():
        assert each.rationale.fr not in shown or each.rationale.fr in {c.text.fr for c in feed.comments}
        if each.id not in arrived:
            assert each.text.fr not in shown
    fields = set(asdict(feed.comments[0])) if feed.comments else set()
    assert not fields & {"key", "severity", "reasons", "votes", "forbidden", "rationale", "trap", "kind", "side"}


@given(act_lists(), SEEDS)
@settings(max_examples=60, deadline=None)
def test_mood_and_every_mark_stay_within_bounds(acts, seed):
    world = replay(herbarium(), seed, acts, END)
    assert len(world.mood) == END + 1
    assert all(0 <= t <= 1 for t in world.mood)
    mark = score(world)
    assert 0 <= mark.result <= 1
    assert all(0 <= p.value <= 1 for p in mark.parts if p.value is not None)
    assert all(0 <= i.credit <= 1 and 0 <= i.timeliness <= 1 for i in mark.items)
    assert all(i.miss_cost <= i.miss_top + 1e-9 and i.over_cost <= i.over_top for i in mark.items)


@given(st.sampled_from(["keep", "hide", "remove", "ban", "mute_temp", "escalate", "warn", "limit"]), SEEDS)
@settings(max_examples=60, deadline=None)
def test_undoing_at_once_restores_the_world(kind, seed):
    slow = replace(herbarium(), reactions=tuple(replace(r, after=max(r.after, 0.5)) for r in herbarium().reactions))
    done = act(10, kind, "c02")
    untouched = replay(slow, seed, [], END)
    undone = replay(slow, seed, [done, undo(10, done)], END)
    assert undone.comments == untouched.comments
    assert undone.mood == untouched.mood
    assert undone.acts == ()


def test_one_more_act_does_not_reshuffle_the_other_draws():
    seed = 11
    without = replay(herbarium(), seed, [], END)
    with_note = replay(herbarium(), seed, [act(4, "note", "c01")], END)
    assert [c.arrived for c in with_note.comments] == [c.arrived for c in without.comments]


def test_what_was_published_cannot_be_unsaid():
    reply = act(2, "reply_public", "c01")
    with pytest.raises(IllegalAct, match="published"):
        act_now(herbarium(), 7, [reply], undo(3, reply))


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (act(2, "hide", "c01", reason=""), "reason_required"),
        (act(2, "hide", "c01", reason="none"), "reason_required"),
        (act(2, "hide", "c01", reason="ugly"), "unknown_reason"),
        (act(2, "escalate", "c01", desk=""), "desk_required"),
        (act(2, "reply_public", "c01", text=" "), "text_required"),
        (act(2, "reply_public", "c01", text="x" * (constants.MAX_TEXT + 1)), "text_too_long"),
        (act(2, "explode", "c01"), "unknown_action"),
        (act(2, "keep", ""), "comment_required"),
        (act(2, "keep", "c02"), "unknown_comment"),
        (act(2, "keep", "nowhere"), "unknown_comment"),
        (act(60, "keep", "c01"), "shift_over"),
        (act(2, "statement", "", strategy=("shrug",)), "unknown_strategy"),
        (undo(2, act(1, "keep", "c01")), "nothing_to_undo"),
    ],
)
def test_the_rules_refuse_what_cannot_be(bad, code):
    with pytest.raises(IllegalAct) as refusal:
        act_now(herbarium(), 7, [], bad)
    assert refusal.value.code == code


def test_a_refused_act_of_the_log_is_noted_and_changes_nothing():
    world = replay(herbarium(), 7, [act(2, "keep", "nowhere")], END)
    assert [e.detail for e in world.events if e.kind == "refusal"] == ["unknown_comment"]
    assert world.comments == replay(herbarium(), 7, [], END).comments


# -- consequences ------------------------------------------------------------------------------------------------------


def arrivals(world):
    return {c.comment.id: c.arrived for c in world.comments}


def test_a_removed_criticism_comes_back_as_a_screenshot():
    seed = next(s for s in range(50) if "c09" in arrivals(replay(herbarium(), s, [act(4, "remove", "c02")], END)))
    assert arrivals(replay(herbarium(), seed, [act(4, "remove", "c02")], END))["c09"] == 7
    assert "c09" not in arrivals(replay(herbarium(), seed, [act(4, "keep", "c02")], END))


def test_a_decision_changed_in_time_brings_no_reaction():
    removal = act(4, "remove", "c02")
    for seed in range(10):
        assert "c09" not in arrivals(replay(herbarium(), seed, [removal, undo(6, removal)], END))
        assert "c09" not in arrivals(replay(herbarium(), seed, [removal, act(6, "restore", "c02")], END))


def test_an_unanswered_question_is_asked_again_and_an_answered_one_is_not():
    assert arrivals(replay(herbarium(), 7, [], END))["c10"] == 17
    assert "c10" not in arrivals(replay(herbarium(), 7, [act(10, "reply_public", "c01")], END))
    assert "c10" in arrivals(replay(herbarium(), 7, [act(17, "reply_public", "c01")], END))


@pytest.mark.parametrize(
    ("minute", "answered"), [(9.9, None), (10.0, 20.0), (19.0, 20.0), (25.0, 25.0), (29.9, 29.9), (30.1, None)]
)
def test_a_statement_made_just_before_it_is_asked_for_answers_too(minute, answered):
    injects = {
        "ask": Inject("ask", "manager", T, T, minute=20.0, expects="statement", within=10.0, contingency="silence"),
        "silence": Inject("silence", "press", T, T),
    }
    world = replay(world_with(comment(), injects=injects), 1, [act(minute, "statement", "")], 60.0)
    found = {state.inject.id: state.answered for state in world.injects}
    assert found["ask"] == answered
    assert ("silence" in found) is (answered is None)


@pytest.mark.parametrize("minute", [19.0, 21.0])
def test_a_timely_statement_calms_once_whether_it_came_before_or_after(minute):
    ask = Inject("ask", "manager", T, T, minute=20.0, expects="statement", within=10.0)
    quiet, twice = (
        replay(world_with(comment(), tension=0.5, injects={"ask": ask}), 1, acts, 40.0)
        for acts in ([], [act(minute, "statement", ""), act(25.0, "statement", "", key="again")])
    )
    gained = (quiet.mood[22] - twice.mood[22]) / 0.97 ** max(0, 22 - int(max(minute, 20.0)) - 1)
    assert gained == pytest.approx(0.06)
    assert twice.mood[39] < quiet.mood[39]


def test_an_alert_given_before_it_is_asked_for_is_another_alert():
    ask = Inject("ask", "journalist", T, T, minute=20.0, expects="escalate", within=10.0)
    world = replay(world_with(comment(), injects={"ask": ask}), 1, [act(19.0, "escalate")], 60.0)
    assert world.injects[0].answered is None


def test_an_expected_statement_that_does_not_come_brings_the_contingency():
    statement = act(30, "statement", "")
    assert {i.inject.id for i in replay(herbarium(), 7, [act(12, "remove", "c05")], END).injects} == {"i1", "i3"}
    calm = replay(herbarium(), 7, [act(12, "remove", "c05"), statement], END)
    assert {i.inject.id: i.answered for i in calm.injects} == {"i1": 30}


def test_a_banned_author_writes_no_more_unless_the_ban_is_lifted():
    ban = act(10, "ban", "c05")
    assert "c08" not in arrivals(replay(herbarium(), 7, [ban], END))
    assert "c08" in arrivals(replay(herbarium(), 7, [ban, undo(15, ban)], END))
    assert "c08" in arrivals(replay(herbarium(), 7, [ban, act(15, "restore", "c05")], END))


def test_a_muted_author_writes_again_later():
    talk = world_with(comment("a"), comment("b", minute=30), comment("c", minute=100), duration=120.0)
    assert set(arrivals(replay(talk, 7, [act(5, "mute_temp", "a")], 120))) == {"a", "c"}


def test_a_limited_thread_takes_no_more_replies():
    talk = world_with(comment("a"), comment("b", minute=10, parent="a"), comment("c", minute=10))
    assert set(arrivals(replay(talk, 7, [act(5, "limit", "a")], END))) == {"a", "c"}


def test_views_count_only_while_the_public_sees_it():
    talk = world_with(comment("a", views_per_minute=2.0))
    hidden = replay(talk, 7, [act(10, "hide", "a"), act(30, "restore", "a")], 40).find["a"]
    assert hidden.views == 2 * (10 + 10)


def test_a_reaction_with_probability_zero_never_comes_and_with_one_always():
    for probability, expected in ((0.0, {"a"}), (1.0, {"a", "b"})):
        talk = world_with(
            comment("a"),
            comment("b", minute=None),
            reactions=(Reaction("r", "a", "hidden", brings_comment="b", probability=probability),),
        )
        for seed in range(20):
            assert set(arrivals(replay(talk, seed, [act(5, "hide", "a")], END))) == expected


def test_kept_for_a_time_means_still_standing():
    talk = world_with(
        comment("a"), comment("b", minute=None),
        reactions=(Reaction("r", "a", "kept", lasting=10, brings_comment="b"),),
    )  # fmt: skip
    assert "b" in arrivals(replay(talk, 7, [], END))
    assert "b" not in arrivals(replay(talk, 7, [act(9, "hide", "a")], END))


# -- mood --------------------------------------------------------------------------------------------------------------


def peak(scenario, *acts):
    return max(replay(scenario, 7, acts, END).mood)


def test_grave_items_left_standing_heat_the_crowd_and_removing_them_cools_it():
    threat = world_with(comment("a", severity=3, reasons=("threat",)))
    assert peak(threat) > 0.2
    assert peak(threat, act(1, "remove", "a")) < 0.1


def test_removing_a_fair_criticism_costs_once():
    critic = world_with(comment("a", protected="criticism"))
    calm = replay(critic, 7, [], 3).tension
    once = replay(critic, 7, [act(1.5, "remove", "a")], 3).tension
    assert once - calm == pytest.approx(constants.MOOD_PER_CRITICISM_REMOVED * constants.MOOD_MEMORY)
    again = [act(1.5, "remove", "a"), act(2.5, "restore", "a"), act(2.6, "remove", "a")]
    assert replay(critic, 7, again, 3).tension == once


def test_questions_past_their_service_level_weigh_each_minute():
    asks = world_with(comment("a", kind="question"), question_level=10.0)
    early, late = replay(asks, 7, [], 10), replay(asks, 7, [], 30)
    assert early.tension < 0.08 < late.tension + 0.03
    assert replay(asks, 7, [act(5, "reply_public", "a")], 30).tension < late.tension


def test_a_timely_statement_calms_and_a_contradiction_heats():
    call = Inject("i", "manager", T, T, minute=10, expects="statement", within=15)
    tense = world_with(comment("a"), injects={"i": call}, tension=0.6)
    silent = replay(tense, 7, [], 30).tension
    said = act(20, "statement", "", strategy=("deny",))
    assert replay(tense, 7, [said], 30).tension < silent
    wavering = [said, act(25, "statement", "", strategy=("apologise",), key="second")]
    assert replay(tense, 7, wavering, 30).tension > replay(tense, 7, [said], 30).tension


def test_a_strategy_that_fits_calms_and_one_that_misfits_heats():
    crisis = world_with(comment("a"), tension=0.6, crisis=herbarium().crisis)
    silent = replay(crisis, 7, [], 30).tension
    assert replay(crisis, 7, [act(20, "statement", "", strategy=("inform",))], 30).tension < silent
    assert replay(crisis, 7, [act(20, "statement", "", strategy=("deny",))], 30).tension > silent


def test_a_tenser_crowd_brings_more_background_and_more_hostility():
    crowd = tuple(comment(f"b{i}", minute=None, hostile=i % 2 == 0) for i in range(80))
    counts = {}
    for tension in (0.0, 0.9):
        busy = world_with(comment("a"), background=crowd, background_rate=0.2, tension=tension)
        worlds = [replay(busy, seed, [], 20) for seed in range(30)]
        come = [c for w in worlds for c in w.comments if c.comment.id != "a"]
        counts[tension] = (len(come), sum(c.comment.hostile for c in come) / len(come))
    assert counts[0.9][0] > 3 * counts[0.0][0]
    assert counts[0.9][1] > 2 * counts[0.0][1]


# -- simulated players -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("player", sorted(PLAYERS))
def test_a_players_acts_are_legal_and_replay_to_what_they_lived(player):
    acts = play(herbarium(), 7, player)
    world = replay(herbarium(), 7, acts, END)
    assert not [e for e in world.events if e.kind == "refusal"]
    assert len(world.acts) == len(acts)


def test_the_order_of_a_log_read_from_a_file_does_not_matter():
    acts = list(play(herbarium(), 7, "careful"))
    random.Random(3).shuffle(acts)
    assert replay(herbarium(), 7, acts, END) == replay(herbarium(), 7, play(herbarium(), 7, "careful"), END)

"""The mark, part by part, against figures worked out by hand."""

from dataclasses import replace

import pytest

from sandbox.engine import constants
from sandbox.engine.credit import best_action, credit, expected_level, needs_restriction, ranking
from sandbox.engine.debrief import debrief
from sandbox.engine.players import play
from sandbox.engine.replay import replay
from sandbox.engine.scoring import detect, items_of, score
from sandbox.engine.scoring.agreement import weighted_kappa
from sandbox.engine.scoring.detection import sensitivity
from sandbox.engine.scoring.items import miss, over, tau
from sandbox.engine.scoring.replies import ReplyMark, hints, reply_score
from tests.sandbox.engine.worlds import T, act, comment, world_with
from tests.sandbox.samples import herbarium

END = herbarium().duration
HARMFUL = {"severity": 2, "reasons": ("insult",), "key": {"remove": 1.0, "hide": 0.7, "ban": 0.4}}


def marked(*acts, **fields):
    """The only item of a shift of one comment."""
    scenario = world_with(comment("c", **fields))
    return items_of(replay(scenario, 7, acts, END))[0]


def result(scenario, *acts):
    return score(replay(scenario, 7, acts, END))


# -- credit ------------------------------------------------------------------------------------------------------------


def test_until_a_panel_has_voted_the_authors_weights_stand():
    item = comment(key={"remove": 1.0, "hide": 0.7})
    assert (credit(item, "remove"), credit(item, "hide"), credit(item, "keep")) == (1.0, 0.7, 0.0)


def test_votes_take_over_as_the_panel_grows():
    item = comment(key={"remove": 1.0, "hide": 0.4}, votes={"hide": 8, "remove": 4})
    # m = 12; p(hide) = 1, p(remove) = 0.5; (m p + 5 w) / (m + 5)
    assert credit(item, "hide") == pytest.approx((12 * 1 + 5 * 0.4) / 17)
    assert credit(item, "remove") == pytest.approx((12 * 0.5 + 5 * 1) / 17)
    assert best_action(item) == "hide"


def test_a_forbidden_action_earns_nothing_even_when_voted():
    item = comment(key={"hide": 1.0}, votes={"keep": 10}, forbidden={"keep": T})
    assert credit(item, "keep") == 0


def test_a_clear_cut_item_credits_only_what_its_author_listed():
    votes = {"hide": 9, "remove": 1}
    assert credit(comment(key={"remove": 1.0}, votes=votes, clear_cut=True), "hide") == 0
    assert credit(comment(key={"remove": 1.0}, votes=votes), "hide") > 0


@pytest.mark.parametrize(
    ("key", "level"),
    [
        ({"keep": 1.0}, 0),
        ({"label": 1.0}, 1),
        ({"hide": 1.0, "remove": 1.0}, 2),
        ({"remove": 1.0, "ban": 0.7}, 3),
        ({"report_authority": 1.0, "remove": 0.7}, 3),
        ({"escalate": 1.0, "hide": 0.4}, 0),
        ({"reply_private": 1.0, "escalate": 0.7}, 0),
        ({"ban": 1.0}, 5),
    ],
)
def test_the_expected_level_is_that_of_the_best_action_on_the_ladder(key, level):
    assert expected_level(comment(key=key)) == level
    assert needs_restriction(comment(key=key)) is (level >= 2)


def test_the_ranking_puts_the_best_first_and_leaves_out_what_earns_nothing():
    assert ranking(comment(key={"hide": 0.4, "keep": 0.0, "remove": 1.0})) == (("remove", 1.0), ("hide", 0.4))


# -- decision ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("acts", "action", "earned"),
    [
        ([], "", 0),
        ([act(5, "remove")], "remove", 1),
        ([act(5, "hide")], "hide", 0.7),
        ([act(5, "hide"), act(6, "remove")], "remove", 1),
        ([act(5, "remove"), act(6, "hide")], "remove", 1),
        ([act(5, "remove"), act(6, "restore")], "restore", 0),
        ([act(5, "remove"), act(6, "warn")], "remove", 1),
        ([act(5, "keep")], "keep", 0),
        ([act(5, "keep"), act(9, "remove")], "remove", 1),
        ([act(5, "skip")], "", 0),
        ([act(5, "reply_public"), act(6, "remove")], "remove", 1),
    ],
)
def test_the_standing_at_the_end_is_the_decision(acts, action, earned):
    item = marked(*acts, **HARMFUL)
    assert (item.action, item.credit) == (action, earned)


def test_answering_says_more_than_keeping():
    key = {"reply_public": 1.0, "keep": 0.4}
    assert marked(act(5, "keep"), act(6, "reply_public"), key=key).credit == 1
    assert marked(act(5, "keep"), key=key).credit == 0.4


def test_an_act_off_the_ladder_counts_when_listed_and_redeems_no_wrong_standing():
    key = {"escalate": 1.0, "hide": 0.7}
    fields = {"key": key, "escalate_to": "security", "reasons": ("threat",)}
    assert marked(act(5, "escalate"), **fields).credit == 1
    assert marked(act(5, "escalate"), act(6, "keep"), **fields).credit == 1
    assert marked(act(5, "escalate"), act(6, "hide"), **fields).credit == 1
    assert marked(act(5, "escalate"), act(6, "reply_public"), **fields).credit == 0
    assert marked(act(5, "escalate"), act(6, "ban"), **fields).credit == 0


def test_keeping_and_passing_on_earns_the_better_of_the_two():
    fields = {"key": {"keep": 1.0, "escalate": 0.7}, "escalate_to": "security", "reasons": ("none",)}
    assert marked(act(5, "keep"), act(6, "escalate"), **fields).credit == 1
    assert marked(act(5, "escalate"), **fields).credit == 0.7
    assert marked(act(5, "remove"), act(6, "escalate"), **fields).credit == 0


def test_a_missing_companion_costs_a_fifth():
    fields = HARMFUL | {"companion": ("report_platform",)}
    assert marked(act(5, "remove"), **fields).credit == pytest.approx(0.8)
    assert marked(act(5, "remove"), act(6, "report_platform"), **fields).credit == 1


def test_a_forbidden_action_in_force_is_a_critical_mistake_and_one_replaced_is_not():
    fields = {"key": {"keep": 1.0}, "forbidden": {"remove": T}}
    assert marked(act(5, "remove"), **fields).critical == "remove"
    assert marked(act(5, "remove"), act(6, "restore"), **fields).critical == ""
    assert marked(act(5, "ban"), **fields).critical == ""


def test_a_forbidden_reply_stays_a_mistake_whatever_follows():
    fields = HARMFUL | {"forbidden": {"reply_public": T}}
    assert marked(act(5, "reply_public"), act(6, "remove"), **fields).critical == "reply_public"


def test_a_grave_item_left_standing_counts_as_kept():
    fields = {"severity": 3, "key": {"remove": 1.0}, "reasons": ("threat",), "forbidden": {"keep": T}}
    assert marked(**fields).critical == "keep"
    assert marked(act(5, "reply_public"), **fields).critical == "keep"
    assert marked(act(5, "remove"), **fields).critical == ""
    assert marked(**(fields | {"severity": 2})).critical == ""


def test_the_decision_is_balanced_between_what_must_go_and_what_must_stay():
    keepers = [comment(f"k{i}") for i in range(9)]
    scenario = world_with(*keepers, comment("bad", **HARMFUL))
    all_kept = [act(5, "keep", c.id) for c in (*keepers, comment("bad"))]
    part = result(scenario, *all_kept).part("decision")
    assert part.value == 0.5
    assert (part.inputs["n_restricted"], part.inputs["n_others"]) == (1, 9)


def test_what_arrives_at_the_very_end_and_is_left_alone_is_not_scored():
    scenario = world_with(comment("a"), comment("b", minute=56.0), comment("c", minute=57.0))
    items = items_of(replay(scenario, 7, [act(58, "keep", "c")], END))
    assert [i.comment.id for i in items] == ["a", "c"]


# -- harm --------------------------------------------------------------------------------------------------------------


def test_a_miss_costs_by_severity_gap_and_views():
    item = comment(severity=3)
    cost, top = miss(item, 3, 0, 99, 999)
    assert cost == pytest.approx(8 * (1 + 2 / 3))
    assert top == pytest.approx(8 * (1 + 3 / 3))
    assert miss(item, 3, 2, 0, 0)[0] == pytest.approx(8 / 3)
    assert miss(item, 3, 5, 99, 99)[0] == 0
    assert miss(item, 0, 0, 99, 99) == (0, 0)


@pytest.mark.parametrize(("protected", "quality"), [("none", 1), ("criticism", 2), ("speech", 3)])
def test_over_moderation_costs_by_what_was_taken_away(protected, quality):
    assert over(comment(protected=protected), 0, 3) == (3 * quality, 5 * quality)
    assert over(comment(protected=protected), 0, 0) == (0, 5 * quality)
    assert over(comment(protected=protected), 3, 5) == (0, 0)


def test_the_two_harms_are_never_mixed():
    scenario = world_with(comment("good"), comment("bad", **HARMFUL))
    harm = result(scenario, act(1, "remove", "good"), act(1, "remove", "bad")).part("harm")
    assert harm.inputs["h_miss"] == 1
    assert harm.inputs["h_over"] == pytest.approx(1 - 3 / 5)
    assert harm.value == pytest.approx((2 / 5) ** 0.5)


# -- detection, timeliness, agreement ----------------------------------------------------------------------------------


def test_sensitivity_and_bias_match_the_worked_example():
    d, c = sensitivity(18, 20, 4, 20)
    assert d == pytest.approx(1.971, abs=5e-4)
    assert c == pytest.approx(-0.194, abs=5e-4)


def test_one_who_removes_everything_leans_below_zero_and_one_who_keeps_above():
    scenario = herbarium()
    biases = {p: result(scenario, *play(scenario, 7, p)).detection.bias for p in ("remove_all", "keep_all", "perfect")}
    assert biases["remove_all"] < -0.5 < biases["perfect"] < 0.5 < biases["keep_all"]


def test_detection_needs_both_kinds():
    assert detect(items_of(replay(world_with(comment("a")), 7, [], END))) is None


@pytest.mark.parametrize(
    ("delay", "deadline", "expected"),
    [(None, 15, 0), (0, 15, 1), (15, 15, 1), (30, 15, 0.5), (45, 15, 0.25), (100, None, 1)],
)
def test_timeliness_halves_with_each_service_level_of_delay(delay, deadline, expected):
    assert tau(delay, deadline) == expected


def test_a_fast_wrong_answer_earns_nothing():
    scenario = world_with(comment("bad", **HARMFUL))
    assert result(scenario, act(1, "keep", "bad")).part("timeliness").value == 0
    assert result(scenario, act(1, "remove", "bad")).part("timeliness").value == 1


@pytest.mark.parametrize(
    ("severity", "kind", "level"),
    [(4, "attack", 5), (3, "attack", 15), (2, "spam", 60), (1, "spam", 240), (0, "question", 60), (1, "complaint", 60),
     (0, "praise", None)],
)  # fmt: skip
def test_service_levels_follow_severity_and_waiting_customers(severity, kind, level):
    assert herbarium().service_level(comment(severity=severity, kind=kind)) == level


def test_weighted_kappa_matches_hand_worked_tables():
    assert weighted_kappa([(0, 0), (3, 3), (5, 5)]) == 1
    assert weighted_kappa([(0, 5), (5, 0)]) == pytest.approx(-1)
    # observed 9/4, by chance (levels 0, 0, 3, 3 against 0, 3, 3, 0): (8 * 9) / 16
    assert weighted_kappa([(0, 0), (0, 3), (3, 3), (3, 0)]) == pytest.approx(0)
    assert weighted_kappa([]) is None
    assert weighted_kappa([(2, 2), (2, 2)]) is None


# -- replies, escalation, reason ---------------------------------------------------------------------------------------

FULL = dict.fromkeys(constants.RUBRIC, 3)


def test_a_reply_is_marked_by_its_weighted_rubric():
    assert reply_score(ReplyMark("k", FULL)) == 1
    assert reply_score(ReplyMark("k", FULL | {"accurate": 0})) == pytest.approx(1 - 2 / 13)
    assert reply_score(ReplyMark("k", FULL, capped=True)) == 0


@pytest.mark.parametrize("marks", [{}, FULL | {"tone": 4}, FULL | {"style": 1}])
def test_a_mark_outside_the_rubric_is_refused(marks):
    with pytest.raises(ValueError, match=r"mark|criterion"):
        reply_score(ReplyMark("k", marks))


def test_unmarked_replies_are_pending_and_left_out():
    scenario = world_with(comment("a", key={"reply_public": 1.0}))
    reply = act(5, "reply_public", "a")
    pending = result(scenario, reply)
    assert pending.part("replies").value is None
    assert pending.part("replies").pending
    assert pending.result == 1
    world = replay(scenario, 7, [reply], END)
    low = score(world, [ReplyMark(reply.key, FULL, capped=True)])
    assert low.part("replies").value == 0
    assert not low.part("replies").pending
    assert low.result < 1


def test_hints_are_hints():
    assert "personal_data" in hints("Appelez-moi au 06 12 34 56 78, merci beaucoup à vous.")
    assert "threat" in hints("We will take legal action against you for this comment.")
    assert "shouting" in hints("NOUS AVONS BIEN REÇU VOTRE COMMENTAIRE MERCI")
    assert hints("Bonjour Léa, merci, je regarde et je vous réponds en message privé.") == ()


def test_forgetting_to_escalate_costs_more_than_escalating_once_too_often():
    fields = {"severity": 3, "key": {"escalate": 1.0}, "reasons": ("threat",), "escalate_to": "security"}
    scenario = world_with(comment("a", **fields), comment("b", **fields), comment("c"))
    forgot = result(scenario, act(1, "escalate", "a")).part("escalation").value
    too_many = result(scenario, *(act(1, "escalate", c) for c in "abc")).part("escalation").value
    exact = result(scenario, act(1, "escalate", "a"), act(1, "escalate", "b")).part("escalation").value
    assert forgot < too_many < exact == 1
    assert forgot == pytest.approx(5 * 1 * 0.5 / (4 * 1 + 0.5))


def test_the_wrong_desk_is_half_an_escalation():
    fields = {"key": {"escalate": 1.0}, "escalate_to": "legal"}
    assert result(world_with(comment("a", **fields)), act(1, "escalate", "a")).part("escalation").value == 0.5


@pytest.mark.parametrize(("reason", "value"), [("insult", 1), ("off_topic", 0.5), ("hate", 0)])
def test_a_reason_counts_exactly_or_by_its_category(reason, value):
    scenario = world_with(comment("a", **HARMFUL))
    assert result(scenario, act(1, "remove", "a", reason=reason)).part("reason").value == value


# -- result ------------------------------------------------------------------------------------------------------------


def test_the_weights_are_renormalised_over_what_was_exercised():
    mark = result(world_with(comment("a")), act(1, "keep", "a"))
    assert {p.name for p in mark.parts if p.value is not None} == {"decision", "harm"}
    assert mark.result == 1


def test_a_shift_that_is_not_over_has_no_mark():
    with pytest.raises(ValueError, match="not over"):
        score(replay(herbarium(), 7, [], 30))


def test_a_critical_mistake_fails_the_best_of_results():
    scenario = herbarium()
    acts = [a for a in play(scenario, 7, "perfect") if a.comment != "c02"]
    mark = result(scenario, *acts, act(4, "remove", "c02"))
    assert "critical" in mark.failures
    assert not mark.passed


@pytest.mark.parametrize("seed", range(8))
def test_the_players_come_out_in_order(seed):
    scenario = herbarium()
    marks = {}
    for player in ("perfect", "careful", "remove_all", "hide_all", "keep_all", "idle"):
        marks[player] = score(replay(scenario, seed, play(scenario, seed, player), END))
    assert marks["perfect"].passed
    assert marks["perfect"].result > 0.95
    assert not any(marks[p].passed for p in ("idle", "remove_all", "keep_all", "hide_all"))
    assert marks["careful"].result > max(marks[p].result for p in ("remove_all", "hide_all", "keep_all", "idle"))


# -- debrief -----------------------------------------------------------------------------------------------------------


def test_the_dearest_moments_are_those_a_replay_shows_to_cost_most():
    scenario = herbarium()
    analysis = debrief(scenario, 7, play(scenario, 7, "keep_all"))
    assert 1 <= len(analysis.pivots) <= 5
    assert analysis.pivots[0].item.comment.id == "c05"
    costs = [p.cost for p in analysis.pivots if not p.item.critical]
    assert costs == sorted(costs, reverse=True)


def test_a_counterfactual_names_what_would_not_have_come():
    scenario = replace(herbarium(), reactions=tuple(replace(r, probability=1.0) for r in herbarium().reactions))
    acts = [a for a in play(scenario, 7, "perfect") if a.comment != "c02"]
    analysis = debrief(scenario, 7, [*acts, act(4, "remove", "c02")])
    pivot = next(p for p in analysis.pivots if p.item.comment.id == "c02")
    assert pivot.otherwise.spared == ("c09",)
    assert pivot.otherwise.action == "reply_public"
    assert pivot.otherwise.gain > 0
    assert pivot.otherwise.calm > 0


def test_a_faultless_shift_has_no_pivotal_moment():
    scenario = herbarium()
    assert debrief(scenario, 7, play(scenario, 7, "perfect")).pivots == ()

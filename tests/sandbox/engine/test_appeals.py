"""Authors who contest a decision, and those who are told why it was taken."""

import pytest

from sandbox.engine import constants
from sandbox.engine.acts import UNSAY, Act, IllegalAct
from sandbox.engine.debrief import debrief, play_out, what_if_ruled
from sandbox.engine.parsing import from_dict
from sandbox.engine.public import public_feed
from sandbox.engine.reader import ScenarioError
from sandbox.engine.replay import act_now, replay
from sandbox.engine.scenario import Appeal, Text
from sandbox.engine.scoring import AppealItem, score
from sandbox.engine.scoring.reasons import right_ground
from tests.sandbox.engine.worlds import T, act, comment, undo, world_with
from tests.sandbox.samples import example

END = 60.0
HARMFUL = {"severity": 2, "reasons": ("insult",), "key": {"remove": 1.0, "hide": 0.7}, "rule": "R2"}
EDITED = Text("sans l’adresse", "without the address")


def appealed(verdicts=None, after=10.0, edited=EDITED, **fields):
    appeal = Appeal("a1", "c", T, verdicts or {"uphold": 1.0}, T, after=after, edited=edited)
    return world_with(comment("c", **(HARMFUL | fields)), comment("d"), appeals={"a1": appeal})


def played(scenario, *acts, until=END):
    return replay(scenario, 7, acts, until)


def verdict(minute, action, text="Relu et décidé."):
    return Act(key=f"verdict:{minute}", minute=minute, action=action, comment="c", text=text)


def test_a_restriction_brings_its_appeal_later_and_only_once():
    world = played(appealed(), act(5, "hide"), act(8, "remove"))
    assert [(a.arrived, a.contested.action) for a in world.appeals] == [(15, "hide")]
    assert played(appealed(), act(5, "hide"), until=14.9).appeals == ()


@pytest.mark.parametrize("lift", [act(9, "keep"), act(9, "restore"), undo(9, act(5, "hide"))])
def test_what_was_lifted_before_is_not_contested(lift):
    assert played(appealed(), act(5, "hide"), lift).appeals == ()


def test_nobody_contests_what_was_left_alone():
    assert played(appealed(), act(5, "reply_public")).appeals == ()


def test_upholding_leaves_the_comment_down_and_reversing_brings_it_back_as_its_author_changed_it():
    upheld = played(appealed(), act(5, "hide"), verdict(16, "uphold"))
    assert not upheld.find["c"].visible
    assert not upheld.appeals[0].granted
    reversed_ = played(appealed(), act(5, "hide"), verdict(16, "restore"))
    assert reversed_.find["c"].visible
    assert reversed_.appeals[0].granted
    assert next(c.text for c in public_feed(reversed_).comments if c.id == "c") == EDITED
    assert next(c.text for c in public_feed(upheld).comments if c.id == "c") == T


def test_a_pending_appeal_waits_on_the_desk_with_what_was_decided_and_nothing_of_the_key():
    feed = public_feed(played(appealed(), act(5, "hide"), until=20))
    assert feed.backlog == 2  # the appeal, and the other comment
    assert feed.appeals[0].contested.action == "hide"
    assert {"key", "rationale", "votes"}.isdisjoint(feed.appeals[0].__slots__)


@pytest.mark.parametrize(
    ("acts", "late", "code"),
    [
        ([], verdict(9, "uphold"), "unknown_appeal"),
        ([act(5, "hide")], verdict(9, "uphold"), "unknown_appeal"),
        ([act(5, "hide")], verdict(16, "uphold", text=" "), "text_required"),
        ([act(5, "hide"), verdict(16, "uphold")], verdict(17, "uphold"), "appeal_decided"),
    ],
)
def test_a_verdict_needs_a_pending_appeal_and_a_reason(acts, late, code):
    with pytest.raises(IllegalAct, match=code):
        act_now(appealed(), 7, acts, late)


def test_taking_back_a_verdict_opens_the_appeal_again_and_taking_back_the_act_ends_it():
    first, ruled = act(5, "hide"), verdict(16, "restore")
    again = played(appealed(), first, ruled, undo(18, ruled))
    assert again.appeals[0].verdict is None
    assert not again.find["c"].visible
    assert played(appealed(), first, undo(18, first)).appeals == ()


@pytest.mark.parametrize(("action", "earned"), [("uphold", 1.0), ("restore", 0.4)])
def test_a_verdict_earns_what_its_key_says(action, earned):
    mark = score(played(appealed({"uphold": 1.0, "restore": 0.4}), act(5, "remove"), verdict(16, action)))
    assert mark.appeals[0].credit == earned
    assert mark.part("decision").inputs["n_appeals"] == 1


def test_experts_votes_count_for_a_verdict():
    appeal = Appeal("a1", "c", T, {"uphold": 1.0}, T, after=10.0, votes={"uphold": 5, "restore": 5})
    scenario = world_with(comment("c", **HARMFUL), appeals={"a1": appeal})
    mark = score(played(scenario, act(5, "remove"), verdict(16, "restore")))
    assert mark.appeals[0].credit == pytest.approx(10 / 15)  # half of ten votes each: p = 1, the author says 0


def test_an_appeal_left_alone_earns_nothing_unless_it_came_at_the_very_end():
    mark = score(played(appealed(), act(5, "remove")))
    assert (mark.appeals[0].verdict, mark.appeals[0].credit, mark.appeals[0].timeliness) == ("", 0.0, 0.0)
    assert score(played(appealed(after=52.0), act(5, "remove"))).appeals == ()


def test_a_late_verdict_is_worth_less_of_the_timeliness():
    prompt, late = (score(played(appealed(), act(1, "remove"), verdict(m, "uphold"))) for m in (12, 50))
    assert prompt.appeals[0].timeliness == 1
    assert late.appeals[0].timeliness == pytest.approx(2 ** (-(39 - 30) / 30))
    assert late.part("timeliness").value < prompt.part("timeliness").value


def test_whoever_rightly_restricts_and_rightly_lifts_on_appeal_has_lost_nothing():
    scenario = appealed({"restore": 1.0})
    right = score(played(scenario, act(1, "remove"), act(1, "keep", "d"), verdict(12, "restore")))
    assert (right.items[0].credit, right.items[0].level, right.items[0].miss_cost) == (1.0, 3, 0.0)
    assert right.appeals[0].credit == 1.0


def test_lifting_on_appeal_what_had_to_stay_down_is_a_harm_like_any_other():
    wrong = score(played(appealed({"uphold": 1.0}), act(1, "remove"), verdict(12, "restore")))
    assert wrong.items[0].level == 0
    assert wrong.items[0].miss_cost > 0
    assert wrong.appeals[0].credit == 0


def test_repairing_a_wrong_removal_on_appeal_counts():
    fair = {
        "severity": 0,
        "reasons": ("none",),
        "key": {"keep": 1.0},
        "protected": "criticism",
        "forbidden": {"remove": T},
    }
    scenario = appealed({"restore": 1.0}, **fair)
    left, mended = (score(played(scenario, act(1, "remove"), *more)) for more in ([], [verdict(12, "restore")]))
    assert left.critical
    assert not mended.critical
    assert mended.items[0].credit == 1.0
    assert mended.items[0].over_cost == 0


def test_the_dice_and_the_order_of_receipt_change_nothing():
    acts = [act(5, "hide"), verdict(16, "uphold")]
    assert played(appealed(), *acts).appeals == played(appealed(), *acts[::-1]).appeals


# -- statements of reasons ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reasons", "rule", "ground", "right"),
    [
        (("insult",), "R2", "R2", True),
        (("insult",), "R2", "R3", False),
        (("insult",), "R2", "illegal", False),
        (("hate",), "R2", "illegal", True),
        (("off_topic",), "", "R3", True),
        (("insult",), "R2", "", False),
    ],
)
def test_the_ground_is_the_rule_in_play_or_the_law(reasons, rule, ground, right):
    assert right_ground(comment("c", reasons=reasons, rule=rule), ground) is right


@pytest.mark.parametrize(
    ("owed", "ground", "value"),
    [
        (False, "", 1.0),
        (False, "R2", 1.0),
        (False, "R3", constants.UNEXPLAINED),
        (True, "R2", 1.0),
        (True, "R3", constants.UNEXPLAINED),
        (True, "", constants.UNEXPLAINED),
    ],
)
def test_a_wrong_ground_costs_and_so_does_silence_where_a_reason_is_owed(owed, ground, value):
    scenario = world_with(comment("c", **HARMFUL), explain=owed)
    done = act(1, "remove", ground=ground, text="Retiré : règle 2." if ground else "")
    assert score(played(scenario, done)).part("reason").value == value


def test_mass_advertising_needs_no_statement():
    scenario = world_with(comment("c", **(HARMFUL | {"reasons": ("scam_spam",)})), explain=True)
    assert score(played(scenario, act(1, "remove", reason="scam_spam"))).part("reason").value == 1.0


def test_a_ground_is_of_this_charter_and_of_a_restriction():
    for wrong in (act(1, "hide", ground="R9"), act(1, "keep", ground="R2")):
        with pytest.raises(IllegalAct, match="unknown_ground"):
            act_now(appealed(), 7, [], wrong)


# -- the debrief -----------------------------------------------------------------------------------------------------------


def pivot(*acts, **fields):
    """Return the appeal's pivotal moment, None when there is none."""
    found = debrief(appealed(**fields), 7, acts).pivots
    return next((p for p in found if isinstance(p.item, AppealItem)), None)


def test_a_wrong_verdict_is_a_moment_played_again_with_the_keys():
    hidden = act(5, "hide")
    found = pivot(hidden, verdict(16, "restore"))
    assert (found.otherwise.action, found.otherwise.minute) == ("uphold", 16)
    assert found.otherwise.spared_views == pytest.approx(END - 16)
    right, wrong = (score(played(appealed(), hidden, verdict(16, v))).result for v in ("uphold", "restore"))
    assert found.cost == pytest.approx(right - wrong)
    assert found.cost > 0


def test_an_appeal_nobody_decided_is_played_again_at_its_service_level():
    found = pivot(act(5, "hide"), verdicts={"restore": 1.0})
    assert (found.otherwise.action, found.otherwise.minute) == ("restore", 15 + constants.APPEAL_LEVEL)
    assert found.cost > 0


def test_a_right_verdict_in_time_is_no_moment():
    assert pivot(act(5, "hide"), verdict(16, "uphold")) is None


def test_another_verdict_leaves_the_restriction_and_the_replies():
    acts = [act(5, "hide"), act(17, "reply_public"), verdict(16, "restore"), act(20, "remove")]
    scenario = appealed()
    world = play_out(scenario, 7, acts)
    found = what_if_ruled(world, world.score.appeals[0], "uphold")
    assert found.gain == pytest.approx(
        score(played(scenario, acts[0], acts[1], verdict(16, "uphold"))).result - world.score.result
    )


# -- taking everything back -----------------------------------------------------------------------------------------------


def test_what_was_published_can_be_unsaid_as_if_it_had_never_been():
    scenario = world_with(comment("c", kind="question", key={"reply_public": 1.0}))
    reply = act(5, "reply_public")
    unsaid = played(scenario, reply, Act(key="u", minute=6, action=UNSAY, target=reply.key))
    assert unsaid.find["c"].acts == ()
    assert unsaid.mood == played(scenario).mood


# -- files -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"comment": "c99"}, "appeals[0].comment"),
        ({"key": {"keep": 1}}, "appeals[0].key.keep"),
        ({"of": ["limit"]}, "appeals[0].of[0]"),
    ],
)
def test_a_wrong_appeal_names_its_place(change, path):
    data = example()
    data["appeals"][0] |= change
    with pytest.raises(ScenarioError) as refusal:
        from_dict(data)
    assert refusal.value.path == path


def test_a_comment_has_one_appeal_at_most_and_no_rule_is_called_illegal():
    data = example()
    data["appeals"].append(data["appeals"][0] | {"id": "a2"})
    with pytest.raises(ScenarioError, match="already has an appeal"):
        from_dict(data)
    data = example()
    data["charter"].append(data["charter"][0] | {"id": "illegal"})
    with pytest.raises(ScenarioError, match="stands for the law"):
        from_dict(data)

"""What to take from a shift: few things, the dearest first, each with its examples."""

import pytest

from sandbox.engine.lessons import lessons_of
from sandbox.engine.players import PLAYERS, play
from sandbox.engine.replay import replay
from sandbox.engine.scoring import by_reason, detect, score
from tests.sandbox.engine.worlds import act, comment, world_with
from tests.sandbox.samples import herbarium


def lessons(comments, *acts, **fields):
    scenario = world_with(*comments, **fields)
    world = replay(scenario, 1, acts, scenario.duration)
    return lessons_of(world, score(world))


def codes(found):
    return [lesson.code for lesson in found]


def questions(n):
    return [comment(f"q{i}", kind="question", key={"reply_public": 1.0}) for i in range(n)]


def insults(n, **fields):
    given = {"severity": 2, "reasons": ("insult",), "key": {"hide": 1.0}} | fields
    return [comment(f"i{i}", **given) for i in range(n)]


def test_unanswered_questions_are_named_with_examples():
    found = lessons(questions(3), act(2.0, "reply_public", "q0")).change
    assert codes(found) == ["unanswered"]
    assert (found[0].n, found[0].total, found[0].comments) == (2, 3, ("q1", "q2"))


def test_what_was_let_stand_names_its_commonest_reason():
    stood = [*insults(2), comment("spam", severity=2, reasons=("scam_spam",), key={"hide": 1.0})]
    found = lessons(stood).change[0]
    assert (found.code, found.n, found.about) == ("let_stand", 3, "insult")


def test_fair_criticism_taken_away_is_not_lost_among_the_harmless():
    fair = comment("fair", protected="criticism")
    found = lessons([fair, comment("plain")], act(1.0, "remove", "fair"), act(1.0, "remove", "plain")).change
    assert set(codes(found)) == {"fair_removed", "harmless_removed"}


def test_a_ban_where_hiding_was_enough_goes_too_far():
    assert "too_far" in codes(lessons(insults(1), act(1.0, "ban", "i0")).change)


def test_the_desk_that_was_forgotten_is_named():
    found = lessons([comment("c", key={"escalate": 1.0}, escalate_to="legal")]).change
    assert [(each.code, each.about) for each in found] == [("not_passed_on", "legal")]


def test_no_more_than_three_things_to_change_and_the_dearest_first():
    found = lessons([*questions(3), *insults(4, severity=4), comment("fair", protected="speech"),
                     comment("e", key={"escalate": 1.0}, escalate_to="legal")], act(1.0, "ban", "fair")).change  # fmt: skip
    assert len(found) == 3
    assert found[0].code == "let_stand"
    assert [each.cost for each in found] == sorted((each.cost for each in found), reverse=True)


def test_a_habit_needs_more_than_one_case():
    answered = [act(1.0, "reply_public", f"q{i}") for i in range(2)]
    assert codes(lessons(questions(1), *answered[:1]).keep) == []
    assert codes(lessons(questions(2), *answered).keep) == ["answered"]


@pytest.mark.parametrize("player", sorted(PLAYERS))
def test_every_player_gets_few_and_only_true_lessons(player):
    scenario = herbarium()
    for seed in range(5):
        world = replay(scenario, seed, play(scenario, seed, player), scenario.duration)
        found = lessons_of(world, score(world))
        assert len(found.keep) <= 2
        assert len(found.change) <= 3
        assert all(0 < each.n <= each.total for each in (*found.keep, *found.change))
        assert all(name in world.find for each in found.change for name in each.comments)


def test_the_faultless_have_nothing_dear_to_change_and_the_idle_nothing_to_keep():
    scenario = herbarium()
    perfect = replay(scenario, 1, play(scenario, 1, "perfect"), scenario.duration)
    assert not [each for each in lessons_of(perfect, score(perfect)).change if each.code in ("unanswered", "let_stand")]
    idle = replay(scenario, 1, (), scenario.duration)
    assert lessons_of(idle, score(idle)).keep == ()


@pytest.mark.parametrize("player", sorted(PLAYERS))
def test_detection_sort_by_sort_adds_up_to_detection(player):
    scenario = herbarium()
    items = score(replay(scenario, 3, play(scenario, 3, player), scenario.duration)).items
    whole, sorts = detect(items), by_reason(items)
    assert sum(s.restricted for s in sorts if s.signal) == whole.hits
    assert sum(s.restricted for s in sorts if not s.signal) == whole.false_alarms
    assert sum(s.total for s in sorts) == whole.signals + whole.noises

"""The formulas: worked values, then what must hold for every input."""

from decimal import Decimal as Dec
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.scoring import ONE, ZERO, ratio, settle
from quizzes.scoring.choice import RULES, Ticks, chance_of_ticks, score_ticks
from quizzes.scoring.judgement import (
    chance_of_ratings,
    consensus,
    most_least,
    rating_distance,
    rating_shape,
)
from quizzes.scoring.ordering import RULES as ORDER_RULES
from quizzes.scoring.ordering import chance_of_rank_distance, partial_rank_distance, rank_distance, score_order
from quizzes.scoring.passing import Mark, profile, total


def close(value: Dec, expected: str) -> bool:
    return abs(value - Dec(expected)) < Dec("0.00005")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("all_or_nothing", "0"),
        ("per_option_penalty_floor0", "0.1667"),
        ("right_minus_wrong_floor0", "0.3333"),
        ("every_decision_counts", "0.6"),
        ("coverage", "0.4444"),
        ("per_option_no_penalty", "0.6667"),
    ],
)
def test_key_acd_chosen_abc_gives_the_worked_values(rule, expected):
    assert close(score_ticks(rule, Ticks(keyed=3, others=2, right=2, wrong=1)), expected)


@st.composite
def ticks(draw):
    keyed, others = draw(st.integers(1, 8)), draw(st.integers(0, 8))
    return Ticks(keyed, others, draw(st.integers(0, keyed)), draw(st.integers(0, others)))


@pytest.mark.parametrize("rule", RULES)
@given(t=ticks())
def test_every_rule_stays_between_0_and_1_and_gives_nothing_for_nothing(rule, t):
    assert ZERO <= score_ticks(rule, t) <= ONE
    assert score_ticks(rule, Ticks(t.keyed, t.others, 0, 0)) == 0


@pytest.mark.parametrize("rule", RULES)
@given(t=ticks())
def test_the_key_itself_earns_everything(rule, t):
    assert score_ticks(rule, Ticks(t.keyed, t.others, t.keyed, 0)) == 1


@pytest.mark.parametrize("rule", RULES)
@given(t=ticks())
def test_a_wrong_tick_more_never_earns_more(rule, t):
    if t.wrong < t.others and t.right:
        worse = Ticks(t.keyed, t.others, t.right, t.wrong + 1)
        assert score_ticks(rule, worse) <= score_ticks(rule, t)


@pytest.mark.parametrize("rule", RULES)
def test_the_chance_score_is_the_mean_over_all_selections(rule):
    keyed, others = 2, 3
    scores = [
        score_ticks(rule, Ticks(keyed, others, sum(s[:keyed]), sum(s[keyed:])))
        for s in product((0, 1), repeat=keyed + others)
        if any(s)
    ]
    assert settle(chance_of_ticks(rule, keyed, others)) == settle(sum(scores, ZERO) / len(scores))


def test_ticking_everything_pays_only_where_nothing_is_held_against_it():
    everything = Ticks(3, 2, 3, 2)
    assert score_ticks("per_option_no_penalty", everything) == 1
    assert score_ticks("per_option_penalty_floor0", everything) == 0


@pytest.mark.parametrize("bad", [(0, 2, 0, 0), (2, -1, 0, 0), (2, 2, 3, 0), (2, 2, 0, 3), (2, 2, -1, 0)])
def test_counts_that_cannot_be_are_refused(bad):
    with pytest.raises(ValueError, match="option"):
        Ticks(*bad)


def test_bacd_has_five_of_six_pairs_in_order():
    assert close(score_order("all_pairs", [1, 0, 2, 3]), "0.8333")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [  # key ABCD, answered BACD, counted by hand
        ("absolute_position", "0.5"),
        ("next_excluding_last", "0.3333"),  # C→D of three links
        ("next_including_last", "0.5"),  # C→D, D→end of four
        ("one_previous_and_next", "0.375"),  # C's next, D's previous, D's end: 3 of 8
        ("longest_ordered_subset", "0.75"),
        ("longest_contiguous_subset", "0.5"),
        ("relative_to_correct", "0.8333"),  # (2 + 2 + 3 + 3) / 12
        ("rank_distance", "0.75"),
    ],
)
def test_bacd_under_the_other_ordering_rules(rule, expected):
    assert close(score_order(rule, [1, 0, 2, 3]), expected)


@pytest.mark.parametrize("rule", ORDER_RULES)
@given(places=st.integers(2, 7).flatmap(lambda n: st.permutations(range(n))))
def test_every_order_earns_between_0_and_1_and_the_key_alone_is_sure_of_1(rule, places):
    assert ZERO <= score_order(rule, places) <= ONE
    assert score_order(rule, sorted(places)) == 1


@pytest.mark.parametrize("bad", [[0], [0, 0], [0, 2], [1, 2]])
def test_an_order_that_is_no_order_is_refused(bad):
    with pytest.raises(ValueError, match="once"):
        score_order("all_pairs", bad)


@pytest.mark.parametrize("n", [3, 4, 5])
def test_a_random_order_earns_its_chance_score(n):
    orders = list(permutations(range(n)))
    mean = sum((rank_distance(o) for o in orders), ZERO) / len(orders)
    assert settle(mean) == settle(chance_of_rank_distance(n))


@given(st.data())
def test_an_unfinished_ranking_never_beats_a_finished_one(data):
    places = data.draw(st.permutations(range(data.draw(st.integers(2, 7)))))
    hidden = data.draw(st.sets(st.sampled_from(range(len(places)))))
    partial = [None if i in hidden else p for i, p in enumerate(places)]
    assert ZERO <= partial_rank_distance(partial) <= rank_distance(places)


@pytest.mark.parametrize(
    ("most", "least", "expected"),
    [
        ("a", "c", "1"),  # both ends right
        ("a", "b", "0.75"),
        ("b", "c", "0.75"),
        ("b", "b", "0.5"),
        ("c", "b", "0.25"),  # the worst called best
        ("c", "a", "0"),  # both inverted
        ("a", None, "0.5"),  # an end left empty counts as inverted
        (None, "c", "0.5"),
    ],
)
def test_most_and_least(most, least, expected):
    assert most_least({"a": 1, "b": 0, "c": -1}, most, least) == Dec(expected)


def test_two_different_actions_at_random_earn_one_half():
    roles = {"a": 1, "b": 0, "c": -1, "d": 0}
    scores = [most_least(roles, m, le) for m, le in permutations(roles, 2)]
    assert sum(scores, ZERO) / len(scores) == Dec("0.5")


def test_rating_distance_by_hand():
    # key 4.5, 1, 3; worst gaps 3.5 + 4 + 2 = 9.5; ratings 5, 2, 3: gaps 0.5 + 1 + 0
    means = [Dec("4.5"), Dec(1), Dec(3)]
    assert settle(rating_distance(means, [5, 2, 3])) == settle(1 - Dec("1.5") / Dec("9.5"))
    assert settle(rating_distance(means, [5, 2, 3], squared=True)) == settle(1 - Dec("1.25") / Dec("32.25"))
    assert settle(rating_distance(means, [5, None, 3])) == settle(1 - Dec("4.5") / Dec("9.5"))


keys = st.lists(st.decimals(1, 5, places=1), min_size=1, max_size=6)


@given(means=keys, squared=st.booleans(), data=st.data())
def test_ratings_stay_in_bounds_and_do_not_depend_on_the_order_of_actions(means, squared, data):
    ratings = [data.draw(st.one_of(st.none(), st.integers(1, 5))) for _ in means]
    score = rating_distance(means, ratings, squared=squared)
    assert ZERO <= score <= ONE
    turned = rating_distance(means[::-1], ratings[::-1], squared=squared)
    assert settle(score) == settle(turned)


def test_random_ratings_earn_their_chance_score():
    means = [Dec("4.6"), Dec("1.2")]
    scores = [rating_distance(means, list(r)) for r in product(range(1, 6), repeat=2)]
    assert settle(sum(scores, ZERO) / 25) == settle(chance_of_ratings(means))


@pytest.mark.parametrize("ratings", [[1], [0, 3], [6, 3]])
def test_ratings_off_the_scale_are_refused(ratings):
    with pytest.raises(ValueError, match="rating"):
        rating_distance([Dec(3), Dec(3)], ratings)


def test_the_shape_of_a_flat_rating_is_unknown_and_a_parallel_one_is_1():
    means = [Dec(1), Dec(2), Dec(4)]
    assert rating_shape(means, [3, 3, 3]) is None
    assert settle(rating_shape(means, [2, 3, 5])) == 1
    assert settle(rating_shape(means, [4, 3, 1])) == -1


def test_consensus_is_a_share_of_all_votes_or_of_the_leading_option():
    votes = {"a": 6, "b": 3, "c": 0}
    assert settle(consensus(votes, "b", modal=False)) == settle(ratio(1, 3))
    assert consensus(votes, "b", modal=True) == Dec("0.5")
    assert consensus(votes, "c", modal=True) == 0
    with pytest.raises(ValueError, match="voted"):
        consensus({"a": 0}, "a", modal=False)


def test_three_thirds_reach_a_cut_of_one():
    marks = [Mark(ratio(1, 3), ONE)] * 3
    assert total(marks, ZERO).points == 1


def test_the_cut_is_compared_with_what_was_earned_not_with_what_is_displayed():
    almost = [Mark(Dec("0.6999"), ONE)]
    assert not total(almost, Dec("0.70")).passed
    assert total([Mark(Dec("0.1") + Dec("0.2") + Dec("0.4"), ONE)], Dec("0.7")).passed


def test_weights_count_and_negative_marks_never_sink_the_total():
    assert total([Mark(ONE, Dec(3)), Mark(ZERO, Dec(1))], Dec("0.75")).passed
    sunk = total([Mark(Dec("-1"), ONE), Mark(ZERO, ONE)], Dec("0.5"))
    assert (sunk.fraction, sunk.passed) == (0, False)
    assert total([], Dec("0.5")).fraction == 0


@given(st.lists(st.tuples(st.decimals(0, 1, places=4), st.integers(0, 5)), max_size=20))
def test_a_total_stays_in_bounds_and_does_not_depend_on_the_order_of_questions(pairs):
    marks = [Mark(f, Dec(w)) for f, w in pairs]
    result = total(marks, Dec("0.7"))
    assert ZERO <= result.fraction <= ONE
    assert result == total(marks[::-1], Dec("0.7"))


def test_the_profile_groups_by_objective_in_order_of_appearance():
    marks = [Mark(ONE, ONE, "o2"), Mark(ZERO, ONE, "o1"), Mark(Dec("0.5"), ONE, "o2"), Mark(ONE, ONE)]
    assert [(p.name, p.fraction, p.questions) for p in profile(marks)] == [
        ("o2", Dec("0.75"), 2),
        ("o1", Dec(0), 1),
    ]

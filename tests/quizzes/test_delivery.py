"""The pure rules of delivery: who may start when, the clock, the draw, the release, the return of what was missed."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal as Dec
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.delivery import spacing
from quizzes.delivery.access import History, Refusal, attempts_left, outside, refusal
from quizzes.delivery.blueprint import Blueprint, Section, draw, fresh_attempts, problems
from quizzes.delivery.order import crosses, open_questions
from quizzes.delivery.reading import contradictions, read_rules
from quizzes.delivery.release import released, teaches
from quizzes.delivery.rules import Rules
from quizzes.delivery.timing import NETWORK, Extra, deadline, last_call
from quizzes.scoring.passing import Mark, total
from quizzes.types.reader import Node, SpecError
from tests.conftest import NOW

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("rules", "history", "expected"),
    [
        (Rules(), History(), None),
        (Rules(), History(50, NOW), None),
        (Rules(max_attempts=2), History(1, NOW), None),
        (Rules(max_attempts=2), History(2, NOW), Refusal("used_up")),
        (Rules(opens_at=NOW + HOUR), History(), Refusal("not_yet", NOW + HOUR)),
        (Rules(opens_at=NOW), History(), None),
        (Rules(closes_at=NOW), History(), Refusal("closed")),
        (Rules(closes_at=NOW + MINUTE), History(), None),
        (Rules(first_delay=60), History(1, NOW - 30 * MINUTE), Refusal("wait", NOW + 30 * MINUTE)),
        (Rules(first_delay=60), History(1, NOW - HOUR), None),
        (Rules(first_delay=60), History(2, NOW), None),
        (Rules(second_delay=60), History(1, NOW), None),
        (Rules(second_delay=60), History(3, NOW), Refusal("wait", NOW + HOUR)),
        (Rules(first_delay=60, closes_at=NOW + HOUR), History(1, NOW), Refusal("closed")),
        (Rules(max_attempts=1, closes_at=NOW), History(1, NOW), Refusal("closed")),
    ],
)
def test_who_may_start_and_why_not(rules, history, expected):
    assert refusal(rules, history, NOW) == expected


def test_extra_time_counts_after_the_closing_too():
    rules = Rules(time_limit=60, closes_at=NOW)
    assert refusal(rules, History(), NOW, Extra(percent=50)) is None
    assert refusal(rules, History(), NOW + 30 * MINUTE, Extra(percent=50)) == Refusal("closed")


def test_attempts_left_are_told_only_where_they_are_counted():
    assert attempts_left(Rules(), History(9)) is None
    assert [attempts_left(Rules(max_attempts=2), History(n)) for n in range(4)] == [2, 1, 0, 0]


@pytest.mark.parametrize(
    ("rules", "extra", "minutes"),
    [
        (Rules(), Extra(), None),
        (Rules(), Extra(50, 10), None),
        (Rules(time_limit=40), Extra(), 40),
        (Rules(time_limit=40), Extra(25), 50),
        (Rules(time_limit=40), Extra(25, 5), 55),
        (Rules(closes_at=NOW + 20 * MINUTE), Extra(), 20),
        (Rules(time_limit=40, closes_at=NOW + 20 * MINUTE), Extra(), 20),
        (Rules(time_limit=40, closes_at=NOW + 20 * MINUTE), Extra(50), 40),
        (Rules(time_limit=10, closes_at=NOW + 20 * MINUTE), Extra(), 10),
    ],
)
def test_the_deadline_is_the_limit_or_the_closing_whichever_comes_first(rules, extra, minutes):
    expected = NOW + minutes * MINUTE if minutes else None
    assert deadline(rules, NOW, extra) == expected


def test_the_last_call_is_the_network_s_share_or_the_minutes_to_submit():
    assert last_call(NOW, "submit", 10) == NOW + NETWORK
    assert last_call(NOW, "void", 0) == NOW + NETWORK
    assert last_call(NOW, "wait", 10) == NOW + 10 * MINUTE


@pytest.mark.parametrize(
    ("feedback", "after", "others", "expected"),
    [
        ("each", 0, True, True),
        ("submission", 0, True, True),
        ("closing", -1, False, False),
        ("closing", 1, False, True),
        ("closing", 1, True, False),
        ("never", 9999, False, False),
    ],
)
def test_corrections_are_released_when_due(feedback, after, others, expected):
    rules = Rules(feedback=feedback, closes_at=NOW)
    assert released(rules, now=NOW + after * HOUR, others_open=others) is expected


def test_nothing_of_an_exam_comes_back_in_practice():
    assert teaches(Rules())
    assert not teaches(Rules(exam=True))
    assert not teaches(Rules(feedback="closing", closes_at=NOW))


# --- lock points, networks


@pytest.mark.parametrize(
    ("lock_points", "first_open", "expected"),
    [
        ("none", 1, [1, 2, 3, 4, 5]),
        ("question", 1, [1]),
        ("question", 5, [5]),
        ("section", 1, [1, 2]),
        ("section", 3, [3]),
        ("section", 4, [4, 5]),
    ],
)
def test_what_lies_behind_a_lock_point_is_closed_and_so_is_what_comes_later(lock_points, first_open, expected):
    assert list(open_questions(lock_points, [0, 0, 1, 2, 2], first_open)) == expected


def test_only_the_very_next_question_passes_a_lock_point():
    assert [n for n in range(-1, 7) if crosses(range(3, 4), n, 5)] == [4]
    assert not crosses(range(5, 6), 6, 5)
    assert not any(crosses(range(1, 6), n, 5) for n in range(8))


@pytest.mark.parametrize(
    ("networks", "address", "let_in"),
    [
        ("", "203.0.113.9", True),
        ("192.0.2.0/24", "192.0.2.77", True),
        ("192.0.2.0/24", "192.0.3.1", False),
        ("192.0.2.9/24", "192.0.2.77", True),
        ("198.51.100.7, 2001:db8::/32", "198.51.100.7", True),
        ("198.51.100.7 2001:db8::/32", "2001:db8:1::5", True),
        ("198.51.100.7", "198.51.100.8", False),
        ("192.0.2.0/24", "::ffff:192.0.2.7", True),
        ("192.0.2.0/24", "2001:db8::1", False),
        ("192.0.2.0/24", "", False),
        ("192.0.2.0/24", "192.0.2.7, 10.0.0.1", False),
    ],
)
def test_who_is_on_the_networks_of_an_exam(networks, address, let_in):
    expected = None if let_in else Refusal("outside")
    assert outside(Rules(networks=networks), address) == expected


# --- the blueprint


@st.composite
def blueprints(draw_one):
    sizes = draw_one(st.lists(st.integers(1, 8), min_size=1, max_size=3))
    first, sections = 0, []
    for size in sizes:
        questions = tuple(range(first, first + size))
        count = draw_one(st.none() | st.integers(1, size))
        pinned = draw_one(st.sets(st.sampled_from(questions), max_size=count or size))
        sections.append(Section("s", questions, count, frozenset(pinned)))
        first += size - draw_one(st.integers(0, 1))  # sections may share a question
    pairs = draw_one(st.sets(st.frozensets(st.integers(0, first + 1), min_size=2, max_size=2), max_size=4))
    return Blueprint(tuple(sections), frozenset(pairs))


@given(blueprints(), st.integers(0, 99))
def test_a_draw_repeats_nothing_keeps_enemies_apart_and_what_is_pinned(blueprint, seed):
    pinned = frozenset(q for s in blueprint.sections for q in s.pinned)
    drawn = draw(blueprint, Random(seed))
    assert drawn == draw(blueprint, Random(seed))
    for got, section in zip(drawn, blueprint.sections, strict=True):
        assert section.pinned <= set(got) <= set(section.questions)
        assert len(got) <= max(section.count, len(section.pinned))
    flat = [q for got in drawn for q in got]
    assert all(flat.count(q) == 1 for q in set(flat) - pinned)
    assert not any(pair <= set(flat) for pair in blueprint.enemies if not pair <= pinned)


@given(blueprints())
def test_a_blueprint_without_problem_is_always_filled(blueprint):
    if not problems(blueprint):
        drawn = draw(blueprint, Random(5))
        assert [len(got) for got in drawn] == [section.count for section in blueprint.sections]


def pairs(*found):
    return frozenset(frozenset(pair) for pair in found)


@pytest.mark.parametrize(
    ("sections", "enemies", "codes"),
    [
        ([Section("", (1, 2, 3), 2)], (), []),
        ([Section("", (), None)], (), ["empty"]),
        ([Section("", (1, 2), 3)], (), ["short"]),
        ([Section("", (1, 2, 3), 1, frozenset({1, 2}))], (), ["pinned_over"]),
        ([Section("", (1, 2, 3), 2, frozenset({1, 2}))], [(1, 2)], ["pinned_enemies"]),
        ([Section("", (1, 2, 3), 3)], [(1, 2)], ["kept_apart"]),
        ([Section("", (1, 2, 3), None)], [(1, 2)], ["kept_apart"]),
        ([Section("", (1, 2, 3, 4), 3)], [(1, 2)], []),
        ([Section("", (1, 2, 3, 4), 3)], [(1, 2), (1, 3), (1, 4)], []),
        ([Section("a", (1, 2), 2), Section("b", (2, 3), 2)], (), ["kept_apart"]),
    ],
)
def test_the_author_is_told_what_no_candidate_could_be_given(sections, enemies, codes):
    assert [p.code for p in problems(Blueprint(tuple(sections), pairs(*enemies)))] == codes


def test_after_how_many_attempts_the_bank_runs_dry():
    assert fresh_attempts(Blueprint((Section("", tuple(range(30)), 10),))) == 3
    assert fresh_attempts(Blueprint((Section("", tuple(range(30)), 10, frozenset({0})),))) == 3
    assert fresh_attempts(Blueprint((Section("", (1, 2)),))) is None


# --- rules in files


def test_rules_are_read_and_written_alike():
    data = {"pass_mark": 0.6, "exam": True, "max_attempts": 2, "first_delay": 60, "time_limit": 45, "grace": "wait",
            "grace_minutes": 5, "honour": True, "feedback": "closing", "closes_at": "2026-09-01T18:00:00+02:00"}  # fmt: skip
    rules = read_rules(Node(data), 10)
    assert rules.closes_at == dt.datetime(2026, 9, 1, 16, tzinfo=dt.UTC)
    assert Rules.from_json(rules.to_json()) == rules
    assert Rules.from_json(Rules().to_json()) == Rules()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"feedback": "closing"}, "feedback"),
        ({"exam": True, "feedback": "each"}, "feedback"),
        ({"grace": "wait", "time_limit": 5}, "grace_minutes"),
        ({"grace": "void"}, "grace"),
        ({"opens_at": "2026-09-01T09:00:00"}, "opens_at"),
        ({"opens_at": "soon"}, "opens_at"),
        ({"opens_at": "2026-09-02T09:00:00Z", "closes_at": "2026-09-01T09:00:00Z"}, "closes_at"),
        ({"max_attempts": -1}, "max_attempts"),
        ({"honour": "yes"}, "honour"),
        ({"lock_points": "question"}, "lock_points"),
        ({"lock_points": "page", "layout": "one_per_page"}, "lock_points"),
        ({"networks": "192.0.2.0/24 room-12"}, "networks"),
        ({"networks": "192.0.2.0/33"}, "networks"),
    ],
)
def test_rules_that_contradict_each_other_are_refused_where_they_stand(data, place):
    with pytest.raises(SpecError) as refused:
        read_rules(Node({"pass_mark": 0.7, **data}), 10)
    assert refused.value.path == place


def test_an_exam_with_usual_rules_contradicts_nothing():
    assert contradictions(Rules(exam=True, honour=True, time_limit=30, feedback="never")) == []


# --- passing by section


def test_a_section_below_its_minimum_fails_whatever_the_total():
    marks = [Mark(Dec(1), Dec(8)), Mark(Dec(0), Dec(2), section=1)]
    assert total(marks, Dec("0.7")).passed
    assert total(marks, Dec("0.7"), (Dec(0), Dec(0))).passed
    assert not total(marks, Dec("0.7"), (Dec(0), Dec("0.5"))).passed


# --- spacing


def test_what_is_missed_comes_back_tomorrow_then_ever_later():
    card, now, waits = spacing.missed(7, NOW), NOW, []
    assert spacing.due(card) - NOW == dt.timedelta(days=1)
    for _ in range(5):
        now = spacing.due(card)
        card = spacing.reviewed(card, Dec(1), now)
        waits.append((spacing.due(card) - now).days)
    assert waits == sorted(set(waits))
    assert spacing.learned(card)


def test_a_lapse_brings_a_question_back_within_days():
    card = spacing.missed(7, NOW)
    for _ in range(4):
        card = spacing.reviewed(card, Dec(1), spacing.due(card))
    lapsed = spacing.reviewed(card, Dec(0), spacing.due(card))
    assert (spacing.due(lapsed) - spacing.due(card)).days < 7
    half = spacing.reviewed(card, Dec("0.5"), spacing.due(card))
    assert spacing.due(lapsed) < spacing.due(half) < spacing.due(spacing.reviewed(card, Dec(1), spacing.due(card)))


def test_equal_answers_give_equal_days():
    assert spacing.missed(7, NOW) == spacing.missed(7, NOW)
    assert replace(Rules(), draw=3) == Rules(draw=3)

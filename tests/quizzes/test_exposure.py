"""The cap on exposure, the check of it, the version a slot is pinned to, compulsory questions, and the draw made again."""

from decimal import Decimal as Dec
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.delivery.blueprint import Blueprint, Past, Section, draw, problems
from quizzes.delivery.exposure import held_back
from quizzes.delivery_words import problem_said
from quizzes.drawing import drawn_again, worn_at
from quizzes.loading import load_quiz
from quizzes.models import Attempt, Question, QuestionVersion, Quiz
from quizzes.scoring.passing import Mark, band, total
from quizzes.versions import freeze
from quizzes.writing import plan_of, quiz_data
from tests.factories import UserFactory
from tests.quizzes.building import choice_fields_at, drawn, few, perfect_fields, plant_quiz, sitting_of
from tests.quizzes.test_attempts import answer, begin, submit
from tests.quizzes.test_views import start, text, url

pytestmark = pytest.mark.django_db
POOL = Blueprint((Section("", tuple(range(12)), 3),))


@given(st.dictionaries(st.integers(0, 20), st.integers(1, 50)), st.integers(50, 100), st.integers(1, 100))
def test_what_one_more_attempt_would_bring_above_the_cap_is_held_back(asked, attempts, percent):
    cap = Dec(percent) / 100
    held = held_back(asked, attempts, cap)
    for question, count in asked.items():
        assert (question in held) is (Dec(count + 1) / (attempts + 1) > cap)


def test_no_cap_holds_nothing_back():
    assert held_back({1: 50}, 50, Dec(0)) == {}


def test_what_is_exposed_too_much_comes_last_and_the_least_exposed_first():
    worn = dict.fromkeys(range(9), 7)
    assert {frozenset(draw(POOL, Random(seed), Past(worn=worn))[0]) for seed in range(20)} == {frozenset({9, 10, 11})}
    everything = {question: 20 - question for question in range(12)}
    assert set(draw(POOL, Random(1), Past(worn=everything))[0]) == {9, 10, 11}
    pinned = Blueprint((Section("", tuple(range(12)), 3, frozenset({0})),))
    assert set(draw(pinned, Random(1), Past(worn=everything))[0]) == {0, 10, 11}


def test_the_cap_goes_before_what_a_candidate_has_seen():
    past = Past(seen=dict.fromkeys(range(3), 1), worn=dict.fromkeys(range(3, 12), 5))
    assert set(draw(POOL, Random(1), past)[0]) == {0, 1, 2}


@pytest.mark.parametrize(
    ("draws", "cap", "needed"), [(3, "0.25", None), (4, "0.25", 16), (3, "0.2", 15), (12, "1", None)]
)
def test_a_bank_too_small_for_the_cap_is_told_with_what_is_needed(draws, cap, needed):
    found = problems(Blueprint((Section("Law", tuple(range(12)), draws),)), Dec(cap))
    assert [p.needed for p in found] == ([needed] if needed else [])
    assert all(f"{needed} are needed" in problem_said(p) for p in found)


def test_a_cap_without_a_draw_is_told():
    (problem,) = problems(Blueprint((Section("", (1, 2)),)), Dec("0.5"))
    assert "asks for a draw" in problem_said(problem)


def test_no_question_is_asked_more_often_than_the_cap_while_the_bank_suffices(exam):
    planted = exam(count=12, draw=3, max_exposure=0.25)
    for seed in range(16):
        submit(begin(planted, UserFactory(), seed=seed))
    asked = [question for attempt in Attempt.objects.all() for question in drawn(attempt)]
    assert max(asked.count(question) for question in set(asked)) == 4  # 16 papers of 3, spread over 12 questions
    assert worn_at(planted.quiz, Dec("0.25"))


def test_counting_exposure_costs_the_same_whatever_came_before(exam, django_assert_num_queries):
    planted = exam(count=6, draw=2, max_exposure=0.5)
    for seed in range(5):
        submit(begin(planted, UserFactory(), seed=seed))
    with django_assert_num_queries(2):
        worn_at(planted.quiz, Dec("0.5"))


@pytest.mark.parametrize("exam_rules", [{}, {"exam": True, "feedback": "never"}])
def test_a_draw_is_made_again_from_its_seed_long_after(exam, learner, exam_rules):
    planted = exam(count=8, draw=3, max_exposure=0.5, avoid_seen=True, **exam_rules)
    Question.objects.filter(identifier="exam-1-q7").update(live=False)
    for seed in range(3):
        submit(begin(planted, learner, seed=seed))
    attempt = begin(planted, learner, seed=11)
    Question.objects.filter(identifier="exam-1-q7").update(live=True)
    Question.objects.filter(identifier="exam-1-q1").update(live=False)
    for seed in range(20, 24):
        submit(begin(planted, UserFactory(), seed=seed))
    assert drawn_again(attempt).to_json()["slots"] == attempt.form["slots"]
    words = attempt.form["draw"]
    assert len(words["out"]) == 1
    assert words["seen"]


# --- a version that stays


def rewritten(data, words):
    data["questions"][0]["stem"] = {"fr": words, "en": words}
    return data


def test_a_slot_keeps_the_version_it_names_whatever_is_published_later(exam, learner):
    planted = exam(count=2)
    quiz, first = planted.quiz, QuestionVersion.objects.get(question__identifier="exam-1-q0")
    quiz.slots.filter(question=first.question).update(version=1)
    freeze(Quiz.objects.get())
    load_quiz(rewritten(few(count=2), "Newer"))
    assert first.question.versions.count() == 2
    assert Quiz.objects.get().slots.get(question=first.question).version == 1  # a file leaves it as it is
    attempt = begin(planted, learner)
    assert attempt.form["slots"][0]["version"] == first.pk


# --- compulsory questions


def test_without_a_compulsory_question_nobody_passes_whatever_the_total():
    good, bad = Mark(Dec(1), Dec(9)), Mark(Dec("0.99"), Dec(1), compulsory=True)
    assert not total([good, bad], Dec("0.7")).passed
    assert total([good, Mark(Dec(1) / 3 * 3, Dec(1), compulsory=True)], Dec("0.7")).passed
    assert total([good, Mark(Dec(0), Dec(0), compulsory=True)], Dec("0.7")).passed


def test_a_missed_compulsory_question_is_why_an_attempt_fails(tree, learner, learner_client):
    data = few(count=4, pass_mark=0.5)
    data["questions"][0]["compulsory"] = True
    planted = plant_quiz(tree, data)
    planted.enrol(learner)
    assert "Some questions are compulsory" in text(learner_client.get(planted.url()))
    attempt = start(learner_client, planted)
    assert "Compulsory" in text(learner_client.get(url("attempt", attempt.key)))
    fields = perfect_fields(sitting_of(attempt)) | {"q1": [choice_fields_at(attempt, 1)["c"]]}
    answer(attempt, fields, now=attempt.started_at)
    submit(attempt, now=attempt.started_at)
    attempt.refresh_from_db()
    assert (attempt.passed, attempt.fraction) == (False, Dec("0.75"))
    page = text(learner_client.get(url("review", attempt.key)))
    assert "A compulsory question was missed" in page
    assert "The total is enough, but another condition is not met" in page


@pytest.mark.parametrize(
    ("fraction", "passed", "expected"),
    [("0.95", True, "far_above"), ("0.9", True, "far_above"), ("0.8", True, "above"), ("0.7", True, "above"),
     ("0.9", False, "unmet"), ("0.65", False, "close"), ("0.6", False, "close"), ("0.59", False, "below")],
)  # fmt: skip
def test_where_a_result_stands_is_said_in_words(fraction, passed, expected):
    assert band(Dec(fraction), Dec("0.7"), passed=passed) == expected


# --- how the pass mark was set


def test_the_way_the_pass_mark_was_set_is_frozen_and_kept_from_candidates(exam, learner_client):
    planted = exam(cut_method="angoff", cut_minutes="Five judges on 3 March: mean 0.71.")
    rules = planted.quiz.versions.get().content["rules"]
    assert (rules["cut_method"], rules["cut_minutes"]) == ("angoff", "Five judges on 3 March: mean 0.71.")
    attempt = start(learner_client, planted)
    assert "cut_minutes" not in attempt.form["rules"]
    for page in (planted.url(), url("attempt", attempt.key), url("finish", attempt.key)):
        assert "Five judges" not in text(learner_client.get(page))


def test_a_file_with_these_rules_comes_back_as_it_was(tree):
    rules = {"draw": 2, "max_exposure": Dec("0.5"), "watch": True, "cut_method": "hofstee", "cut_minutes": "Decided."}
    again = quiz_data(plan_of(load_quiz(few(**rules)).quiz))
    assert {name: again[name] for name in rules} == rules
    assert load_quiz(again).quiz_outcome == "unchanged"

"""Times of their own: of a section and of a question. The server sets them at the first showing; what they run out on is
left, nothing saved in time is lost, and extra time moves them."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from quizzes import services
from quizzes.checking import QuizFileError, check_quiz
from quizzes.delivery.clocks import Clock, Limits, read_clocks, write_clocks
from quizzes.delivery.timing import NETWORK, Extra
from quizzes.loading import load_quiz
from quizzes.models import Answer, Attempt, Quiz
from quizzes.writing import plan_of, quiz_data
from tests.conftest import NOW
from tests.factories import UserFactory, instructor
from tests.quizzes.building import choice_fields_at, few, plant_quiz, quiz_form, sitting_of
from tests.quizzes.samples import t
from tests.quizzes.test_attempts import begin
from tests.quizzes.test_exams import allow
from tests.quizzes.test_views import start, text, url

pytestmark = pytest.mark.django_db
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
SECTIONS = Limits((0, 0, 1, 1, 1), (600, 1200), (0,) * 5)
QUESTIONS = Limits((0,) * 3, (), (60, 120, 20))


# --- the rules


def test_extra_time_is_its_share_of_each_limit():
    clocks = SECTIONS.started(1, {}, NOW, Extra(50, 6))
    assert clocks == {"s0": Clock(NOW, NOW + 17 * MINUTE)}
    assert SECTIONS.started(3, clocks, NOW, Extra(50, 6))["s1"].ends_at == NOW + 34 * MINUTE
    assert QUESTIONS.started(2, {}, NOW, Extra(0, 10))["q2"].ends_at == NOW + 8 * MINUTE


@given(st.integers(0, 300), st.integers(0, 600))
def test_the_shares_make_the_whole_extra_time(percent, minutes):
    extra = Extra(percent, minutes)
    given = sum(
        (SECTIONS.started(first, {}, NOW, extra)[f"s{n}"].ends_at - NOW for n, first in enumerate((1, 3))),
        dt.timedelta(0),
    )
    asked = SECTIONS.whole * (1 + percent / 100) + dt.timedelta(minutes=minutes)
    assert abs(given - asked) < SECOND / 1000


def test_a_clock_that_runs_is_not_started_again():
    clocks = SECTIONS.started(1, {}, NOW, Extra())
    assert SECTIONS.started(1, clocks, NOW + MINUTE, Extra(100)) == clocks


def test_a_time_that_is_over_leads_to_what_follows_and_the_last_one_stays():
    clocks = SECTIONS.started(1, {}, NOW, Extra())
    assert SECTIONS.first_open(1, clocks, NOW + 10 * MINUTE) == 1
    assert SECTIONS.first_open(1, clocks, NOW + 10 * MINUTE + SECOND) == 3
    last = SECTIONS.started(3, clocks, NOW, Extra())
    assert SECTIONS.first_open(3, last, NOW + 60 * MINUTE) == 3
    assert [SECTIONS.last_end(first, last) for first in (1, 3)] == [None, NOW + 20 * MINUTE]
    assert QUESTIONS.first_open(2, QUESTIONS.started(2, {}, NOW, Extra()), NOW + 3 * MINUTE) == 3


def test_a_section_s_end_comes_before_a_question_s():
    both = Limits((0, 0, 1), (60, 0), (600, 600, 600))
    clocks = both.started(1, {}, NOW, Extra())
    assert both.first_open(1, clocks, NOW + MINUTE + SECOND) == 3
    assert set(both.started(3, clocks, NOW, Extra())) == {"s0", "q1", "q3"}


def test_all_the_time_there_is_where_everything_has_its_own():
    assert SECTIONS.whole == 30 * MINUTE
    assert QUESTIONS.whole == 200 * SECOND
    assert not Limits((0, 1), (600, 0), (0, 0)).whole
    assert not Limits((0, 0), (), (60, 0)).whole


def test_clocks_are_stored_and_read_alike():
    clocks = SECTIONS.started(1, {}, NOW, Extra(33, 7))
    assert read_clocks(write_clocks(clocks)) == clocks


# --- an attempt by sections


def sectioned(count=4, limits=(10, 20), **changes):
    sections = [{"title": t(f"Part {n}"), **({"time_limit": limit} if limit else {})} for n, limit in enumerate(limits)]
    data = few(count=count, sections=sections, **{"lock_points": "section", "layout": "one_per_page", **changes})
    for n, question in enumerate(data["questions"]):
        question["section"] = 1 + n * len(limits) // count
    return data


@pytest.fixture
def timed(tree, learner):
    def plant(**changes):
        planted = plant_quiz(tree, sectioned(**changes))
        planted.enrol(learner)
        return planted

    return plant


def enter(attempt, now):
    services.enter(sitting=sitting_of(attempt), now=now)
    attempt.refresh_from_db()
    return read_clocks(attempt.clocks)


def turn(attempt, wanted, now, posted=None, **more):
    return services.turn_page(sitting=sitting_of(attempt), posted=posted or {}, wanted=wanted, now=now, **more)


def test_a_section_s_clock_starts_when_it_is_first_shown(timed, learner):
    attempt = begin(timed(), learner)
    assert (attempt.deadline, attempt.clocks) == (NOW + 30 * MINUTE, {})
    assert enter(attempt, NOW + MINUTE) == {"s0": Clock(NOW + MINUTE, NOW + 11 * MINUTE)}
    assert enter(attempt, NOW + 2 * MINUTE)["s0"].ends_at == NOW + 11 * MINUTE
    assert turn(attempt, 2, NOW + 4 * MINUTE) == 2
    assert turn(attempt, 3, NOW + 5 * MINUTE) == 3
    clocks = enter(attempt, NOW + 5 * MINUTE)
    assert clocks["s1"].ends_at == attempt.deadline == NOW + 25 * MINUTE  # nothing follows: the attempt ends with it


def test_a_section_left_to_itself_is_closed_on_the_next_read(timed, learner):
    attempt = begin(timed(), learner)
    enter(attempt, NOW)
    tokens = choice_fields_at(attempt, 1)
    answer(attempt, 1, tokens["a"], NOW + 10 * MINUTE + NETWORK)
    answer(attempt, 1, tokens["b"], NOW + 10 * MINUTE + NETWORK + SECOND)
    assert sitting_of(attempt).questions[0].response == {"a": "1"}
    clocks = enter(attempt, NOW + 12 * MINUTE)
    assert attempt.first_open == 3
    assert clocks["s1"].started_at == NOW + 12 * MINUTE
    assert attempt.deadline == NOW + 30 * MINUTE


def answer(attempt, number, token, now):
    return services.save_answers(sitting=sitting_of(attempt), posted={number: {"": [token]}}, sequence=None, now=now)


def test_the_end_of_the_last_section_is_the_end_of_the_attempt(timed, learner):
    attempt = begin(timed(limits=(0, 20)), learner)
    assert attempt.deadline is None
    enter(attempt, NOW)
    turn(attempt, 3, NOW)
    enter(attempt, NOW)
    assert attempt.deadline == NOW + 20 * MINUTE
    closed = services.close_overdue(attempt=attempt, now=NOW + 21 * MINUTE)
    assert (closed.closing, closed.submitted_at) == ("deadline", NOW + 20 * MINUTE)


def test_extra_time_moves_the_clock_of_the_section_under_way_and_says_so(timed, learner):
    attempt = begin(timed(), learner)
    enter(attempt, NOW)
    _decision, moved = allow(learner, percent=50, now=NOW + MINUTE)
    attempt.refresh_from_db()
    assert (moved, read_clocks(attempt.clocks)["s0"].ends_at) == (1, NOW + 15 * MINUTE)
    assert attempt.deadline == NOW + 45 * MINUTE
    note = attempt.events.get(kind="deadline").note
    assert note.count("→") == 2
    assert "decision 12" in note
    turn(attempt, 3, NOW + 14 * MINUTE)
    assert enter(attempt, NOW + 14 * MINUTE)["s1"].ends_at == NOW + 44 * MINUTE


def test_a_page_that_missed_the_extra_time_leaves_no_section_by_mistake(timed, learner):
    attempt = begin(timed(), learner)
    enter(attempt, NOW)
    allow(learner, minutes=30, now=NOW + MINUTE)
    assert turn(attempt, 3, NOW + 10 * MINUTE, over=True) == 1
    assert Attempt.objects.get().first_open == 1
    assert turn(attempt, 3, NOW + 20 * MINUTE - 5 * SECOND, over=True) == 3  # the page's clock may be a little early


def test_extra_time_on_sections_counts_after_the_closing_too(timed, learner):
    planted = timed(closes_at=(NOW + 20 * MINUTE).isoformat())
    allow(learner, percent=50)
    attempt = begin(planted, learner, now=NOW + 25 * MINUTE)
    assert attempt.deadline == NOW + 35 * MINUTE
    with pytest.raises(services.Refused):
        begin(planted, UserFactory(), now=NOW + 25 * MINUTE)


def test_twice_at_once_one_clock(timed, learner):
    attempt = begin(timed(), learner)
    first, second = sitting_of(attempt), sitting_of(attempt)
    services.enter(sitting=first, now=NOW)
    services.enter(sitting=second, now=NOW + MINUTE)
    assert read_clocks(Attempt.objects.get().clocks)["s0"].started_at == NOW


@pytest.mark.parametrize("layout", ["one_per_page", "one_page"])
def test_a_section_is_shown_alone_with_its_clock_and_without_script(timed, learner_client, layout):
    planted = timed(layout=layout)
    attempt = start(learner_client, planted)
    page = text(learner_client.get(url("attempt", attempt.key)))
    assert 'data-kind="section" data-next="3"' in page
    assert "This section: until" in page
    assert "The whole: until" in page
    assert ('id="question-2"' in page) is (layout == "one_page")
    assert 'id="question-3"' not in page
    tokens = choice_fields_at(attempt, 1)
    reply = learner_client.post(url("attempt", attempt.key), {"q1": tokens["a"], "go": "3"}, follow=True)
    assert 'id="question-3"' in text(reply)
    assert 'id="question-1"' not in text(reply)
    assert 'data-kind="attempt"' in text(reply)
    assert 'data-kind="section"' not in text(reply)  # it ends with the attempt: one clock is enough
    assert sitting_of(attempt).questions[0].response == {"a": "1"}


def test_who_comes_back_late_is_told_calmly_and_goes_on(timed, learner_client):
    attempt = start(learner_client, timed())
    learner_client.get(url("attempt", attempt.key))
    ends = timezone.now() - MINUTE
    Attempt.objects.update(clocks=write_clocks({"s0": Clock(ends - 10 * MINUTE, ends)}))
    page = text(learner_client.get(url("question", attempt.key, 1), follow=True))
    assert "That time is over: what was saved in it counts." in page
    assert "Question 3 of 4" in page
    saved = learner_client.post(url("save", attempt.key), {"q1": choice_fields_at(attempt, 1)["a"], "sequence": "9"})
    assert saved.json()["closed"] == [1]
    assert not Answer.objects.exists()


def test_the_page_learns_how_much_is_left_of_each_time(timed, learner_client):
    attempt = start(learner_client, timed())
    learner_client.get(url("attempt", attempt.key))
    left = learner_client.post(url("save", attempt.key), {"sequence": "1"}).json()["left"]
    assert set(left) == {"section", "attempt"}
    assert 590 <= left["section"] <= 600


# --- an attempt by questions


def questioned(**changes):
    return {"count": 3, "layout": "one_per_page", "lock_points": "question", "question_seconds": 60, **changes}


def test_each_question_has_its_time_from_its_first_showing(tree, learner):
    data = few(**questioned())
    data["questions"][1]["seconds"] = 90
    planted = plant_quiz(tree, data)
    attempt = begin(planted, learner)
    assert attempt.deadline == NOW + 210 * SECOND
    assert enter(attempt, NOW)["q1"].ends_at == NOW + 60 * SECOND
    assert turn(attempt, 2, NOW + 20 * SECOND) == 2
    assert enter(attempt, NOW + 20 * SECOND)["q2"].ends_at == NOW + 110 * SECOND
    assert turn(attempt, 2, NOW + 120 * SECOND) == 3  # a plain form, after its time
    assert enter(attempt, NOW + 120 * SECOND)["q3"].ends_at == attempt.deadline == NOW + 180 * SECOND


def test_a_question_s_answer_in_the_network_s_share_counts_and_a_later_one_does_not(exam, learner):
    attempt = begin(exam(**questioned()), learner)
    enter(attempt, NOW)
    tokens = choice_fields_at(attempt, 1)
    turn(attempt, 2, NOW + 60 * SECOND + NETWORK, {1: {"": [tokens["a"]]}})
    assert sitting_of(attempt).questions[0].response == {"a": "1"}
    enter(attempt, NOW + 95 * SECOND)
    late = {2: {"": [choice_fields_at(attempt, 2)["a"]]}}
    sitting = sitting_of(attempt)
    services.turn_page(sitting=sitting, posted=late, wanted=3, now=NOW + 186 * SECOND)
    assert [q.number for q in sitting.left] == [2]
    assert sitting_of(attempt).questions[1].response == {}


def test_a_turn_brings_the_clock_of_the_next_question(exam, learner_client):
    attempt = start(learner_client, exam(**questioned(time_limit=30)))
    learner_client.get(url("attempt", attempt.key))
    headers = {"X-Turn": "1", "X-Leave": "1"}
    reply = learner_client.post(url("question", attempt.key, 1), {"go": "2"}, headers=headers)
    assert 'data-clock="60" data-kind="question" data-next="3"' in text(reply) or 'data-clock="59"' in text(reply)
    assert "Question 2 of 3" in text(reply)


def test_a_quiz_without_such_times_asks_no_query_for_them(planted, learner, django_assert_num_queries):
    sitting = sitting_of(begin(planted, learner))
    with django_assert_num_queries(0):
        services.enter(sitting=sitting, now=NOW)


# --- authors


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"lock_points": "none", "layout": "one_page"}, "sections[0].time_limit"),
        ({"lock_points": "section", "question_seconds": 30}, "question_seconds"),
        ({"question_seconds": 7201}, "question_seconds"),
    ],
)
def test_times_that_cannot_be_kept_are_refused_where_they_stand(changes, place):
    with pytest.raises(QuizFileError) as refused:
        check_quiz(sectioned(**changes))
    assert refused.value.problems[0][0] == place


def test_a_question_s_own_time_asks_for_lock_points_too():
    data = few()
    data["questions"][2]["seconds"] = 30
    with pytest.raises(QuizFileError, match=r"questions\[2\].seconds: a question with a time of its own"):
        check_quiz(data)


def test_a_file_with_times_comes_back_as_it_was(tree):
    data = sectioned(lock_points="question", question_seconds=45)
    data["questions"][1] |= {"seconds": 90, "compulsory": True}
    again = quiz_data(plan_of(load_quiz(data).quiz))
    assert [s["time_limit"] for s in again["sections"]] == [10, 20]
    assert (again["question_seconds"], again["questions"][1]["seconds"]) == (45, 90)
    assert again["questions"][1]["compulsory"] is True
    assert load_quiz(again).quiz_outcome == "unchanged"
    frozen = Quiz.objects.get().versions.get().content
    assert [s["minutes"] for s in frozen["sections"]] == [10, 20]


def test_an_author_is_told_in_the_admin_what_a_time_asks_for(tree, client):
    quiz = load_quiz(few()).quiz
    client.force_login(instructor())
    address = reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk])
    rows = [{"id": s.pk, "question": s.question_id, "weight": "1", "section": "1"} for s in quiz.slots.all()]
    section = {"title_fr": "Un", "title_en": "One", "minimum": "0", "time_limit": "10"}
    data = {"slots": inline_formset(rows, initial=len(rows)), "sections": inline_formset([section])}
    form = quiz_form(quiz, **data, question_seconds="30")
    refused = client.post(address, {**nested_form_data(form), "action-publish": "1"})
    errors = refused.context["form"].errors
    assert set(errors) == {"lock_points", "question_seconds"}
    form |= {"layout": "one_per_page", "lock_points": "question"}
    assert client.post(address, {**nested_form_data(form), "action-publish": "1"}).status_code == 302
    assert Quiz.objects.get().sections.get().time_limit == 10


def test_the_quiz_says_before_the_start_what_extra_time_there_is(timed, learner, learner_client):
    planted = timed()
    assert "extra time" not in text(learner_client.get(planted.url()))
    allow(learner, percent=25)
    assert "Your extra time: 25% more." in text(learner_client.get(planted.url()))


def test_the_quiz_says_before_the_start_what_time_there_is(timed, learner_client):
    page = text(learner_client.get(timed(lock_points="question", question_seconds=45).url()))
    assert "Part 0" in page
    assert "10 minutes" in page
    assert "45 seconds" in page
    assert "the time runs on" in page

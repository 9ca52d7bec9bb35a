"""Lock points, the password of an exam, its networks, and questions a candidate has not met."""

from random import Random

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from quizzes import services
from quizzes.delivery.blueprint import Blueprint, Past, Section, draw
from quizzes.gate import TRIES
from quizzes.loading import load_quiz
from quizzes.models import Answer, Attempt, Quiz, QuizVersion
from quizzes.writing import plan_of, quiz_data
from tests.conftest import NOW
from tests.factories import UserFactory, instructor
from tests.quizzes.building import choice_fields_at, drawn, few, plant_quiz, quiz_form, sitting_of
from tests.quizzes.samples import t
from tests.quizzes.test_attempts import begin, submit
from tests.quizzes.test_views import start, text, url

pytestmark = pytest.mark.django_db
WORD = "Tilleul 47"


@pytest.fixture
def exam(tree, learner):
    def plant(**changes):
        planted = plant_quiz(tree, few(**changes))
        planted.enrol(learner)
        return planted

    return plant


@pytest.fixture
def locked(exam):
    """Plant a quiz of four questions that closes each one behind the candidate."""
    return exam(layout="one_per_page", lock_points="question")


# --- lock points


def go(client, attempt, number, to, *, turn=False, **fields):
    headers = {"X-Turn": "1"} if turn else {}
    return client.post(url("question", attempt.key, number), {"go": str(to), **fields}, headers=headers)


def test_a_question_left_is_never_shown_nor_answered_again(locked, learner_client):
    attempt = start(learner_client, locked)
    tokens = choice_fields_at(attempt, 1)
    assert go(learner_client, attempt, 1, 2, q1=tokens["a"]).url == url("question", attempt.key, 2)
    assert learner_client.get(url("question", attempt.key, 1)).url == url("question", attempt.key, 2)
    saved = learner_client.post(url("save", attempt.key), {"q1": tokens["b"], "sequence": "99"}).json()
    assert saved["closed"] == [1]
    late = learner_client.post(url("question", attempt.key, 1), {"q1": tokens["b"], "go": "1"}, follow=True)
    assert "You had left question 1" in text(late)
    assert "Question 2 of 4" in text(late)
    assert sitting_of(attempt).questions[0].response == {"a": "1"}


def test_no_question_opens_before_its_turn_and_looking_closes_nothing(locked, learner_client):
    attempt = start(learner_client, locked)
    for number in (2, 4):
        assert learner_client.get(url("question", attempt.key, number)).url == url("question", attempt.key, 1)
    for to in (3, 4, 99):
        go(learner_client, attempt, 1, to)
    learner_client.post(url("save", attempt.key), {"q3": choice_fields_at(attempt, 3)["a"], "sequence": "5"})
    assert Attempt.objects.get().first_open == 1
    assert not Answer.objects.exists()


def test_a_double_click_on_next_leaves_one_question_not_two(locked, learner_client):
    attempt = start(learner_client, locked)
    tokens = choice_fields_at(attempt, 1)
    for _ in range(2):
        reply = go(learner_client, attempt, 1, 2, turn=True, q1=tokens["a"])
        assert "Question 2 of 4" in text(reply)
    assert Attempt.objects.get().first_open == 2


def test_a_turn_brings_the_map_without_the_questions_left(locked, learner_client):
    attempt = start(learner_client, locked)
    page = text(go(learner_client, attempt, 1, 2, turn=True))
    assert page.count('class="map__shut"') == 3
    assert "Previous question" not in page
    assert "cannot come back to this question" in page


def test_what_is_left_empty_is_told_before_submitting_without_a_way_back(locked, learner_client):
    attempt = start(learner_client, locked)
    go(learner_client, attempt, 1, 2)
    page = text(learner_client.get(url("finish", attempt.key)))
    assert "4 questions are not finished" in page
    assert url("question", attempt.key, 2) in page
    assert url("question", attempt.key, 1) not in page


def test_a_section_is_gone_about_freely_until_it_is_left(tree, learner, learner_client):
    data = few(layout="one_per_page", lock_points="section", sections=[{"title": t("One")}, {"title": t("Two")}])
    for n, question in enumerate(data["questions"]):
        question["section"] = 1 + n // 2
    planted = plant_quiz(tree, data)
    planted.enrol(learner)
    attempt = start(learner_client, planted)
    assert go(learner_client, attempt, 1, 2).url == url("question", attempt.key, 2)
    assert "last question of its section" in text(learner_client.get(url("question", attempt.key, 2)))
    assert go(learner_client, attempt, 2, 1).url == url("question", attempt.key, 1)
    assert go(learner_client, attempt, 2, 3).url == url("question", attempt.key, 3)
    assert learner_client.get(url("question", attempt.key, 2)).url == url("question", attempt.key, 3)
    assert Attempt.objects.get().first_open == 3


def test_the_quiz_says_before_the_start_that_one_cannot_go_back(locked, exam, learner_client):
    page = text(learner_client.get(locked.url()))
    assert "You cannot go back" in page
    assert "you may go back" not in page


# --- password


@pytest.fixture
def secret(exam):
    cache.clear()
    planted = exam(exam=True, feedback="never")
    Quiz.objects.update(password_hash=make_password(WORD))
    return planted


def try_password(client, planted, password):
    return client.post(url("start", planted.page["en"].pk), {"password": password}, follow=True)


def test_an_exam_starts_with_its_password_alone(secret, learner_client):
    assert 'name="password"' in text(learner_client.get(secret.url()))
    for wrong in ("", "tilleul 47", WORD + "x"):
        assert "Type the password of this exam" in text(try_password(learner_client, secret, wrong))
    assert not Attempt.objects.exists()
    try_password(learner_client, secret, f" {WORD} ")
    assert Attempt.objects.get().is_open


def test_after_many_tries_even_the_right_password_waits(secret, learner, learner_client):
    for _ in range(TRIES):
        try_password(learner_client, secret, "guess")
    assert "Wait ten minutes" in text(try_password(learner_client, secret, WORD))
    assert not Attempt.objects.exists()
    neighbour = UserFactory()  # at the same address
    fields = {"user": neighbour, "quiz": Quiz.objects.get(), "course_key": secret.tree.course_key}
    assert services.start_attempt(**fields, activity_key=secret.key, seed=1, now=NOW, password=WORD).is_open


def test_the_password_is_kept_as_a_fingerprint_and_leaves_for_nowhere(exam, learner_client):
    cache.clear()
    planted = exam(exam=True, feedback="never")
    quiz, author = planted.quiz, Client()
    author.force_login(instructor())
    address = reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk])
    rows = [{"id": s.pk, "question": s.question_id, "weight": "1", "section": "1"} for s in quiz.slots.all()]
    form = nested_form_data(quiz_form(quiz, exam="on", feedback="never", slots=inline_formset(rows, initial=len(rows))))
    form["action-publish"] = "1"
    assert author.post(address, {**form, "new_password": WORD}).status_code == 302
    kept = Quiz.objects.get()
    assert kept.password_hash
    assert WORD not in kept.password_hash
    pages = [author.get(address), learner_client.get(planted.url()), try_password(learner_client, planted, WORD)]
    assert Attempt.objects.get().is_open
    for page in pages:
        assert WORD not in text(page)
        assert kept.password_hash not in text(page)
    said = repr([quiz_data(plan_of(kept)), [v.content for v in QuizVersion.objects.all()]])
    assert kept.password_hash not in said
    author.post(address, form)  # nothing typed: as it is
    assert Quiz.objects.get().password_hash == kept.password_hash
    author.post(address, {**form, "no_password": "on"})
    assert Quiz.objects.get().password_hash == ""


def test_an_author_tries_an_exam_without_its_password(client, secret):
    client.force_login(instructor())
    assert 'name="password"' not in text(client.get(secret.url()))
    client.post(url("start", secret.page["en"].pk))
    assert Attempt.objects.exists()


# --- networks


ROOM, HOME = "192.0.2.14", "203.0.113.5"


def test_an_exam_is_started_and_shown_on_its_network_only(exam, learner_client):
    planted = exam(networks="192.0.2.0/24 2001:db8::/32")
    page = text(learner_client.get(planted.url(), REMOTE_ADDR=HOME))
    assert "you are outside it" in page
    assert "Start the quiz" not in page
    learner_client.post(url("start", planted.page["en"].pk), REMOTE_ADDR=HOME)
    assert not Attempt.objects.exists()
    learner_client.post(url("start", planted.page["en"].pk), REMOTE_ADDR=ROOM)
    attempt = Attempt.objects.get()
    assert "question-1" in text(learner_client.get(url("attempt", attempt.key), REMOTE_ADDR=ROOM))
    outside = learner_client.get(url("attempt", attempt.key), REMOTE_ADDR=HOME, follow=True)
    assert "you are outside it" in text(outside)
    assert "question-1" not in text(outside)


def test_an_answer_from_a_page_already_open_is_kept_wherever_it_comes_from(exam, learner_client):
    planted = exam(networks="192.0.2.0/24", layout="one_per_page")
    learner_client.post(url("start", planted.page["en"].pk), REMOTE_ADDR=ROOM)
    attempt = Attempt.objects.get()
    fields = {"q1": choice_fields_at(attempt, 1)["a"], "go": "2"}
    address = url("question", attempt.key, 1)
    turned = learner_client.post(address, fields, headers={"X-Turn": "1"}, REMOTE_ADDR=HOME)
    assert turned.status_code == 302
    assert sitting_of(attempt).questions[0].response == {"a": "1"}


# --- questions seen before


def test_what_was_never_asked_is_drawn_first_then_what_was_asked_longest_ago():
    blueprint = Blueprint((Section("", tuple(range(12)), 4),))
    seen = dict.fromkeys(range(4), 1) | dict.fromkeys(range(4, 8), 2)
    for seed in range(20):
        assert set(draw(blueprint, Random(seed), Past(seen))[0]) == {8, 9, 10, 11}
    dry = seen | dict.fromkeys(range(8, 12), 3)
    drawings = {tuple(draw(blueprint, Random(seed), Past(dry))[0]) for seed in range(20)}
    assert {frozenset(d) for d in drawings} == {frozenset(range(4))}
    assert len(drawings) > 1
    assert draw(blueprint, Random(3), Past(dry)) == draw(blueprint, Random(3), Past(dry))


def test_a_candidate_meets_every_question_before_one_comes_back(exam, learner):
    planted = exam(count=6, draw=2, avoid_seen=True)
    rounds = []
    for seed in range(4):
        attempt = begin(planted, learner, seed=seed)
        rounds.append(drawn(attempt))
        submit(attempt)
    assert len(set(rounds[0] + rounds[1] + rounds[2])) == 6
    assert set(rounds[3]) == set(rounds[0])
    other = begin(planted, UserFactory(), seed=2)  # somebody else's attempts count for nothing
    assert other.form["slots"] == begin(planted, UserFactory(), seed=2).form["slots"]


def test_a_file_with_these_rules_comes_back_as_it_was(tree):
    rules = {"layout": "one_per_page", "lock_points": "question", "networks": "192.0.2.0/24", "avoid_seen": True}
    quiz = load_quiz(few(**rules)).quiz
    again = quiz_data(plan_of(quiz))
    assert {name: again[name] for name in rules} == rules
    assert load_quiz(again).quiz_outcome == "unchanged"

"""The pages of an attempt: what a person does, what a stranger meets, what never leaves the server."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from quizzes.loading import load_quiz
from quizzes.models import Attempt, Question
from tests.factories import UserFactory, instructor
from tests.quizzes.building import perfect_fields, plant_quiz, quiz_file, sitting_of
from tests.quizzes.samples import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enrolled")]


def url(name, *args, language="en"):
    with translation.override(language):
        return reverse(f"quizzes:{name}", args=args)


def start(client, planted, language="en"):
    response = client.post(url("start", planted.page[language].pk, language=language))
    assert response.status_code == 302
    return Attempt.objects.latest("pk")


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_whole_way_without_script(learner_client, planted, language):
    cover = text(learner_client.get(planted.url(language)))
    assert {"fr": "Bonjour <strong>vous", "en": "Hello <strong>you"}[language] in cover
    attempt = start(learner_client, planted, language)
    page = learner_client.get(url("attempt", attempt.key, language=language))
    assert text(page).count('class="question"') == len(SAMPLES)
    fields = perfect_fields(sitting_of(attempt))
    done = learner_client.post(url("attempt", attempt.key, language=language), {**fields, "go": "submit"})
    assert done.url == url("review", attempt.key, language=language)
    review = text(learner_client.get(done.url))
    assert review.count("FEEDBACK") > 15
    assert text(learner_client.get(planted.url(language))).count(url("review", attempt.key, language=language)) == 1


def test_an_unfinished_paper_is_checked_before_it_is_submitted(learner_client, planted):
    attempt = start(learner_client, planted)
    fields = perfect_fields(sitting_of(attempt))
    fields.pop("q1")
    sent = learner_client.post(url("attempt", attempt.key), {**fields, "go": "submit"})
    assert sent.url == url("finish", attempt.key)
    assert "Question 1" in text(learner_client.get(sent.url))
    assert Attempt.objects.get().is_open
    learner_client.post(sent.url)
    assert not Attempt.objects.get().is_open


def test_submitting_twice_shows_the_same_result(learner_client, planted):
    attempt = start(learner_client, planted)
    for _ in range(2):
        assert learner_client.post(url("finish", attempt.key)).url == url("review", attempt.key)
    assert Attempt.objects.count() == 1


def test_saving_and_staying_keeps_the_answers_on_the_page(learner_client, planted):
    attempt = start(learner_client, planted)
    fields = perfect_fields(sitting_of(attempt))
    assert learner_client.post(url("attempt", attempt.key), fields).url == url("attempt", attempt.key)
    page = text(learner_client.get(url("attempt", attempt.key)))
    assert page.count(" checked") == 1 + 3 + 3 + 1 + 3 + 2 + 2
    assert page.count(" selected") == 4 + 3 + 4 + 2 + 4
    assert page.count('data-progress="complete"') >= len(SAMPLES)


def test_the_language_may_change_in_the_middle(learner_client, planted):
    attempt = start(learner_client, planted, "fr")
    learner_client.post(url("attempt", attempt.key, language="fr"), perfect_fields(sitting_of(attempt)))
    english = text(learner_client.get(url("attempt", attempt.key, language="en")))
    assert "A visitor calls your opening hours a disgrace. What do you do?</p>" in english
    assert english.count(" checked") == 15
    learner_client.post(url("finish", attempt.key, language="en"))
    french = text(learner_client.get(url("review", attempt.key, language="fr")))
    assert "(fr)" in french


def test_one_question_a_page_goes_on_back_and_to_the_end(learner_client, tree, enrolled):
    planted = plant_quiz(tree, quiz_file("second", layout="one_per_page"))
    attempt = start(learner_client, planted)
    first = text(learner_client.get(url("attempt", attempt.key)))
    assert first.count('class="question"') == 1
    fields = perfect_fields(sitting_of(attempt))
    for number in range(1, len(SAMPLES) + 1):
        mine = {k: v for k, v in fields.items() if re.match(rf"q{number}(-|$)", k)}
        go = str(number + 1) if number < len(SAMPLES) else "submit"
        response = learner_client.post(url("question", attempt.key, number), {**mine, "go": go})
    assert response.url == url("review", attempt.key)
    assert Attempt.objects.get().passed


def test_a_question_beyond_the_paper_is_not_found(learner_client, tree, enrolled):
    planted = plant_quiz(tree, quiz_file("second", layout="one_per_page"))
    attempt = start(learner_client, planted)
    assert learner_client.get(url("question", attempt.key, len(SAMPLES) + 1)).status_code == 404


def test_taking_back_the_last_tick_without_script(learner_client, planted):
    attempt = start(learner_client, planted)
    fields = perfect_fields(sitting_of(attempt))
    learner_client.post(url("attempt", attempt.key), {"q2": ["", *fields["q2"]]})
    assert sitting_of(attempt).questions[1].response
    learner_client.post(url("attempt", attempt.key), {"q2": [""]})
    assert not sitting_of(attempt).questions[1].response


# --- saving as one goes


def test_an_answer_is_saved_as_it_changes(learner_client, planted):
    attempt = start(learner_client, planted)
    fields = perfect_fields(sitting_of(attempt))
    reply = learner_client.post(url("save", attempt.key), {"q1": fields["q1"], "sequence": "4"})
    body = reply.json()
    assert (body["saved"], body["sequence"], body["states"]["1"], body["states"]["2"]) == (True, 4, "complete", "empty")


@pytest.mark.parametrize("sequence", ["", "x", "-1", "1e9", "9" * 16])
def test_a_sequence_that_is_no_number_is_refused(learner_client, planted, sequence):
    attempt = start(learner_client, planted)
    assert learner_client.post(url("save", attempt.key), {"q1": "x", "sequence": sequence}).status_code == 422


def test_a_forged_token_is_refused_in_words(learner_client, planted):
    attempt = start(learner_client, planted)
    reply = learner_client.post(url("save", attempt.key), {"q1": "deadbeef", "sequence": "1"})
    assert (reply.status_code, reply.json()["reason"]) == (422, "form")
    page = learner_client.post(url("attempt", attempt.key), {"q1": "deadbeef"}, follow=True)
    assert "did not belong to this attempt" in text(page)


def test_saving_after_submission_says_closed(learner_client, planted):
    attempt = start(learner_client, planted)
    fields = perfect_fields(sitting_of(attempt))
    learner_client.post(url("finish", attempt.key))
    reply = learner_client.post(url("save", attempt.key), {"q1": fields["q1"], "sequence": "4"})
    assert (reply.status_code, reply.json()["reason"]) == (409, "closed")
    late = learner_client.post(url("attempt", attempt.key), fields, follow=True)
    assert "This attempt is closed" in text(late)
    assert Attempt.objects.get().fraction == 0


def test_an_expired_session_is_told_apart(client, learner_client, planted):
    attempt = start(learner_client, planted)
    learner_client.logout()
    reply = learner_client.post(url("save", attempt.key), {"q1": "x", "sequence": "1"})
    assert (reply.status_code, reply.json()["reason"]) == (401, "login")


def test_an_overdue_attempt_shows_its_correction_on_the_next_read(learner_client, tree, enrolled):
    planted = plant_quiz(tree, quiz_file("second", time_limit=1))
    attempt = start(learner_client, planted)
    assert "data-clock=" in text(learner_client.get(url("attempt", attempt.key)))
    Attempt.objects.update(deadline=attempt.deadline - dt.timedelta(minutes=10))
    assert learner_client.get(url("attempt", attempt.key)).url == url("review", attempt.key)
    assert Attempt.objects.get().closing == "deadline"


# --- who may


@pytest.mark.parametrize("name", ["attempt", "finish", "review", "save"])
def test_a_stranger_meets_404(client, learner_client, planted, name):
    attempt = start(learner_client, planted)
    client.force_login(UserFactory())
    method = client.post if name == "save" else client.get
    assert method(url(name, attempt.key)).status_code == 404
    assert method(url(name, uuid4())).status_code == 404


@pytest.mark.parametrize("name", ["attempt", "finish", "review"])
def test_a_visitor_is_asked_to_sign_in(client, planted, name):
    assert "login" in client.get(url(name, uuid4())).url


def test_somebody_not_enrolled_cannot_start(client, planted):
    client.force_login(UserFactory())
    assert client.post(url("start", planted.page["en"].pk)).status_code == 404
    assert client.get(planted.url()).status_code == 302
    assert not Attempt.objects.exists()


def test_wrong_methods_are_refused(learner_client, planted):
    attempt = start(learner_client, planted)
    assert learner_client.get(url("start", planted.page["en"].pk)).status_code == 405
    assert learner_client.get(url("save", attempt.key)).status_code == 405
    assert learner_client.post(url("review", attempt.key)).status_code == 405
    assert learner_client.put(url("attempt", attempt.key)).status_code == 405


def test_a_quiz_with_nothing_to_ask_says_so(learner_client, planted):
    for question in Question.objects.all():
        question.unpublish()
    page = learner_client.post(url("start", planted.page["en"].pk), follow=True)
    assert "no question yet" in text(page)


def test_the_correction_waits_for_the_submission(learner_client, planted):
    attempt = start(learner_client, planted)
    assert learner_client.get(url("review", attempt.key)).url == url("attempt", attempt.key)


# --- no key leaves early


def test_no_response_before_submission_holds_a_key(learner_client, planted):
    attempt = start(learner_client, planted)
    fields = perfect_fields(sitting_of(attempt))
    responses = []
    for language in ("fr", "en"):
        responses += [
            learner_client.get(planted.url(language)),
            learner_client.get(url("attempt", attempt.key, language=language)),
            learner_client.post(url("attempt", attempt.key, language=language), fields),
            learner_client.get(url("attempt", attempt.key, language=language)),
            learner_client.post(url("save", attempt.key, language=language), {**fields, "sequence": "99"}),
            learner_client.get(url("finish", attempt.key, language=language)),
        ]
    for response in responses:
        everything = text(response) + str(response.headers)
        for leak in ("FEEDBACK", "credit", "correct", "moderation-1-", "4.6", "votes", "mean"):
            assert leak not in everything.replace("Correction", "").replace("correction", ""), leak
    page = text(responses[1])
    ids = {p.id for q in sitting_of(attempt).questions for p in q.spec.pieces}
    assert not set(re.findall(r'(?:value|id|name|for)="([^"]*)"', page)) & ids


def test_pages_of_an_attempt_are_never_kept_by_a_cache(learner_client, planted):
    attempt = start(learner_client, planted)
    assert "no-store" in learner_client.get(url("attempt", attempt.key)).headers["Cache-Control"]


# --- what it costs


def queries_of(learner_client, planted, django_assert_max_num_queries, ceilings):
    with django_assert_max_num_queries(ceilings[0]):
        attempt = start(learner_client, planted)
    with django_assert_max_num_queries(ceilings[1]):
        learner_client.get(url("attempt", attempt.key))
    fields = perfect_fields(sitting_of(attempt))
    with django_assert_max_num_queries(ceilings[2]):
        learner_client.post(url("save", attempt.key), {"q1": fields["q1"], "sequence": "1"})
    with django_assert_max_num_queries(ceilings[3]):
        learner_client.post(url("attempt", attempt.key), {**fields, "go": "submit"})
    with django_assert_max_num_queries(ceilings[4]):
        learner_client.get(url("review", attempt.key))


CEILINGS = (18, 9, 11, 34, 14)


@pytest.mark.parametrize("copies", [1, 4])
def test_queries_stay_the_same_whatever_the_length(
    learner_client, tree, enrolled, django_assert_max_num_queries, copies
):
    planted = plant_quiz(tree, quiz_file("second", copies=copies))
    learner_client.get(planted.url())  # warm the caches of sites and content types
    queries_of(learner_client, planted, django_assert_max_num_queries, CEILINGS)


def test_an_instructor_may_try_a_quiz_without_being_enrolled(client, planted):
    client.force_login(instructor())
    assert client.post(url("start", planted.page["en"].pk)).status_code == 302


def test_an_edit_is_seen_by_the_next_attempt(learner_client, planted):
    data = quiz_file()
    data["questions"][0]["stem"] = {"fr": "Autre", "en": "Other stem"}
    first = start(learner_client, planted)
    load_quiz(data)
    assert "Other stem" not in text(learner_client.get(url("attempt", first.key)))
    learner_client.post(url("finish", first.key))
    second = start(learner_client, planted)
    assert "Other stem" in text(learner_client.get(url("attempt", second.key)))

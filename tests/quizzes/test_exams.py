"""What makes an exam: limits, windows, extra time, honour, one window at a time, grace, corrections when due."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes import services
from quizzes.delivery_words import HONOUR
from quizzes.extra_time import Grant, extra_for, grant
from quizzes.models import Accommodation, Answer, Attempt, AttemptEvent, Quiz
from tests.conftest import NOW
from tests.factories import UserFactory, instructor, plain_learner, training_manager
from tests.quizzes.building import choice_fields_at, perfect_fields, sitting_of
from tests.quizzes.test_attempts import answer, begin, choice_fields, perfect, submit
from tests.quizzes.test_views import start, text, url

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


# --- limits, delays, windows


def test_the_attempts_allowed_are_counted_and_then_refused(exam, learner, learner_client):
    planted = exam(max_attempts=2)
    for _ in range(2):
        submit(begin(planted, learner))
    with pytest.raises(services.Refused):
        begin(planted, learner)
    page = text(learner_client.post(url("start", planted.page["en"].pk), follow=True))
    assert "You have used all your attempts." in page
    assert "Start the quiz" not in page
    assert Attempt.objects.count() == 2


def test_a_delay_says_until_when(exam, learner):
    planted = exam(first_delay=60)
    submit(begin(planted, learner))
    with pytest.raises(services.Refused) as refused:
        begin(planted, learner, now=NOW + 59 * MINUTE)
    assert refused.value.refusal.until == NOW + 60 * MINUTE
    assert begin(planted, learner, now=NOW + 60 * MINUTE).number == 2


def test_a_quiz_opens_and_closes(exam, learner):
    planted = exam(opens_at=NOW.isoformat(), closes_at=(NOW + 60 * MINUTE).isoformat(), time_limit=30)
    with pytest.raises(services.Refused):
        begin(planted, learner, now=NOW - MINUTE)
    attempt = begin(planted, learner, now=NOW + 50 * MINUTE)
    assert attempt.deadline == NOW + 60 * MINUTE
    with pytest.raises(services.Refused):
        begin(planted, UserFactory(), now=NOW + 60 * MINUTE)


def test_an_author_tries_a_quiz_before_it_opens(client, exam):
    planted = exam(opens_at=(timezone.now() + 60 * MINUTE).isoformat())
    client.force_login(instructor())
    assert "/quiz/" in client.post(url("start", planted.page["en"].pk)).url
    assert Attempt.objects.count() == 1


# --- honour


def test_an_exam_starts_only_with_the_statement_and_keeps_it(exam, learner_client):
    planted = exam(exam=True, honour=True, feedback="never")
    assert "On my honour" in text(learner_client.get(planted.url()))
    refused = learner_client.post(url("start", planted.page["en"].pk), follow=True)
    assert "Tick the statement" in text(refused)
    learner_client.post(url("start", planted.page["en"].pk), {"honour": "yes"})
    attempt = Attempt.objects.get()
    assert attempt.honour == str(HONOUR)
    assert attempt.events.get().kind == "honour"


# --- extra time


def allow(user, *, percent=0, minutes=0, quiz=None, now=NOW):
    return grant(user=user, grant=Grant(percent, minutes, "decision 12", quiz), by=None, now=now)


def test_extra_time_moves_the_deadline_at_the_start_and_under_way(exam, learner):
    planted = exam(time_limit=40)
    allow(learner, percent=50)
    attempt = begin(planted, learner)
    assert attempt.deadline == NOW + 60 * MINUTE
    _decision, moved = allow(learner, percent=50, minutes=15, now=NOW + MINUTE)
    attempt.refresh_from_db()
    assert (moved, attempt.deadline) == (1, NOW + 75 * MINUTE)
    assert "decision 12" in attempt.events.get(kind="deadline").note
    assert answer(attempt, choice_fields(attempt, "a"), now=NOW + 74 * MINUTE)


def test_the_newest_decision_on_this_quiz_comes_before_one_on_every_quiz(exam, learner):
    planted = exam(time_limit=40)
    allow(learner, minutes=5, quiz=planted.quiz)
    allow(learner, minutes=20, now=NOW + MINUTE)
    assert extra_for(learner, planted.quiz).minutes == 5
    allow(learner, minutes=0, quiz=planted.quiz, now=NOW + 2 * MINUTE)
    assert extra_for(learner, planted.quiz).minutes == 0
    assert Accommodation.objects.count() == 3


def test_somebody_else_s_extra_time_changes_nothing(exam, learner):
    planted = exam(time_limit=40)
    attempt = begin(planted, learner)
    assert allow(UserFactory(), minutes=20)[1] == 0
    assert Attempt.objects.get(pk=attempt.pk).deadline == NOW + 40 * MINUTE


def test_a_training_manager_grants_extra_time_with_a_reason(client, exam, learner):
    planted = exam(time_limit=40)
    manager = training_manager()
    attempt = begin(planted, learner, now=timezone.now())
    client.force_login(manager)
    address = reverse("wagtailsnippets_quizzes_accommodation:add")
    data = {"email": learner.email, "quiz": planted.quiz.pk, "extra_percent": "25", "extra_minutes": "0"}
    assert client.post(address, {**data, "reason": ""}).status_code == 200
    assert "Nobody signs in" in text(client.post(address, {**data, "email": "no@example.org", "reason": "x"}))
    assert client.post(address, {**data, "reason": "decision 12"}).status_code == 302
    decision = Accommodation.objects.get()
    assert (decision.user, decision.granted_by, decision.reason) == (learner, manager, "decision 12")
    assert Attempt.objects.get().deadline == attempt.started_at + 50 * MINUTE
    assert "decision 12" in text(client.get(reverse("wagtailsnippets_quizzes_accommodation:list")))
    assert "decision 12" in text(client.get(reverse("wagtailsnippets_quizzes_attemptevent:list")))
    edit = reverse("wagtailsnippets_quizzes_accommodation:edit", args=[decision.pk])
    assert client.post(edit, {**data, "reason": "other"}).status_code in (302, 403, 404)
    assert Accommodation.objects.get().reason == "decision 12"


@pytest.mark.parametrize("who", [instructor, plain_learner])
def test_others_grant_no_extra_time(client, tree, who):
    client.force_login(who())
    assert client.post(reverse("wagtailsnippets_quizzes_accommodation:add"), {}).status_code in (302, 403)
    assert not Accommodation.objects.exists()


# --- grace


def close(attempt, now):
    return services.close_overdue(attempt=Attempt.objects.get(pk=attempt.pk), now=now)


def test_without_submission_in_time_an_attempt_does_not_count_where_the_rules_say_so(exam, learner, learner_client):
    planted = exam(time_limit=10, grace="void", max_attempts=1)
    attempt = begin(planted, learner)
    perfect(attempt)
    closed = close(attempt, NOW + 11 * MINUTE)
    assert (closed.state, closed.fraction, closed.submitted_at) == ("void", None, NOW + 10 * MINUTE)
    assert Answer.objects.exists()
    assert attempt.events.get().kind == "not_counted"
    assert "Not counted" in text(learner_client.get(url("review", attempt.key)))
    assert "Not counted" in text(learner_client.get(planted.url()))
    with pytest.raises(services.Refused):
        begin(planted, learner, now=NOW + 20 * MINUTE)


def test_minutes_to_submit_lock_the_answers_and_take_the_submission(exam, learner):
    planted = exam(time_limit=10, grace="wait", grace_minutes=5)
    attempt = begin(planted, learner)
    perfect(attempt)
    late = NOW + 12 * MINUTE
    with pytest.raises(services.AnswersLocked):
        answer(attempt, choice_fields(attempt, "b"), now=late)
    assert close(attempt, late).is_open
    assert submit(attempt, now=late).passed
    second = begin(planted, learner, now=NOW + 20 * MINUTE)
    assert submit(second, now=NOW + 36 * MINUTE).state == "void"


def test_locked_answers_lead_to_the_submission(exam, learner_client):
    planted = exam(time_limit=10, grace="wait", grace_minutes=30)
    attempt = start(learner_client, planted)
    fields = perfect_fields(sitting_of(attempt))
    Attempt.objects.update(deadline=timezone.now() - 5 * MINUTE)
    assert learner_client.get(url("attempt", attempt.key)).url == url("finish", attempt.key)
    assert learner_client.post(url("attempt", attempt.key), fields).url == url("finish", attempt.key)
    saved = learner_client.post(url("save", attempt.key), {**fields, "sequence": "3"})
    assert (saved.status_code, saved.json()["reason"]) == (409, "locked")
    assert "answers are locked" in text(learner_client.get(url("finish", attempt.key)))
    learner_client.post(url("finish", attempt.key))
    assert Attempt.objects.get().state == "submitted"


# --- one window at a time


def test_a_second_window_takes_over_and_nothing_is_lost(exam, learner_client):
    planted = exam()
    attempt = start(learner_client, planted)
    fields = perfect_fields(sitting_of(attempt))
    first = learner_client.get(url("attempt", attempt.key)).context["attempt"].desk
    second = learner_client.get(url("attempt", attempt.key)).context["attempt"].desk
    stale = {"q1": fields["q1"], "sequence": "4", "desk": first}
    refused = learner_client.post(url("save", attempt.key), stale)
    assert (refused.status_code, refused.json()["reason"]) == (409, "elsewhere")
    assert learner_client.post(url("save", attempt.key), {**stale, "desk": second}).json()["saved"]


def test_a_plain_form_from_an_old_window_keeps_what_was_answered_since(exam, learner_client):
    planted = exam()
    attempt = start(learner_client, planted)
    old = learner_client.get(url("attempt", attempt.key)).context
    new = learner_client.get(url("attempt", attempt.key)).context
    answers = {n: choice_fields_at(attempt, n) for n in (1, 2)}
    here = {"desk": new["attempt"].desk, "seen": new["sequence"]}
    learner_client.post(url("attempt", attempt.key), {"q1": answers[1]["a"], **here})
    there = {"desk": old["attempt"].desk, "seen": old["sequence"]}
    page = learner_client.post(
        url("attempt", attempt.key), {"q1": answers[1]["c"], "q2": answers[2]["a"], **there}, follow=True
    )
    assert "question 1" in text(page)
    assert [q.response for q in sitting_of(attempt).questions[:2]] == [{"a": "1"}, {"a": "1"}]
    assert AttemptEvent.objects.get().kind == "taken_over"


def test_a_forged_desk_is_no_error(exam, learner_client):
    attempt = start(learner_client, exam())
    for desk in ("", "x", str(uuid4())):
        reply = learner_client.post(url("save", attempt.key), {"sequence": "1", "desk": desk})
        assert reply.status_code in (200, 409)


# --- corrections when due


@pytest.mark.parametrize(("feedback", "shown"), [("submission", True), ("never", False), ("closing", False)])
def test_no_key_leaves_before_it_is_due(exam, learner_client, feedback, shown):
    later = (timezone.now() + 60 * MINUTE).isoformat()
    planted = exam(feedback=feedback, closes_at=later)
    attempt = start(learner_client, planted)
    learner_client.post(url("attempt", attempt.key), {**perfect_fields(sitting_of(attempt)), "go": "submit"})
    page = text(learner_client.get(url("review", attempt.key)))
    assert "100%" in page
    assert "By objective" in page
    assert ("FEEDBACK" in page) is shown
    assert ("Keep it and answer" in page) is shown


def test_after_the_closing_everybody_sees_the_corrections_once_nobody_sits(exam, learner, learner_client):
    planted = exam(feedback="closing", closes_at=(timezone.now() + 60 * MINUTE).isoformat())
    attempt = start(learner_client, planted)
    learner_client.post(url("finish", attempt.key))
    other = begin(planted, UserFactory(), now=timezone.now())
    Quiz.objects.update(closes_at=timezone.now() - 5 * MINUTE)
    assert "FEEDBACK" not in text(learner_client.get(url("review", attempt.key)))
    services.submit_attempt(sitting=sitting_of(other), now=timezone.now())
    assert "FEEDBACK" in text(learner_client.get(url("review", attempt.key)))


def test_the_report_says_when_an_objective_rests_on_few_questions(exam, learner_client):
    attempt = start(learner_client, exam())
    learner_client.post(url("finish", attempt.key))
    page = text(learner_client.get(url("review", attempt.key)))
    assert page.count("on 2 questions only") == 2


def test_the_quiz_page_costs_the_same_whatever_came_before(
    exam, learner, learner_client, django_assert_max_num_queries
):
    planted = exam(max_attempts=50, first_delay=1)
    for n in range(6):
        submit(begin(planted, learner, now=NOW + n * 60 * MINUTE))
    learner_client.get(planted.url())
    with django_assert_max_num_queries(12):
        learner_client.get(planted.url())


def test_a_page_that_believes_its_time_is_over_is_not_believed_after_extra_time(exam, learner, learner_client):
    planted = exam(time_limit=10)
    attempt = start(learner_client, planted)
    allow(learner, minutes=30, now=timezone.now())
    reply = learner_client.post(url("save", attempt.key), {"sequence": "1"}).json()
    assert 39 * 60 < reply["left"]["attempt"] <= 40 * 60
    assert learner_client.post(url("finish", attempt.key), {"clock": "over"}).url == url("attempt", attempt.key)
    assert Attempt.objects.get().is_open
    Attempt.objects.update(deadline=timezone.now())
    assert learner_client.post(url("finish", attempt.key), {"clock": "over"}).url == url("review", attempt.key)

"""What falls due: on the dashboard, on its page, and at a private address one's calendar reads."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from courses import services
from courses.calendar.deadlines import deadlines_of, due_soon
from courses.calendar.services import renew_address, revoke_address
from courses.models import ActivityRecord, CalendarAddress
from quizzes.models import Quiz, QuizPage
from tests.conftest import NOW
from tests.factories import UserFactory, add_child

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.now()


@pytest.fixture
def quiz_page(tree, learner, today):
    """A quiz of the learner's course that closes in ten days, in both languages."""
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    quiz = Quiz.objects.create(identifier="q1", closes_at=today + 10 * DAY)
    key = "0f9a7c1e-0000-4000-8000-000000000001"
    return {
        language: add_child(tree.module[language], QuizPage, f"The quiz {language}", "quiz", key, quiz=quiz)
        for language in ("fr", "en")
    }


def events(client, address):
    response = client.get(f"/calendar/{address.token}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_quiz_that_closes_stands_on_the_dashboard_and_on_the_page(learner_client, quiz_page):
    for url in ("/en/dashboard/", "/en/learn/calendar/"):
        html = learner_client.get(url).content.decode()
        assert "A quiz closes: The quiz en" in html, url
        assert quiz_page["en"].url in html


def test_a_calendar_reads_it_without_logging_in_in_the_learners_language(client, learner, quiz_page, today):
    learner.language = "fr"
    learner.save()
    (event,) = events(client, renew_address(user=learner, now=today))
    assert "The quiz fr" in str(event["summary"])
    assert event["dtstart"].dt == quiz_page["fr"].quiz.closes_at.replace(microsecond=0)
    assert str(event["url"]).endswith(quiz_page["fr"].url)


def test_an_entry_keeps_its_name_when_the_moment_moves(client, learner, quiz_page, today):
    address = renew_address(user=learner, now=today)
    (before,) = events(client, address)
    Quiz.objects.update(closes_at=today + 20 * DAY)
    (after,) = events(client, address)
    assert before["uid"] == after["uid"]
    assert before["dtstart"].dt != after["dtstart"].dt


def test_what_is_passed_is_due_no_more_and_what_was_missed_is_told_for_a_while(learner, tree, quiz_page, today):
    Quiz.objects.update(closes_at=today - DAY, opens_at=None)
    assert [d.late for d in due_soon(learner, now=today)] == [True]
    Quiz.objects.update(closes_at=today - 30 * DAY)
    assert deadlines_of(learner, now=today) == []
    Quiz.objects.update(opens_at=today + DAY, closes_at=today + 3 * DAY)
    assert [d.key.split("-")[1] for d in deadlines_of(learner, now=today)] == ["opens", "closes"]
    ActivityRecord.objects.create(
        user=learner, course_key=tree.course_key, activity_key=quiz_page["fr"].translation_key, passed=True,
        begun_at=NOW, updated_at=NOW,
    )  # fmt: skip
    assert deadlines_of(learner, now=today) == []


def test_other_peoples_courses_are_not_ones_own(quiz_page, today):
    assert deadlines_of(UserFactory(), now=today) == []


def test_the_address_is_renewed_and_closed_by_its_owner_alone(client, learner_client, learner):
    assert "/calendar/" not in learner_client.get("/en/learn/calendar/").context["feed_url"]
    learner_client.post(reverse("courses:renew_calendar"))
    first = CalendarAddress.objects.get().token
    learner_client.post(reverse("courses:renew_calendar"))
    second = CalendarAddress.objects.get().token
    assert f"/calendar/{second}.ics" in learner_client.get("/en/learn/calendar/").content.decode()
    client.logout()
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert client.get(f"/calendar/{second}.ics").status_code == 200
    for name in ("renew_calendar", "revoke_calendar"):
        assert "/account/login/" in client.post(reverse(f"courses:{name}"))["Location"]
    client.force_login(learner)
    assert client.get(reverse("courses:revoke_calendar")).status_code == 405
    client.post(reverse("courses:revoke_calendar"))
    assert client.get(f"/calendar/{second}.ics").status_code == 404


def test_who_has_left_has_no_calendar(client, learner, today):
    address = renew_address(user=learner, now=today)
    learner.is_active = False
    learner.save()
    assert client.get(f"/calendar/{address.token}.ics").status_code == 404
    revoke_address(user=learner)
    revoke_address(user=learner)


def test_the_feed_is_kept_by_no_cache_and_no_search_engine(client, learner, today):
    response = client.get(f"/calendar/{renew_address(user=learner, now=today).token}.ics")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert client.post(response.wsgi_request.path).status_code == 405


def test_the_dashboard_stays_within_its_queries(learner_client, quiz_page, django_assert_max_num_queries):
    learner_client.get("/fr/dashboard/")
    with django_assert_max_num_queries(12):
        learner_client.get("/fr/dashboard/")

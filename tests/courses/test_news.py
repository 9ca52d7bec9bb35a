import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from courses import services
from courses.models import Enrolment, LessonPage
from tests.factories import add_child, body

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def enrolled(tree, learner):
    """Enrolled ten days ago; the lessons are older than that."""
    now = timezone.now()
    LessonPage.objects.update(first_published_at=now - 20 * DAY, last_published_at=now - 20 * DAY)
    return services.enrol(user=learner, course_key=tree.course_key, now=now - 10 * DAY)


def add_lesson(tree, **fields):
    key = uuid4()
    for language in ("fr", "en"):
        page = add_child(tree.module[language], LessonPage, f"Added {language}", "added", key, body=body(language))
        LessonPage.objects.filter(pk=page.pk).update(
            **{"first_published_at": timezone.now(), "last_published_at": timezone.now(), **fields}
        )
    return page


def card(client, url="/fr/dashboard/"):
    return client.get(url).context["mine"][0]


def new_titles(client):
    return [item.title for item in card(client).outline.items if item.new]


def test_nothing_is_new_to_somebody_who_has_just_enrolled(learner_client, enrolled):
    assert new_titles(learner_client) == []


def test_a_lesson_published_after_the_last_visit_is_new_until_it_is_opened(learner_client, enrolled, tree):
    added = add_lesson(tree)
    assert new_titles(learner_client) == ["Added fr"]
    learner_client.get(added.url)
    assert new_titles(learner_client) == []


def test_a_lesson_that_stood_there_at_the_last_visit_is_not_new(learner_client, enrolled, tree):
    add_lesson(tree, first_published_at=timezone.now() - 5 * DAY)
    Enrolment.objects.update(last_seen_at=timezone.now() - DAY)
    assert new_titles(learner_client) == []


def test_it_stays_new_throughout_the_visit_in_which_one_learns_of_it(learner_client, enrolled, tree):
    Enrolment.objects.update(last_seen_at=timezone.now() - 2 * DAY)
    add_lesson(tree, first_published_at=timezone.now() - DAY)
    learner_client.get(tree.lessons["fr"][0].url)
    learner_client.get(tree.lessons["fr"][1].url)
    assert new_titles(learner_client) == ["Added fr"]


def test_a_lesson_added_to_a_finished_course_is_new_and_the_course_stays_finished(
    learner_client, enrolled, tree, learner
):
    for lesson in tree.lessons["fr"]:
        services.complete_lesson(
            user=learner, course_key=tree.course_key, activity_key=lesson.translation_key, now=timezone.now() - DAY
        )
    add_lesson(tree)
    Enrolment.objects.update(last_seen_at=timezone.now())
    assert new_titles(learner_client) == ["Added fr"]
    enrolled.refresh_from_db()
    assert enrolled.completed_at
    assert "Added fr" in learner_client.get(tree.course["fr"].url).content.decode()


def test_the_dashboard_tells_what_was_added_and_what_was_rewritten_of_what_one_has_read(learner_client, enrolled, tree):
    first, second = tree.lessons["fr"]
    learner_client.get(first.url)
    Enrolment.objects.update(last_seen_at=timezone.now() - 2 * DAY, previous_seen_at=None)
    add_lesson(tree)
    LessonPage.objects.filter(pk__in=[first.pk, second.pk]).update(last_published_at=timezone.now() - DAY)
    response = learner_client.get("/fr/dashboard/")
    told = [(change.item.title, change.new) for change in response.context["changes"]]
    assert told == [("Added fr", True), (first.title, False)]


def test_a_course_one_does_not_take_brings_no_news(learner_client, tree):
    add_lesson(tree)
    assert learner_client.get("/fr/dashboard/").context["changes"] == []


def test_a_visit_ends_after_half_an_hour_of_silence(learner_client, enrolled, tree):
    now = timezone.now()
    Enrolment.objects.update(last_seen_at=now - DAY, last_activity_key=tree.lessons["fr"][0].translation_key)
    learner_client.get(tree.lessons["fr"][0].url)
    enrolled.refresh_from_db()
    assert enrolled.previous_seen_at == now - DAY
    learner_client.get(tree.lessons["fr"][1].url)
    enrolled.refresh_from_db()
    assert enrolled.previous_seen_at == now - DAY

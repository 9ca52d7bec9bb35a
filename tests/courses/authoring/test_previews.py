"""Previews as a learner, as a visitor and in each language: they show what each would see and write nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import ActivityRecord, CheckAnswer, Enrolment, LessonPage
from courses.services import enrol
from tests.factories import instructor

pytestmark = pytest.mark.django_db


def preview(page, mode, user):
    page = page.specific_class.objects.get(pk=page.pk)
    return page.make_preview_request(preview_mode=mode, extra_request_attrs={"user": user})


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (ActivityRecord, CheckAnswer, Enrolment)]


@pytest.fixture
def author(tree):
    """An instructor who takes the course too: a preview must not touch that."""
    user = instructor()
    enrol(user=user, course_key=tree.course_key, now=timezone.now())
    return user


@pytest.mark.parametrize("mode", ["", "visitor", "learner-fr", "learner-en"])
@pytest.mark.parametrize("kind", ["course", "module", "lesson"])
def test_no_preview_writes_anything_and_none_can_be_made_to(tree, author, kind, mode):
    page = {"course": tree.course, "module": tree.module, "lesson": {"en": tree.lessons["en"][0]}}[kind]["en"]
    before = rows()
    response = preview(page, mode, author)
    assert response.status_code == 200
    assert rows() == before
    policy = response["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "connect-src 'none'" in policy


def test_a_learner_sees_the_lesson_in_its_course_and_a_visitor_the_course(tree, author):
    lesson = tree.lessons["en"][0]
    seen = preview(lesson, "", author).content.decode()
    assert "Heading en" in seen
    assert "min left in the course" in seen
    visitor = preview(lesson, "visitor", author).content.decode()
    assert "Heading en" not in visitor
    assert tree.course["en"].title in visitor
    LessonPage.objects.filter(pk=lesson.pk).update(open_to_all=True)
    assert "Heading en" in preview(lesson, "visitor", author).content.decode()


def test_the_other_language_is_shown_in_its_own_words(tree, author):
    seen = preview(tree.lessons["en"][0], "learner-fr", author).content.decode()
    assert "Heading fr" in seen
    assert '<html lang="fr"' in seen


def test_the_editor_offers_the_ways_to_look_and_a_phone(client, tree, author):
    client.force_login(author)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[tree.lessons["en"][0].pk])).content.decode()
    for words in ("As a learner", "As a visitor", "As a learner: French"):
        assert words in html
    assert 'data-device-width="375"' in html

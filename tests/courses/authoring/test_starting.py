"""A new lesson opens with its parts in place; one that exists keeps its own."""

import pytest
from django.urls import reverse

from courses.authoring.starting import LessonForm, start
from courses.models import LessonPage
from tests.factories import instructor

pytestmark = pytest.mark.django_db
KINDS = ["situation", "text", "case", "check", "remember"]


def test_a_new_lesson_has_the_parts_of_the_curriculum():
    lesson = LessonPage()
    start(lesson)
    assert [block.block_type for block in lesson.body] == KINDS
    assert (len(lesson.objectives), len(lesson.sources)) == (2, 1)


def test_two_new_lessons_ask_under_different_identifiers():
    one, two = LessonPage(), LessonPage()
    start(one)
    start(two)
    assert one.body[3].value["key"] != two.body[3].value["key"]


def test_the_form_of_a_new_lesson_shows_them(client, tree):
    client.force_login(instructor())
    response = client.get(reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", tree.module["en"].pk]))
    assert response.status_code == 200
    assert [block.block_type for block in response.context["form"].instance.body] == KINDS


def test_a_lesson_that_exists_keeps_its_own_parts(client, tree):
    client.force_login(instructor())
    response = client.get(reverse("wagtailadmin_pages:edit", args=[tree.lessons["en"][0].pk]))
    assert isinstance(response.context["form"], LessonForm)
    assert [block.block_type for block in response.context["form"].instance.body] == ["text", "check"]

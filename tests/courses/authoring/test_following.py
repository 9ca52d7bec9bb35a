"""A page moved in one language takes the other along, or its author is told why not."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from academy.roles import group
from courses import services
from courses.models import ActivityRecord, LessonPage, ModulePage
from tests.factories import UserFactory, add_child, instructor, plant_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, tree):
    client.force_login(instructor())
    return client


@pytest.fixture
def second(tree):
    """A second module of the course, in both languages."""
    key = uuid4()
    return {
        language: add_child(tree.course[language], ModulePage, f"Second {language}", "second", key)
        for language in ("fr", "en")
    }


def move(client, page, destination):
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])
    response = client.post(url)
    return [str(message) for message in get_messages(response.wsgi_request)]


def put_at(client, page, position):
    url = reverse("wagtailadmin_pages:set_page_position", args=[page.pk])
    response = client.post(f"{url}?position={position}")
    assert response.status_code == 200
    return [str(message) for message in get_messages(response.wsgi_request)]


def under(parent):
    return [page.translation_key for page in Page.objects.get(pk=parent.pk).get_children().order_by("path")]


def fresh(page):
    return Page.objects.get(pk=page.pk)


def test_a_lesson_moved_to_another_module_takes_its_other_language_along(desk, tree, second):
    said = move(desk, tree.lessons["en"][0], second["en"])
    assert fresh(tree.lessons["fr"][0]).is_child_of(fresh(second["fr"]))
    assert any("“Lesson 1 fr”" in text and "same place" in text for text in said)


def test_what_learners_did_goes_along_to_another_course(desk, tree, learner):
    other = plant_course(tree.catalogue, slug="elsewhere", lessons=1)
    lesson = tree.lessons["en"][1]
    services.enrol(user=learner, course_key=tree.course_key, now=timezone.now())
    services.complete_lesson(
        user=learner, course_key=tree.course_key, activity_key=lesson.translation_key, now=timezone.now()
    )
    move(desk, lesson, other["module"]["en"])
    assert fresh(tree.lessons["fr"][1]).is_child_of(fresh(other["module"]["fr"]))
    assert ActivityRecord.objects.get().course_key == other["course"]["fr"].translation_key


@pytest.mark.parametrize(("moved", "position"), [(0, 2), (2, 0), (1, 0), (0, 1), (1, 2)])
@pytest.mark.parametrize(("here", "there"), [("en", "fr"), ("fr", "en")])
def test_another_order_in_one_language_is_the_order_of_both(desk, tree, moved, position, here, there):
    key = uuid4()
    for language in (here, there):
        add_child(tree.module[language], LessonPage, "Third", "third", key, minutes=5)
    page = Page.objects.get(locale__language_code=here, translation_key=under(tree.module[here])[moved])
    put_at(desk, page, position)
    assert under(tree.module[here]).index(page.translation_key) == position
    assert under(tree.module[there]) == under(tree.module[here])


def test_what_exists_in_one_language_alone_keeps_its_place(desk, tree):
    add_child(tree.module["fr"], LessonPage, "Seulement en français", "seul", alone := uuid4(), minutes=5)
    one, two = (lesson.translation_key for lesson in tree.lessons["fr"])
    put_at(desk, tree.lessons["en"][1], 0)
    assert under(tree.module["en"]) == [two, one]
    assert [key for key in under(tree.module["fr"]) if key != alone] == [two, one]
    put_at(desk, Page.objects.get(translation_key=alone), 0)
    assert under(tree.module["en"]) == [two, one]


def test_where_the_new_parent_is_not_translated_the_author_is_told_and_led(desk, tree):
    alone = add_child(tree.course["en"], ModulePage, "English only", "english-only", uuid4())
    before = under(tree.module["fr"])
    said = move(desk, tree.lessons["en"][0], alone)
    assert under(tree.module["fr"]) == before
    told = next(text for text in said if "stays where it was" in text)
    assert reverse("wagtailadmin_pages:move", args=[tree.lessons["fr"][0].pk]) in told


def test_an_address_already_taken_there_is_not_taken_twice(desk, tree, second):
    add_child(second["fr"], LessonPage, "Another", tree.lessons["fr"][0].slug, uuid4(), minutes=5)
    said = move(desk, tree.lessons["en"][0], second["en"])
    assert fresh(tree.lessons["fr"][0]).is_child_of(fresh(tree.module["fr"]))
    assert any("already has the address" in text for text in said)


@pytest.fixture
def english_desk(client, tree):
    """The desk of somebody who may edit the English pages, and no others."""
    only_english = group("English desk")
    only_english.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=only_english, page=tree.home["en"], permission=permission)
    user = UserFactory(is_staff=True, language="en")
    user.groups.add(only_english)
    client.force_login(user)
    return client


def test_nobody_moves_pages_of_a_language_they_may_not_edit(english_desk, tree, second):
    before = under(tree.module["fr"])
    said = move(english_desk, tree.lessons["en"][0], second["en"])
    assert fresh(tree.lessons["en"][0]).is_child_of(fresh(second["en"]))
    assert under(tree.module["fr"]) == before
    assert any("you may not move it" in text for text in said)


def test_a_row_dragged_says_what_became_of_the_other_language(desk, tree):
    said = put_at(desk, tree.lessons["en"][1], 0)
    assert under(tree.module["fr"]) == under(tree.module["en"])
    assert len(said) == 1
    assert "“Lesson 2 fr” (French) now stands in the same place." in said[0]


def test_a_row_dragged_where_the_other_language_is_not_ones_own_says_why_that_one_stays(english_desk, tree):
    before = under(tree.module["fr"])
    said = put_at(english_desk, tree.lessons["en"][1], 0)
    assert under(tree.module["en"]) == before[::-1]
    assert under(tree.module["fr"]) == before
    assert len(said) == 1
    assert "“Lesson 2 fr” (French) stays where it was: you may not move it." in said[0]


def test_whoever_may_not_drag_a_row_moves_nothing_and_is_told_nothing_of_it(english_desk, tree):
    before = under(tree.module["fr"])
    url = reverse("wagtailadmin_pages:set_page_position", args=[tree.lessons["fr"][1].pk])
    english_desk.post(f"{url}?position=0")
    assert under(tree.module["fr"]) == under(tree.module["en"]) == before
    page = english_desk.get(reverse("wagtailadmin_explore", args=[tree.module["en"].pk])).content.decode()
    assert "stays where it was" not in page


def test_pages_outside_the_curriculum_are_dragged_as_ever(desk, tree):
    """Their languages are their authors' business."""
    assert put_at(desk, tree.home["en"], 0) == []


def test_several_pages_moved_at_once_take_their_other_languages_along(desk, tree, second):
    pages = [lesson.pk for lesson in tree.lessons["en"]]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    query = "&".join(f"id={pk}" for pk in pages)
    response = desk.post(f"{url}?{query}", {"chooser": second["en"].pk})
    assert response.status_code == 302
    assert under(second["fr"]) == under(second["en"]) == [lesson.translation_key for lesson in tree.lessons["en"]]


def test_a_program_that_moves_one_language_moves_that_one_alone(tree, second):
    fresh(tree.lessons["en"][0]).move(fresh(second["en"]), pos="last-child")
    assert fresh(tree.lessons["fr"][0]).is_child_of(fresh(tree.module["fr"]))


def test_the_report_names_pages_whose_languages_lie_apart(desk, tree, second):
    fresh(tree.lessons["en"][0]).move(fresh(second["en"]), pos="last-child")
    html = desk.get(reverse("content_health"), {"code": "apart"}).content.decode()
    assert html.count("Languages in different places") >= 2

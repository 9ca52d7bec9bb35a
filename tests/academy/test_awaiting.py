"""The admin's home says what awaits each role, with a way there, and nothing that is not theirs to do."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail import hooks

from academy.awaiting import awaiting
from academy.bootstrap import bootstrap
from academy.roles import AUTHORS, INSTRUCTORS, REVIEWERS, TRAINING_MANAGERS
from courses.models import LessonPage, PageFinding, PageHealth
from tests.factories import UserFactory, user_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(tree):
    bootstrap()
    page = tree.lessons["en"][0]
    health = PageHealth.objects.create(page=page, stamp="1", checked_at="2026-11-30T00:00Z")
    PageFinding.objects.create(health=health, code="long_sentence")
    PageFinding.objects.create(health=health, code="untranslated")
    return page


def sentences(user):
    return [line.sentence for line in awaiting(user)]


def submit(page, author):
    page.save_revision(user=author)
    page.get_workflow().start(page, author)


def test_a_reviewer_is_told_of_a_page_that_waits_and_its_author_is_not(client, lesson):
    author = user_in(AUTHORS)
    submit(lesson, author)
    assert "1 page waits for your review" in sentences(user_in(REVIEWERS))
    assert "1 page waits for your review" not in sentences(author)


def test_a_page_with_remarks_is_counted_once_and_translations_tell_of_themselves(lesson):
    assert "1 page with remarks on its content" in sentences(user_in(INSTRUCTORS))
    PageFinding.objects.filter(code="long_sentence").delete()
    assert not any("remarks" in line for line in sentences(user_in(INSTRUCTORS)))


def test_a_page_in_one_language_is_said_to_be_untranslated(lesson, tree):
    tree.lessons["fr"][1].delete()
    assert "1 page not translated yet" in sentences(user_in(AUTHORS))


@pytest.mark.parametrize("user", [lambda: user_in(TRAINING_MANAGERS), UserFactory])
def test_who_may_do_none_of_it_is_told_nothing(lesson, user):
    submit(lesson, user_in(AUTHORS))
    assert awaiting(user()) == []


def test_every_line_leads_to_a_page_that_opens(client, lesson, tree):
    tree.lessons["fr"][1].delete()
    submit(lesson, user_in(AUTHORS))
    client.force_login(user := user_in(INSTRUCTORS))
    lines = awaiting(user)
    assert len(lines) == 3
    assert {client.get(line.url).status_code for line in lines} == {200}


def test_the_home_bears_the_academys_seal_and_the_panel(client, lesson):
    client.force_login(user_in(INSTRUCTORS))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "academy/logo" in html.split("data-wagtail-sidebar-branding-logo")[1][:200]
    assert "Ce qui vous attend" in html or "Awaiting you" in html


def test_the_lines_cost_the_same_with_many_pages(lesson, tree, django_assert_max_num_queries):
    user = user_in(INSTRUCTORS)
    for n in range(5):
        twin = LessonPage(title=f"More {n}", slug=f"more-{n}", locale=lesson.locale)
        lesson.get_parent().add_child(instance=twin)
    with django_assert_max_num_queries(24):
        awaiting(user)


def test_the_menu_speaks_the_language_of_whoever_looks():
    items = [item for hook in hooks.get_hooks("register_admin_menu_item") for item in [hook()]]
    with translation.override("en"):
        english = {str(item.label) for item in items}
    with translation.override("fr"):
        french = {str(item.label) for item in items}
    assert {"Translations", "Answers to mark", "Replies to mark"} <= english
    assert {"Traductions", "Copies à noter", "Réponses à noter"} <= french
    assert max(map(len, english | french)) <= 18  # the menu cuts what is longer

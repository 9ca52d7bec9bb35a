"""What is not translated yet is offered in the other language, in its place, with a plain label."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import translate_url
from django.utils import timezone

from courses import services
from courses.lending import lend
from courses.models import LessonPage, ModulePage
from courses.outline import Item, Module, Outline
from tests.conftest import NOW
from tests.factories import add_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def english_only(tree, learner):
    """A lesson between the two others, written in English only; the learner reads French."""
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    learner.language = "fr"
    learner.save()
    page = add_child(tree.module["en"], LessonPage, "Only in English", "only", uuid4(), minutes=5)
    second = LessonPage.objects.get(pk=tree.lessons["en"][1].pk)
    second.move(page, pos="right")
    return LessonPage.objects.get(pk=page.pk)


def test_it_stands_in_its_place_in_the_outline_with_its_label(learner_client, tree, english_only):
    response = learner_client.get(tree.course["fr"].url)
    titles = [item.title for item in response.wsgi_request.learning.course.items]
    assert titles == ["Lesson 1 fr", "Only in English", "Lesson 2 fr"]
    html = response.content.decode()
    assert f'href="{english_only.url}" hreflang="en" lang="en"' in html
    assert html.count('hreflang="en" lang="en">Only') == 1


def test_in_its_own_language_it_has_no_label(learner_client, tree, english_only):
    learning = learner_client.get(tree.course["en"].url).wsgi_request.learning
    assert [item.language for item in learning.course.items] == ["", "", ""]


def test_previous_and_next_lead_through_it(learner_client, tree, english_only):
    learning = learner_client.get(tree.lessons["fr"][0].url).wsgi_request.learning
    assert learning.next.url == english_only.url


def test_the_lesson_says_so_in_the_readers_language_and_leads_back(learner_client, tree, english_only):
    html = learner_client.get(english_only.url).content.decode()
    assert 'lang="fr"><svg' in html
    assert f'<a href="{tree.module["fr"].url}">' in html
    translated = learner_client.get(tree.lessons["en"][0].url).content.decode()
    assert 'data-state="info" lang="fr"' not in translated


def test_the_language_switch_leads_to_the_nearest_page_that_exists(learner_client, tree, english_only):
    html = learner_client.get(english_only.url).content.decode()
    assert f'href="{tree.module["fr"].url}" hreflang="fr"' in html
    assert translate_url("/en/learn/notes/", "fr") == "/fr/learn/notes/"


def switch(response, language):
    """Return where the language switch of a page leads."""
    return next(each for each in response.context["alternates"] if each["code"] == language)


def test_where_no_module_or_course_is_translated_the_switch_leads_further_up(learner_client, tree, english_only):
    tree.module["fr"].unpublish()
    to_french = switch(learner_client.get(english_only.url), "fr")
    assert (to_french["url"], to_french["missing"]) == (tree.course["fr"].url, True)
    tree.course["fr"].unpublish()
    assert switch(learner_client.get(english_only.url), "fr")["url"] == tree.catalogue["fr"].url
    tree.catalogue["fr"].unpublish()
    cache.clear()  # the catalogue's address is kept for a few minutes
    assert switch(learner_client.get(english_only.url), "fr")["url"] == "/fr/"


def test_the_switch_follows_a_page_to_another_module(learner_client, learner, tree):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    module = add_child(tree.course["fr"], ModulePage, "Another", "another", uuid4())
    lesson = LessonPage.objects.get(pk=tree.lessons["fr"][0].pk)
    lesson.move(module, pos="last-child")
    moved = LessonPage.objects.get(pk=lesson.pk)
    to_french = switch(learner_client.get(tree.lessons["en"][0].url), "fr")
    assert (to_french["url"], to_french["missing"]) == (moved.url, False)


def test_it_counts_for_the_course_in_both_languages(learner, tree, english_only):
    for lesson in (*tree.lessons["fr"], english_only):
        enrolment = services.enrol(user=learner, course_key=tree.course_key, now=NOW)
        assert enrolment.completed_at is None
        services.complete_lesson(
            user=learner, course_key=tree.course_key, activity_key=lesson.translation_key, now=timezone.now()
        )
    enrolment.refresh_from_db()
    assert enrolment.completed_at


def test_a_whole_module_without_translation_is_lent(learner_client, tree, english_only):
    module = add_child(tree.course["en"], ModulePage, "A module in English", "module-2", uuid4())
    add_child(module, LessonPage, "In it", "in-it", uuid4(), minutes=5)
    learning = learner_client.get(tree.course["fr"].url).wsgi_request.learning
    assert [m.title for m in learning.course.modules] == ["Module fr", "A module in English"]
    module.live = False
    module.save()
    learning = learner_client.get(tree.course["fr"].url).wsgi_request.learning
    assert len(learning.course.modules) == 1, "what is not published is lent to nobody"


def test_the_dashboard_and_the_lesson_cost_no_query_more(
    learner_client, tree, english_only, django_assert_max_num_queries
):
    for url in (tree.lessons["fr"][0].url, "/fr/dashboard/"):
        learner_client.get(url)
        with django_assert_max_num_queries(12):
            learner_client.get(url)


def test_the_search_of_a_language_finds_what_is_in_it(client, tree, english_only):
    assert "Only in English" not in client.get(tree.catalogue["fr"].url, {"kind": "lesson"}).content.decode()


def test_what_comes_first_there_comes_first_here():
    keys = [uuid4() for _ in range(3)]
    mine = Outline(uuid4(), "C", "/fr/c/", [Module(module := uuid4(), "M", "", [Item(keys[2], "3", "", "lesson", 1)])])
    theirs = [Item(key, str(n), "", "lesson", 1) for n, key in enumerate(keys, start=1)]
    lend(Outline(mine.key, "C", "/en/c/", [Module(module, "M", "", theirs)]), mine)
    assert [item.title for item in mine.items] == ["1", "2", "3"]
    assert [item.language for item in mine.items] == ["en", "en", ""]

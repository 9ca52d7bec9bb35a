import pytest
from django.urls import reverse

from courses import services
from courses.models import ActivityRecord
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(tree, learner):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    return tree.lessons["fr"][0]


def place_url(lesson):
    return reverse("courses:remember_place", args=[lesson.translation_key])


def test_every_block_and_heading_is_a_place_the_same_in_both_languages(learner_client, lesson, tree):
    for page in (lesson, tree.lessons["en"][0]):
        html = learner_client.get(page.url).content.decode()
        assert 'id="part-1"' in html
        assert '<h2 id="part-1-1">' in html
        assert 'id="part-2"' in html


def test_a_table_is_a_region_the_keyboard_scrolls(learner_client, lesson):
    lesson.body = [("text", "| a | b |\n|---|---|\n| 1 | 2 |\n\nAnd then:\n\n| c |\n|---|\n| 3 |")]
    lesson.save()
    html = learner_client.get(lesson.url).content.decode()
    assert html.count('<div class="table-scroll" role="region" tabindex="0" aria-label="Tableau"><table>') == 2
    assert html.count("</table></div>") == 2


def test_the_place_is_kept_and_leads_back(learner_client, lesson, tree):
    learner_client.get(lesson.url)
    assert learner_client.post(place_url(lesson), {"place": "part-1-1"}).status_code == 204
    assert ActivityRecord.objects.get().place == "part-1-1"
    assert 'href="#part-1-1"' in learner_client.get(lesson.url).content.decode()
    for url in ("/fr/dashboard/", tree.course["fr"].url):
        assert f'href="{lesson.url}#part-1-1"' in learner_client.get(url).content.decode()


def test_the_place_is_the_same_in_the_other_language(learner_client, lesson, tree):
    learner_client.get(lesson.url)
    learner_client.post(place_url(lesson), {"place": "part-2"})
    assert 'href="#part-2"' in learner_client.get(tree.lessons["en"][0].url).content.decode()


def test_a_lesson_that_is_read_is_opened_at_its_beginning(learner_client, lesson, learner, tree):
    learner_client.get(lesson.url)
    learner_client.post(place_url(lesson), {"place": "part-2"})
    services.complete_lesson(user=learner, course_key=tree.course_key, activity_key=lesson.translation_key, now=NOW)
    assert "#part-2" not in learner_client.get(lesson.url).content.decode()


@pytest.mark.parametrize("place", ["", "part-", "part-1-", "note", 'part-1"><script>', "part-9999", "part-1-1-1"])
def test_what_is_no_place_is_refused(learner_client, lesson, place):
    learner_client.get(lesson.url)
    assert learner_client.post(place_url(lesson), {"place": place}).status_code == 422
    assert ActivityRecord.objects.get().place == ""


def test_a_place_takes_a_post_an_account_and_a_lesson_one_has_opened(client, learner_client, lesson):
    assert learner_client.get(place_url(lesson)).status_code == 405
    assert learner_client.post(place_url(lesson), {"place": "part-1"}).status_code == 404
    client.logout()
    assert "/account/login/" in client.post(place_url(lesson), {"place": "part-1"})["Location"]


def test_nobody_moves_somebody_elses_place(client, learner_client, lesson):
    from tests.factories import UserFactory

    learner_client.get(lesson.url)
    stranger = UserFactory()
    client.force_login(stranger)
    assert client.post(place_url(lesson), {"place": "part-1"}).status_code == 404
    assert ActivityRecord.objects.get().place == ""


def test_keeping_the_place_is_one_write(learner_client, lesson, django_assert_max_num_queries):
    learner_client.get(lesson.url)
    with django_assert_max_num_queries(3) as captured:
        learner_client.post(place_url(lesson), {"place": "part-1"})
    assert len([q for q in captured if q["sql"].startswith("UPDATE")]) == 1


def test_a_lesson_holds_the_shortcuts_sheet_and_its_switch(learner_client, lesson):
    html = learner_client.get(lesson.url).content.decode()
    assert 'id="keys"' in html
    assert "data-keys-switch" in html


def test_what_is_locked_says_why_and_how_to_open_it(client, tree):
    html = client.get(tree.course["en"].url).content.decode()
    assert "Locked: Enrol in the course to open it." in html
    assert 'id="enrol"' in html
    assert f"{tree.course['en'].url}#enrol" in client.get(tree.module["en"].url).content.decode()

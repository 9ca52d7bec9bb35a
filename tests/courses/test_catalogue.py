import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses import services
from courses.models import ActivityRecord, CoursePage, LessonPage
from tests.conftest import NOW
from tests.factories import CHECK, plant_course

pytestmark = pytest.mark.django_db

CRISIS = [
    ("text", "## Le premier quart d’heure\n\nQuand la **crise** éclate, on répond aux clients inquiets avant tout le monde."),
    ("check", {**CHECK, "options": [{**CHECK["options"][0], "feedback": "Le mot secret est zanzibar."}, CHECK["options"][1]]}),
]  # fmt: skip


def write(lesson, **fields):
    for name, value in fields.items():
        setattr(lesson, name, value)
    lesson.save_revision().publish()
    return lesson


@pytest.fixture
def crisis(tree):
    """The first lesson speaks of a crisis, in its title and its text; the second only in its text."""
    write(tree.lessons["fr"][1], title="Sérénité", body=[("text", "Une crise se prépare.")])
    return write(tree.lessons["fr"][0], title="Communiquer pendant la crise", summary="Garder sa voix.", body=CRISIS)


def search(client, tree, language="fr", **asked):
    return client.get(tree.catalogue[language].url, asked)


def names(response):
    return [hit.name for hit in response.wsgi_request.catalogue.hits]


@pytest.mark.parametrize("query", ["crise", "CRISES", "crise client", "communiquant crise", "clients inquiete"])
def test_a_lesson_is_found_whatever_the_accents_and_endings(client, tree, crisis, query):
    assert crisis.title in names(search(client, tree, q=query))


def test_what_stands_in_the_title_comes_first(client, tree, crisis):
    assert names(search(client, tree, q="crises")) == ["Communiquer pendant la crise", "Sérénité"]


def test_only_the_active_language_is_searched(client, tree, crisis):
    assert names(search(client, tree, "en", q="crise")) == []
    write(tree.lessons["en"][0], title="Answering critics", body=[("text", "They criticised us.")])
    assert names(search(client, tree, "en", q="answers")) == ["Answering critics"]
    assert names(search(client, tree, "en", q="critic")) == ["Answering critics"]


def test_the_words_asked_for_are_marked_and_the_rest_escaped(learner_client, tree, learner, crisis):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    write(crisis, body=[("text", "Un `<script>` puis la crise & ses suites, bien après tout ceci.")])
    html = search(learner_client, tree, q="suite").content.decode()
    assert "la crise &amp; ses <mark>suites</mark>" in html
    assert "<script>" not in html.split("<main")[1]


def test_a_locked_lesson_is_found_but_not_quoted(client, tree, crisis):
    html = search(client, tree, q="inquiets").content.decode()
    assert crisis.title in html
    assert "avant tout le monde" not in html
    assert f'href="{tree.course["fr"].url}"' in html, "a locked lesson leads to where one enrols"


def test_an_enrolled_learner_is_shown_the_passage(learner_client, tree, learner, crisis):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    html = search(learner_client, tree, q="inquiet").content.decode()
    assert "<mark>inquiets</mark>" in html
    assert f'href="{crisis.url}"' in html


def test_the_answers_of_a_check_are_never_searched(learner_client, tree, learner, crisis):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    response = search(learner_client, tree, q="zanzibar")
    assert names(response) == [], "not even found by them"
    assert "Le mot secret" not in response.content.decode()


def test_when_no_page_holds_every_word_those_that_hold_some_are_shown(client, tree, crisis):
    response = search(client, tree, q="crise licorne")
    assert crisis.title in names(response)
    assert response.wsgi_request.catalogue.loosened


def test_nothing_found_says_what_to_try(client, tree):
    html = search(client, tree, q="xyzzy").content.decode()
    assert "xyzzy" in html
    assert "glossa" in html


@pytest.mark.parametrize("query", ['"', "'", "*", "a AND", "NEAR(", "%", "crise* OR 1=1", "{title}: crise", "\\", "—"])
def test_odd_questions_are_answered(client, tree, crisis, query):
    assert search(client, tree, q=query).status_code == 200


def test_a_page_taken_offline_is_found_no_more(client, tree, crisis):
    crisis.unpublish()
    assert names(search(client, tree, q="crise")) == ["Sérénité"]


def test_filters_narrow_by_course_level_time_and_format(client, tree):
    other = plant_course(tree.catalogue, slug="strategie", lessons=1)
    CoursePage.objects.filter(pk=other["course"]["fr"].pk).update(level="advanced")
    LessonPage.objects.filter(pk=other["lessons"]["fr"][0].pk).update(minutes=25)
    assert names(search(client, tree, course=str(tree.course_key))) == ["moderation fr", "Lesson 1 fr", "Lesson 2 fr"]
    assert names(search(client, tree, level="advanced")) == ["strategie fr", "Lesson 1 fr"]
    assert names(search(client, tree, minutes="5")) == ["Lesson 1 fr", "Lesson 2 fr"]
    assert names(search(client, tree, kind="course")) == ["moderation fr", "strategie fr"]
    assert names(search(client, tree, kind="quiz")) == []
    assert names(search(client, tree, kind="lesson", level="advanced", q="lesson")) == ["Lesson 1 fr"]


@pytest.mark.parametrize(
    "asked", [{"level": "wizard"}, {"minutes": "many"}, {"course": "1"}, {"page": "99"}, {"q": "x" * 500}]
)
def test_a_filter_nobody_could_have_chosen_is_left_aside(client, tree, asked):
    assert search(client, tree, **asked).status_code == 200


def test_the_catalogue_without_a_question_shows_the_courses_in_order(client, tree):
    response = client.get(tree.catalogue["fr"].url)
    assert response.wsgi_request.catalogue.hits is None
    assert re.search(r'class="contents"', response.content.decode())


def test_the_catalogue_takes_no_post(client, tree):
    assert client.post(tree.catalogue["fr"].url, {"q": "crise"}).status_code == 405


@pytest.mark.parametrize("asked", [{}, {"q": "text"}, {"q": "text licorne"}, {"kind": "lesson"}])
def test_searching_costs_the_same_however_many_lessons_and_records(learner_client, tree, learner, asked):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)

    def queries():
        search(learner_client, tree, **asked)
        with CaptureQueriesContext(connection) as captured:
            search(learner_client, tree, **asked)
        return len(captured)

    before = queries()
    plant_course({"fr": tree.catalogue["fr"]}, slug="many", lessons=30)
    keys = [uuid4() for _ in range(1000)]
    ActivityRecord.objects.bulk_create(
        ActivityRecord(user=learner, course_key=keys[0], activity_key=key, begun_at=NOW, updated_at=NOW) for key in keys
    )
    assert queries() == before <= 12

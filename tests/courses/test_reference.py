from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses import services
from courses.models import LessonPage
from tests.conftest import NOW
from tests.factories import add_child, instructor

pytestmark = pytest.mark.django_db


def term(name, definition):
    return ("term", {"term": name, "definition": definition})


@pytest.fixture
def words(tree):
    first, second = tree.lessons["fr"]
    first.glossary = [term("Troll", "Provoque pour provoquer."), term("État d’urgence", "Tout le monde sur le pont.")]
    first.body = [("remember", {"text": "- La critique **reste**."})]
    second.glossary = [term("troll", "Cherche la réaction."), term("Zèbre", "Un animal.")]
    for page in (first, second):
        page.save_revision().publish()
    return tree


def test_the_glossary_is_open_to_all_and_runs_from_a_to_z(client, words):
    response = client.get("/fr/learn/glossary/")
    assert response.context["alphabet"] == ["E", "T", "Z"]
    names = [t.name for _letter, terms in response.context["letters"] for t in terms]
    assert names == ["État d’urgence", "Troll", "Zèbre"]


def test_a_term_two_lessons_define_stands_once_with_both_and_leads_to_each(client, words):
    html = client.get("/fr/learn/glossary/").content.decode()
    assert html.count("<dt>") == 3
    for said in ("Provoque pour provoquer.", "Cherche la réaction."):
        assert said in html
    for lesson in words.lessons["fr"]:
        assert f'href="{lesson.url}"' in html


@pytest.mark.parametrize(
    ("query", "count"), [("etat", 1), ("TROLL", 1), ("réaction", 1), ("zebre animal", 1), ("rien", 0)]
)
def test_the_glossary_is_searched_without_accents(client, words, query, count):
    response = client.get("/fr/learn/glossary/", {"q": query})
    assert response.context["count"] == count
    assert response.status_code == 200


def test_each_language_has_its_own_terms_and_offline_lessons_none(client, words):
    assert client.get("/en/learn/glossary/").context["count"] == 0
    words.lessons["fr"][0].unpublish()
    assert client.get("/fr/learn/glossary/").context["count"] == 2


def test_the_glossary_takes_no_post_and_escapes_what_is_asked(client, words):
    assert client.post("/fr/learn/glossary/").status_code == 405
    assert "<img" not in client.get("/fr/learn/glossary/", {"q": "<img src=x>"}).content.decode()


def test_the_sheet_gathers_what_every_lesson_asks_to_remember(learner_client, learner, words):
    services.enrol(user=learner, course_key=words.course_key, now=NOW)
    html = learner_client.get(f"/fr/learn/{words.course_key}/remember/").content.decode()
    assert "La critique <strong>reste</strong>." in html
    assert "Module fr" in html
    assert words.lessons["fr"][1].title not in html


def test_a_course_without_points_says_so(learner_client, learner, tree):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    assert learner_client.get(f"/en/learn/{tree.course_key}/remember/").status_code == 200


def test_the_sheet_is_for_those_who_take_the_course(client, learner_client, words):
    url = f"/fr/learn/{words.course_key}/remember/"
    assert learner_client.get(url)["Location"] == words.course["fr"].url
    assert learner_client.post(url).status_code == 405
    assert learner_client.get(f"/fr/learn/{uuid4()}/remember/").status_code == 404
    client.logout()
    assert "/account/login/" in client.get(url)["Location"]
    client.force_login(instructor())
    assert client.get(url).status_code == 200


def test_glossary_and_sheet_cost_the_same_however_many_lessons(learner_client, learner, words):
    services.enrol(user=learner, course_key=words.course_key, now=NOW)
    urls = ("/fr/learn/glossary/", f"/fr/learn/{words.course_key}/remember/")

    def queries(url):
        learner_client.get(url)
        with CaptureQueriesContext(connection) as captured:
            learner_client.get(url)
        return len(captured)

    before = [queries(url) for url in urls]
    for n in range(20):
        add_child(words.module["fr"], LessonPage, f"More {n}", f"more-{n}", uuid4(), glossary=[term(f"Mot {n}", "…")])
    assert [queries(url) for url in urls] == before
    assert max(before) <= 12

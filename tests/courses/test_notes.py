import csv
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import services
from courses.models import LessonPage, Note
from courses.notes.services import StaleNoteError, set_bookmark, write_note
from tests.conftest import NOW
from tests.factories import UserFactory, instructor

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def lesson(tree, learner):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    return tree.lessons["fr"][0]


def write(learner, lesson, text, version=0, course_key=None):
    return write_note(
        user=learner,
        course_key=course_key or lesson.get_parent().get_parent().translation_key,
        activity_key=lesson.translation_key,
        text=text,
        version=version,
        now=NOW,
    )


def note_url(lesson):
    return reverse("courses:write_note", args=[lesson.pk])


def bookmark_url(lesson):
    return reverse("courses:bookmark", args=[lesson.pk])


def test_a_note_is_written_without_script_and_found_in_the_margin_in_both_languages(learner_client, lesson, tree):
    response = learner_client.post(note_url(lesson), {"text": "Répondre **vite**.", "version": 0})
    assert response["Location"] == f"{lesson.url}#note"
    for page in (lesson, tree.lessons["en"][0]):
        assert "Répondre **vite**." in learner_client.get(page.url).content.decode()


def test_a_script_is_told_the_new_version(learner_client, lesson):
    first = learner_client.post(note_url(lesson), {"text": "Un", "version": 0}, headers=JSON)
    second = learner_client.post(note_url(lesson), {"text": "Deux", "version": first.json()["version"]}, headers=JSON)
    assert (first.json(), second.json()) == ({"version": 1}, {"version": 2})


def test_markdown_is_rendered_safe_when_it_is_saved(learner, lesson):
    note = write(learner, lesson, "**gras** <script>alert(1)</script> [x](javascript:alert(1))")
    assert "<strong>gras</strong>" in note.html
    assert "<script" not in note.html
    assert "javascript:" not in note.html


def test_a_double_click_changes_nothing(learner, lesson):
    write(learner, lesson, "Une idée")
    again = write(learner, lesson, "Une idée")
    assert (again.version, Note.objects.count()) == (1, 1)


def test_the_second_of_two_tabs_is_told_and_loses_nothing(learner_client, learner, lesson):
    write(learner, lesson, "Dans le premier onglet")
    response = learner_client.post(note_url(lesson), {"text": "Dans le second", "version": 0})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Dans le premier onglet" in html
    assert "Dans le second" in html
    assert 'name="version" value="1"' in html, "saving again then keeps what the learner chose"
    answer = learner_client.post(note_url(lesson), {"text": "Dans le second", "version": 0}, headers=JSON)
    assert (answer.status_code, answer.json()) == (409, {"version": 1, "text": "Dans le premier onglet"})
    assert Note.objects.get().text == "Dans le premier onglet"


def test_an_empty_text_takes_the_note_away_and_leaves_the_bookmark(learner, lesson, tree):
    write(learner, lesson, "À oublier")
    set_bookmark(user=learner, course_key=tree.course_key, activity_key=lesson.translation_key, on=True, now=NOW)
    write(learner, lesson, "  ", version=1)
    assert not Note.objects.written().exists()
    assert Note.objects.bookmarked().count() == 1
    with pytest.raises(StaleNoteError):
        write(learner, lesson, "encore", version=1)


@pytest.mark.parametrize(
    "data", [{}, {"text": "x"}, {"text": "x", "version": "-1"}, {"text": "x" * 20_001, "version": 0}]
)
def test_bad_input_keeps_nothing_and_gives_the_text_back(learner_client, lesson, data):
    response = learner_client.post(note_url(lesson), data)
    assert response.status_code == 422
    assert data.get("text", "")[:50] in response.content.decode()
    assert learner_client.post(note_url(lesson), data, headers=JSON).status_code == 422
    assert not Note.objects.exists()


def test_a_note_takes_a_post_an_account_and_a_lesson_one_may_open(client, learner, lesson):
    for url, data in ((note_url(lesson), {"text": "x", "version": 0}), (bookmark_url(lesson), {"on": "1"})):
        client.force_login(learner)
        assert client.get(url).status_code == 405
        client.force_login(UserFactory())
        assert client.post(url, data).status_code == 404
        client.logout()
        assert "/account/login/" in client.post(url, data)["Location"]
    assert not Note.objects.exists()


def test_a_lesson_open_to_all_may_be_annotated_without_enrolling(client, tree):
    LessonPage.objects.update(open_to_all=True)
    client.force_login(UserFactory())
    assert client.post(note_url(tree.lessons["fr"][0]), {"text": "x", "version": 0}).status_code == 302


def test_a_bookmark_is_set_and_taken_away_and_a_double_click_ends_where_it_should(learner_client, lesson):
    for wish, kept in (("1", 1), ("1", 1), ("0", 0), ("0", 0)):
        assert learner_client.post(bookmark_url(lesson), {"on": wish})["Location"] == lesson.url
        assert Note.objects.bookmarked().count() == kept
    assert learner_client.post(bookmark_url(lesson), {"on": "maybe"}).status_code == 422


def test_htmx_is_given_the_button_that_undoes(learner_client, lesson):
    html = learner_client.post(bookmark_url(lesson), {"on": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert 'name="on" value="0"' in html
    assert "<html" not in html


def test_bookmarks_stand_on_the_dashboard_and_among_the_notes(learner_client, lesson):
    learner_client.post(bookmark_url(lesson), {"on": "1"})
    for url in ("/fr/dashboard/", "/fr/learn/notes/"):
        assert [row.title for row in learner_client.get(url).context["bookmarks"]] == ["Lesson 1 fr"]


def test_nobody_reads_somebody_elses_notes_not_even_who_runs_the_place(client, learner, lesson):
    note = write(learner, lesson, "Secret")
    for user in (UserFactory(), instructor(), UserFactory(is_superuser=True, is_staff=True)):
        client.force_login(user)
        assert "Secret" not in client.get("/fr/learn/notes/").content.decode()
        assert "Secret" not in client.get("/fr/learn/notes/export.md").content.decode()
        assert client.get(reverse("courses:delete_note", args=[note.pk])).status_code == 404
        assert client.post(reverse("courses:delete_note", args=[note.pk])).status_code == 404
    assert Note.objects.get().text == "Secret"


@pytest.mark.parametrize("path", ["notes/", "notes/export.md", "notes/export.csv"])
def test_the_notes_ask_for_an_account_and_take_no_post(client, learner_client, lesson, path):
    assert learner_client.post(f"/fr/learn/{path}").status_code == 405
    client.logout()
    assert "/account/login/" in client.get(f"/fr/learn/{path}")["Location"]


def test_notes_are_searched_without_case_or_accents_and_by_course(learner_client, learner, lesson, tree):
    write(learner, lesson, "La MODÉRATION commence par l’écoute")
    write(learner, tree.lessons["fr"][1], "Rien à voir", course_key=uuid4())

    def titles(**asked):
        return [row.title for row in learner_client.get("/fr/learn/notes/", asked).context["rows"]]

    assert titles(q="moderation ecoute") == ["Lesson 1 fr"]
    assert titles(q="100%") == []
    assert titles(course=str(tree.course_key)) == ["Lesson 1 fr"]
    assert len(titles()) == len(titles(course="nonsense")) == 2


def test_a_note_outlives_its_lesson(learner_client, learner, lesson):
    write(learner, lesson, "Toujours là")
    lesson.unpublish()
    html = learner_client.get("/en/learn/notes/").content.decode()
    assert "Toujours là" in html


def test_deleting_asks_first(learner_client, learner, lesson):
    note = write(learner, lesson, "Adieu")
    url = reverse("courses:delete_note", args=[note.pk])
    assert "Adieu" in learner_client.get(url).content.decode()
    assert Note.objects.written().exists()
    assert learner_client.post(url)["Location"] == reverse("courses:notes")
    assert not Note.objects.written().exists()


def test_the_markdown_file_holds_every_note_under_its_lesson(learner_client, learner, lesson):
    write(learner, lesson, "- un\n- deux")
    response = learner_client.get("/fr/learn/notes/export.md")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert 'filename="notes.md"' in response["Content-Disposition"]
    text = response.content.decode()
    assert "## Lesson 1 fr" in text
    assert "- un\n- deux" in text


def test_the_table_is_read_by_a_spreadsheet_and_runs_no_formula(learner_client, learner, lesson):
    write(learner, lesson, '=HYPERLINK("http://evil.example")\nsuite, "fin"')
    response = learner_client.get("/en/learn/notes/export.csv")
    head, row = csv.reader(StringIO(response.content.decode()))
    assert head == ["Course", "Lesson", "Changed", "Note", "Highlight"]
    assert row[:2] == ["moderation en", "Lesson 1 en"]
    assert row[3] == '\'=HYPERLINK("http://evil.example")\nsuite, "fin"'


def test_the_notes_cost_the_same_at_ten_and_at_a_thousand(learner_client, learner, lesson, tree):
    def fill(number):
        Note.objects.bulk_create(
            Note(user=learner, course_key=tree.course_key, activity_key=uuid4(), text="n", html="<p>n</p>", folded="n",
                 version=1, written_at=NOW, bookmarked_at=NOW)
            for _ in range(number)
        )  # fmt: skip

    def queries(url):
        learner_client.get(url)
        with CaptureQueriesContext(connection) as captured:
            learner_client.get(url)
        return len(captured)

    urls = ("/fr/learn/notes/", "/fr/learn/notes/?q=n", "/fr/dashboard/", lesson.url)
    fill(10)
    before = [queries(url) for url in urls]
    fill(990)
    assert [queries(url) for url in urls] == before
    assert max(before) <= 12

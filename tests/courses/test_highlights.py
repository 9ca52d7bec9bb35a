"""Passages a learner marks in a lesson: kept once, searched, exported, taken away; nobody else sees one."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from courses import services
from courses.models import LessonPage, Note
from courses.notes.highlights import MOST, Passage, TooManyError, highlight, passages
from courses.notes.services import set_bookmark, write_note
from courses.templatetags.lesson import text_fragment
from tests.conftest import NOW
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSAGE = {"quote": "Some strong text.", "before": "Heading fr ", "after": " Does the"}


@pytest.fixture
def lesson(tree, learner):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    return tree.lessons["fr"][0]


@pytest.fixture
def keys(tree, lesson):
    return {"course_key": tree.course_key, "activity_key": lesson.translation_key, "now": NOW}


def mark_url(lesson):
    return reverse("courses:write_highlight", args=[lesson.pk])


def away_url(note, number=0):
    return reverse("courses:delete_highlight", args=[note.pk, note.highlights[number]["id"]])


def test_a_passage_is_kept_once_and_given_back_to_the_script(learner_client, lesson, tree):
    for _ in range(2):
        html = learner_client.post(mark_url(lesson), PASSAGE).content.decode()
    assert 'data-quote="Some strong text."' in html
    assert 'data-prefix="Heading fr "' in html, "the blank before the quote counts"
    assert len(Note.objects.get().highlights) == 1
    assert "data-mark=" in learner_client.get(lesson.url).content.decode()
    english = learner_client.get(tree.lessons["en"][0].url).content.decode()
    assert "data-mark=" not in english, "a quote belongs to the language it was read in"


def test_a_highlight_adds_no_query_to_the_lesson(learner_client, lesson, django_assert_max_num_queries):
    learner_client.get(lesson.url)
    for n in range(5):
        learner_client.post(mark_url(lesson), PASSAGE | {"quote": f"Passage {n}"})
    with django_assert_max_num_queries(12):
        learner_client.get(lesson.url)


def test_what_one_marks_is_found_and_taken_away_with_the_notes(learner_client, learner, lesson, keys):
    learner_client.post(mark_url(lesson), PASSAGE | {"quote": "=HYPERLINK Règle"})
    write_note(user=learner, text="À relire", version=0, **keys)
    for query, found in (("regle", 1), ("relire", 1), ("absent", 0)):
        page = learner_client.get("/fr/learn/notes/", {"q": query})
        assert len(page.context["rows"]) == found
    assert "> =HYPERLINK Règle\n\nÀ relire" in learner_client.get("/fr/learn/notes/export.md").content.decode()
    rows = list(csv.reader(StringIO(learner_client.get("/en/learn/notes/export.csv").content.decode())))
    assert rows[0] == ["Course", "Lesson", "Changed", "Note", "Highlight"]
    assert [row[3:] for row in rows[1:]] == [["À relire", ""], ["", "'=HYPERLINK Règle"]]


def test_a_highlight_goes_and_the_note_and_the_bookmark_stay(learner_client, learner, lesson, keys):
    learner_client.post(mark_url(lesson), PASSAGE)
    write_note(user=learner, text="Une idée", version=0, **keys)
    set_bookmark(user=learner, on=True, **keys)
    note = Note.objects.get()
    response = learner_client.post(away_url(note), {"lesson": lesson.pk})
    assert response["Location"] == f"{lesson.url}#highlights"
    assert learner_client.post(away_url(note))["Location"].endswith("/learn/notes/"), "twice is once"
    kept = Note.objects.get()
    assert (kept.highlights, kept.text, bool(kept.bookmarked_at), kept.folded) == ([], "Une idée", True, "une idee")


def test_taking_the_text_away_leaves_the_highlights(learner_client, learner, lesson, keys):
    learner_client.post(mark_url(lesson), PASSAGE)
    write_note(user=learner, text="Une idée", version=0, **keys)
    write_note(user=learner, text="", version=1, **keys)
    assert [note.highlights[0]["quote"] for note in Note.objects.written()] == ["Some strong text."]
    learner_client.post(away_url(Note.objects.get()))
    assert not Note.objects.written().exists()


def test_without_script_the_page_of_notes_shows_and_removes_it(learner_client, lesson):
    learner_client.post(mark_url(lesson), PASSAGE)
    html = learner_client.get("/fr/learn/notes/").content.decode()
    assert f"{lesson.url}#:~:text=Some%20strong%20text." in html
    assert away_url(Note.objects.get()) in html


@pytest.mark.parametrize("data", [{}, {"quote": ""}, {"quote": "x" * 1001}, {"quote": "x", "before": "y" * 81}])
def test_bad_input_keeps_nothing(learner_client, lesson, data):
    assert learner_client.post(mark_url(lesson), data).status_code == 422
    assert not Note.objects.exists()


def test_a_lesson_holds_so_many_and_says_so(learner, lesson, keys, learner_client):
    for n in range(MOST):
        highlight(user=learner, passage=Passage("fr", f"Passage {n}"), **keys)
    with pytest.raises(TooManyError):
        highlight(user=learner, passage=Passage("fr", "One more"), **keys)
    assert learner_client.post(mark_url(lesson), PASSAGE).status_code == 409
    assert len(passages(Note.objects.get(), "fr")) == MOST


def test_it_takes_a_post_an_account_a_lesson_one_may_open_and_ones_own_note(client, learner, lesson, tree):
    client.force_login(learner)
    assert client.get(mark_url(lesson)).status_code == 405
    client.post(mark_url(lesson), PASSAGE)
    note = Note.objects.get()
    assert client.get(away_url(note)).status_code == 405
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.post(away_url(note)).status_code == 404
    client.force_login(UserFactory())
    assert client.post(mark_url(lesson), PASSAGE).status_code == 404
    LessonPage.objects.update(open_to_all=True)
    assert client.post(mark_url(lesson), PASSAGE).status_code == 200
    client.logout()
    assert "/account/login/" in client.post(mark_url(lesson), PASSAGE)["Location"]


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("Tom, Dick & co-worker", "Tom%2C%20Dick%20%26%20co%2Dworker"),
        (" ".join("abcdefghijklmnop"), "a%20b%20c%20d%20e%20f,k%20l%20m%20n%20o%20p"),
    ],
)
def test_a_quote_becomes_an_address_browsers_scroll_to(quote, fragment):
    assert text_fragment("/fr/x/", quote) == f"/fr/x/#:~:text={fragment}"

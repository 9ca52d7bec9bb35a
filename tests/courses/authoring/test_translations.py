"""Where the languages of a page stand, the list of what is to do, and both side by side."""

import datetime as dt

import pytest
from django.urls import reverse

from academy.roles import LEGAL_REVIEWERS
from courses.authoring.comparing import compare
from courses.authoring.translations import Version, states
from courses.models import LessonPage, TranslationPair
from tests.factories import add_child, instructor, plain_learner, plant_course, training_manager, user_in

T = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
BEFORE, AFTER = T - dt.timedelta(days=1), T + dt.timedelta(days=1)
TODO = "/admin/translations/"


@pytest.mark.parametrize(
    ("fr", "en", "step", "found"),
    [
        (BEFORE, BEFORE, T, ("done", "done")),
        (AFTER, BEFORE, T, ("done", "out_of_date")),
        (BEFORE, AFTER, T, ("out_of_date", "done")),
        (AFTER, AFTER, T, ("done", "done")),
        (AFTER, BEFORE, None, ("done", "done")),
        (BEFORE, None, T, ("done", "missing")),
        (AFTER, None, T, ("done", "missing")),
    ],
)
def test_a_language_is_behind_when_only_the_other_changed(fr, en, step, found):
    assert tuple(states([Version("fr", fr), Version("en", en)], ["fr", "en"], step).values()) == found


def test_a_page_with_one_language_lacks_the_other():
    assert states([Version("fr", AFTER)], ["fr", "en"], T) == {"fr": "done", "en": "missing"}


def publish(page, **changes):
    page = LessonPage.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def standing(client, page):
    html = client.get(f"{TODO}?state=all").content.decode()
    row = html.split(f"{page.translation_key}/")[1]
    return [
        word
        for word in ("missing", "out_of_date", "done")
        for _ in range(row.split("</tr>")[0].count(f"state--{word}"))
    ]


@pytest.fixture
def pair(tree):
    for language in ("fr", "en"):
        publish(tree.lessons[language][0])
    return tree.lessons["fr"][0], tree.lessons["en"][0]


@pytest.mark.django_db
def test_publishing_one_language_asks_for_the_other_until_it_is_published_too(client, pair):
    client.force_login(instructor())
    fr, en = pair
    assert standing(client, fr) == ["done", "done"]
    publish(fr, title="Autre chose")
    assert standing(client, fr) == ["out_of_date", "done"]
    publish(en, title="Something else")
    assert standing(client, fr) == ["done", "done"]
    publish(en, title="Something else again")
    assert standing(client, fr) == ["out_of_date", "done"]


@pytest.mark.django_db
def test_somebody_says_that_a_change_asks_for_none(client, pair):
    client.force_login(instructor())
    publish(pair[0], title="Une virgule, en plus")
    url = reverse("translation_in_step", args=[pair[0].translation_key])
    assert client.get(url).status_code == 405
    client.post(url)
    assert standing(client, pair[0]) == ["done", "done"]


@pytest.mark.django_db
def test_the_list_shows_what_is_to_do_and_filters(client, tree, pair):
    client.force_login(instructor())
    assert "Lesson 1" not in client.get(TODO).content.decode()
    publish(pair[0], title="Autre chose")
    assert "Autre chose" in client.get(TODO).content.decode()
    assert "Autre chose" in client.get(TODO, {"state": "out_of_date", "language": "en"}).content.decode()
    assert "Autre chose" not in client.get(TODO, {"state": "out_of_date", "language": "fr"}).content.decode()
    add_child(tree.module["en"], LessonPage, "Alone", "alone", "8f14e45f-ceea-467f-a0e6-000000000002")
    assert "Alone" in client.get(TODO, {"state": "missing", "language": "fr"}).content.decode()


@pytest.mark.django_db
def test_blocks_stand_one_beside_the_other_and_what_one_lacks_is_said(tree):
    fr, en = (tree.lessons[code][0] for code in ("fr", "en"))
    en.body = [*[(b.block_type, b.value) for b in en.body], ("text", "Only here.")]
    lines = compare([fr, en])
    assert [line.texts for line in lines if line.label == "Title"] == [("Lesson 1 fr", "Lesson 1 en")]
    (alone,) = [line for line in lines if line.uneven]
    assert alone.texts == (None, "Only here.")


@pytest.mark.django_db
def test_side_by_side_shows_both_languages_marked_as_such(client, pair):
    client.force_login(instructor())
    html = client.get(reverse("translation_side_by_side", args=[pair[0].translation_key])).content.decode()
    assert '<td lang="fr">Lesson 1 fr' in html
    assert '<td lang="en">Lesson 1 en' in html


@pytest.mark.django_db
@pytest.mark.parametrize("make", [training_manager, plain_learner, lambda: user_in(LEGAL_REVIEWERS)])
def test_those_who_write_no_pages_see_no_translations(client, pair, make):
    client.force_login(make())
    key = pair[0].translation_key
    publish(pair[0])
    before = TranslationPair.objects.get(key=key).in_step_at
    assert client.get(TODO).status_code == 302
    assert client.get(reverse("translation_side_by_side", args=[key])).status_code in (302, 404)
    assert client.post(reverse("translation_in_step", args=[key])).status_code in (302, 404)
    assert TranslationPair.objects.get(key=key).in_step_at == before


@pytest.mark.django_db
def test_the_list_costs_the_same_however_many_pages_there_are(client, tree, django_assert_max_num_queries):
    client.force_login(instructor())
    client.get(TODO)
    with django_assert_max_num_queries(40) as few:
        client.get(TODO)
    for n in range(4):
        plant_course(tree.catalogue, slug=f"more-{n}", lessons=3)
    with django_assert_max_num_queries(40) as many:
        client.get(TODO)
    assert len(many) == len(few)

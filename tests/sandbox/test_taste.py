import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from sandbox import taste


@pytest.fixture(scope="module")
def first():
    return taste.offered()[0]


def test_three_comments_are_offered_without_their_key(db, client):
    html = client.get(reverse("sandbox:taste")).content.decode()
    for comment in taste.offered():
        assert comment.text.fr.split()[0] in html
        assert comment.rationale.fr[:30] not in html
    assert len(taste.offered()) == 3


def test_the_visitor_knows_whose_page_it_is_and_what_was_posted(db, client):
    html = client.get("/en/sandbox/taste/").content.decode()
    assert "You run the page of" in html
    assert taste.scenario().brand.name in html
    assert taste.scenario().posts[0].text.en in html


def test_after_the_third_decision_the_strip_says_how_it_went_and_offers_another_try(db, client):
    first, second, third = (c.id for c in taste.offered())
    data = {first: "reply_public", second: "keep", "decide": f"{third}:hide"}
    html = client.post("/en/sandbox/taste/", data).content.decode()
    assert "2 decisions of three as the key has it." in html
    assert 'href="/en/sandbox/taste/"' in html.split("taste__end")[1]


def test_a_decision_shows_its_consequence_and_the_key_and_nothing_else(db, client, first):
    response = client.post(reverse("sandbox:taste"), {"decide": f"{first.id}:remove"})
    html = response.content.decode()
    assert first.rationale.fr[:20] in html.replace("&#x27;", "'")
    assert all(other.rationale.fr[:20] not in html for other in taste.offered()[1:])
    assert f'<input type="hidden" name="{first.id}" value="remove">' in html


def test_decisions_add_up_and_nothing_is_stored(db, client, first, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        data = {first.id: "keep", "decide": f"{taste.offered()[1].id}:remove"}
        html = client.post(reverse("sandbox:taste"), data).content.decode()
    assert first.rationale.fr[:20] in html.replace("&#x27;", "'")


@pytest.mark.parametrize("decide", ["", "nonsense", "nowhere:keep", ":keep", "x" * 5000])
def test_a_senseless_decision_changes_nothing(db, client, decide):
    response = client.post(reverse("sandbox:taste"), {"decide": decide})
    assert response.status_code == 200
    assert response.context["chosen"] == {}


def test_an_unknown_action_changes_nothing(db, client, first):
    assert client.post(reverse("sandbox:taste"), {"decide": f"{first.id}:explode"}).context["chosen"] == {}


def test_it_can_only_be_read_or_answered(db, client):
    assert client.delete(reverse("sandbox:taste")).status_code == 405


def test_a_script_gets_the_strip_alone(db, client, first):
    response = client.post(reverse("sandbox:taste"), {"decide": f"{first.id}:keep"}, headers={"X-Desk": "fragment"})
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_any_page_may_hold_the_strip(language, first):
    with translation.override(language):
        html = Template("{% load sandbox_taste %}{% taste %}").render(Context())
    assert first.text.get(language).split()[0] in html


@pytest.mark.parametrize("action", taste.CHOICES)
def test_every_choice_on_every_comment_has_an_outcome(action):
    with translation.override("fr"):
        for comment in taste.offered():
            shown = taste.card(comment, action)
            assert shown["verdict"] in ("right", "half", "wrong")
            assert shown["key"]

import pytest
from django.template.loader import render_to_string
from django.utils import translation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_style_page_shows_every_state_field_and_block(client, tree, language):
    html = client.get(f"/{language}/styleguide/").content.decode()
    for part in (
        'data-state="escalated"',
        'class="scene"',
        "<dialog",
        'dir="rtl"',
        'aria-invalid="true"',
        "timeline__item",
    ):
        assert part in html


def test_the_style_page_is_only_read(client, tree):
    assert client.post("/en/styleguide/").status_code == 405
    assert client.get("/en/styleguide/?page=nonsense").status_code == 200


def test_a_page_that_does_not_exist_says_so_in_the_readers_language(client, tree):
    response = client.get("/fr/nulle-part/")
    assert response.status_code == 404
    assert '<html lang="fr"' in response.content.decode()
    assert 'class="masthead"' in response.content.decode()


def test_the_page_of_a_broken_server_asks_nothing_of_it(django_assert_num_queries):
    with django_assert_num_queries(0), translation.override("fr"):
        html = render_to_string("500.html")
    assert 'lang="fr"' in html
    assert "components.css" in html


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_front_page_is_named_once(client, tree, language):
    title = client.get(f"/{language}/").content.decode().split("<title>")[1].split("</title>")[0]
    assert title.count("CM Academy") == 1

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sandbox.loading import load_scenario
from tests.sandbox.samples import example

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


@pytest.fixture
def shift(begin, scenario):
    """A shift at minute 7 of a scenario that announces a topic."""
    load_scenario(example() | {"topics": ["harassment"]}, force=True)
    scenario.refresh_from_db()
    return begin(timezone.now() - timedelta(minutes=7 / 8))


def desk(client, shift):
    return client.get(reverse("sandbox:desk", args=[shift.key]))


def wish(client, shift, what):
    return client.post(reverse("sandbox:clock", args=[shift.key]), {"wish": what})


def test_one_may_mask_the_texts_until_opened_and_the_choice_lasts_for_the_shift(mine, shift, page):
    page.scenario.refresh_from_db()
    assert "data-masked" not in desk(mine, shift).content.decode()
    wish(mine, shift, "mask")
    for _ in range(2):
        assert "data-masked" in desk(mine, shift).content.decode()
    wish(mine, shift, "show")
    assert "data-masked" not in desk(mine, shift).content.decode()


def test_every_text_is_masked_alike_so_that_nothing_is_given_away(mine, shift):
    wish(mine, shift, "mask")
    slips = desk(mine, shift).context["desk"].slips.values()
    assert {slip.masked for slip in slips} == {True}


def test_one_may_choose_at_the_start_to_keep_the_texts_masked(mine, page):
    start = reverse("sandbox:start", args=[page.translation_key])
    assert 'name="masked"' in mine.get(page.url).content.decode()
    response = mine.post(start, {"masked": "1"})
    assert mine.get(response.url).context["desk"].masked


def test_without_a_topic_nothing_is_masked(mine, begin, scenario, page):
    load_scenario(example() | {"topics": []}, force=True)
    page.scenario.refresh_from_db()
    html = desk(mine, begin(timezone.now() - timedelta(minutes=1))).content.decode()
    assert "data-masked" not in html


def test_help_lines_are_one_click_away_from_the_desk(mine, shift):
    html = desk(mine, shift).content.decode()
    assert 'href="tel:3114"' in html
    assert 'href="tel:3018"' in html


def test_the_tutorial_is_open_to_all_and_leads_back_to_the_scenario(client, page):
    response = client.get(reverse("sandbox:tutorial"), {"scenario": page.pk})
    assert page.url in response.content.decode()
    assert response.content.decode().count("<h2") >= 5
    assert client.get(reverse("sandbox:tutorial"), {"scenario": "x"}).status_code == 200


def test_the_first_briefing_offers_the_tutorial(mine, page):
    assert reverse("sandbox:tutorial") in mine.get(page.url).content.decode()

"""The trainee learns that an instructor has marked their texts; what the mark is, the debrief says."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sandbox import marking, services
from sandbox.engine.constants import RUBRIC
from sandbox.news import marked_lately
from tests.factories import UserFactory, instructor

pytestmark = pytest.mark.django_db
REMARK = "Très clair, continuez."


@pytest.fixture
def marked(begin):
    """A shift with two replies, one of them marked twice by an instructor at `now`."""

    def marked(now=None, own=False):
        shift = begin(timezone.now() - timedelta(minutes=7 / 8))
        for text in ("Bonjour Nadia.", "Bonne journée."):
            fields = {"action": "reply_public", "comment": "c01", "text": text}
            services.record_act(shift=shift, form_key=uuid4(), fields=fields, now=timezone.now())
        services.finish_shift(shift=shift, now=timezone.now())
        act, given = shift.acts.first(), {"capped": False, "now": now or timezone.now()}
        if own:
            marking.mark_own(act=act, levels=dict.fromkeys(RUBRIC, 3), **given)
            return shift
        for seen in (0, 1):
            levels = dict.fromkeys(RUBRIC, 2 + seen)
            marking.mark_reply(act=act, marker=instructor(), levels=levels, remark=REMARK, seen=seen, **given)
        return shift

    return marked


def test_the_dashboard_says_that_a_text_was_marked_and_nothing_of_the_mark_or_the_marker(client, enrolled, marked):
    shift = marked()
    client.force_login(enrolled)
    html = client.get("/en/dashboard/").content.decode()
    assert f'href="{reverse("sandbox:debrief", args=[shift.key])}#replies"' in html
    assert "marked 1 text of yours" in html
    assert REMARK not in html
    assert str(marking.newest_of(shift.acts.first()).marker) not in html


def test_one_line_per_activity_counts_each_text_once(enrolled, marked):
    shift = marked()
    found = marked_lately(enrolled, now=timezone.now())
    assert (found[shift.activity_key].shift, found[shift.activity_key].texts) == (shift.key, 1)


def test_ones_own_mark_is_no_news(enrolled, marked):
    marked(own=True)
    assert marked_lately(enrolled, now=timezone.now()) == {}


def test_the_news_is_for_the_trainee_and_for_a_fortnight(enrolled, marked):
    now = timezone.now()
    marked(now - timedelta(days=13))
    assert marked_lately(enrolled, now=now)
    assert not marked_lately(UserFactory(), now=now)
    assert not marked_lately(enrolled, now=now + timedelta(days=2))


def test_the_news_costs_one_query_and_only_those_who_have_worked_a_shift(
    client, enrolled, marked, django_assert_max_num_queries
):
    client.force_login(enrolled)
    for ceiling in (11, 12):
        client.get("/fr/dashboard/")
        with django_assert_max_num_queries(ceiling):
            client.get("/fr/dashboard/")
        if ceiling == 11:
            marked()

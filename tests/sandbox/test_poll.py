"""A poll: what is new and nothing else, for next to nothing when nothing is new, and only to whom it belongs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.urls import reverse
from django.utils import timezone

from sandbox.models import Shift
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def at(minute):
    """A start such that the desk now stands at this simulated minute (pace 8)."""
    return timezone.now() - timedelta(minutes=minute / 8)


def url(name, shift):
    return reverse(f"sandbox:{name}", args=[shift.key])


def post(client, shift, action, comment="c01", **fields):
    return client.post(url("act", shift), {"key": str(uuid4()), "action": action, "comment": comment, **fields})


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


@pytest.fixture
def asked(mine, begin):
    """A poll of a paused desk that shows everything: `asked()` answers it."""
    shift = begin(at(7))
    Shift.objects.update(clock_minute=7.0, clock_from=None)
    cursor = mine.get(url("desk", shift)).context["desk"].cursor
    return lambda: mine.get(url("poll", shift), {"cursor": cursor})


def test_a_poll_brings_only_what_is_new(mine, begin):
    shift = begin(at(7))
    desk = mine.get(url("desk", shift))
    cursor = desk.context["desk"].cursor
    assert mine.get(url("poll", shift), {"cursor": cursor}).status_code == 204
    Shift.objects.update(clock_from=at(10))
    html = mine.get(url("poll", shift), {"cursor": cursor}).content.decode()
    assert 'id="q-c05"' in html
    assert 'id="q-c01"' not in html
    assert 'data-into="t-c02"' in html


def test_a_poll_brings_what_another_tab_did(mine, begin):
    shift = begin(at(7))
    cursor = mine.get(url("desk", shift)).context["desk"].cursor
    post(mine, shift, "remove", "c03", reason="scam_spam")
    html = mine.get(url("poll", shift), {"cursor": cursor}).content.decode()
    assert 'id="f-c03" data-state="removed"' in html
    assert 'id="q-c01"' not in html


@pytest.mark.parametrize("cursor", ["", "nonsense", "1-2-3", "1-1-1-1-1-x", "9-9-9-9-9--4"])
def test_a_poll_with_a_broken_cursor_brings_everything(mine, begin, cursor):
    response = mine.get(url("poll", begin(at(7))), {"cursor": cursor})
    assert response.status_code == 200
    assert 'id="q-c01"' in response.content.decode()


def test_a_poll_after_the_end_leads_to_the_debrief(mine, begin):
    shift = begin(at(61))
    response = mine.get(url("poll", shift), headers={"X-Desk": "fragment"})
    assert response.status_code == 204
    assert response.headers["X-Desk-Location"] == url("debrief", shift)


def test_with_sessions_in_the_database_a_quiet_poll_costs_two_queries(asked, django_assert_num_queries):
    assert settings.SESSION_ENGINE.endswith(".db")
    asked()
    with django_assert_num_queries(2):  # the session; the shift with its user
        assert asked().status_code == 204


def test_a_mood_that_stirs_unseen_costs_no_query_more(mine, begin, django_assert_num_queries):
    shift = begin(at(0))
    Shift.objects.update(clock_minute=7.0, clock_from=None)
    cursor = mine.get(url("desk", shift)).context["desk"].cursor
    Shift.objects.update(clock_minute=8.01)
    with django_assert_num_queries(2):
        response = mine.get(url("poll", shift), {"cursor": cursor})
    assert response.status_code == 204
    assert "X-Desk-Cursor" in response.headers


def test_a_poll_with_news_costs_three_queries(mine, begin, django_assert_max_num_queries):
    shift = begin(at(7))
    cursor = mine.get(url("desk", shift)).context["desk"].cursor
    post(mine, shift, "keep", "c01")
    Shift.objects.update(clock_from=at(10))
    with django_assert_max_num_queries(3):
        assert mine.get(url("poll", shift), {"cursor": cursor}).status_code == 200


def test_a_stranger_meets_404(mine, begin):
    other = UserFactory()
    shift = begin(at(7))
    mine.force_login(other)
    assert mine.get(url("poll", shift)).status_code == 404


def test_a_visitor_is_sent_to_log_in(client, begin):
    response = client.get(url("poll", begin(at(7))))
    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_a_session_opened_with_an_older_password_is_sent_to_log_in(asked, enrolled):
    enrolled.set_password("another-long-password")
    enrolled.save()
    assert asked().status_code == 302


def test_a_closed_account_is_sent_to_log_in(asked, enrolled):
    enrolled.is_active = False
    enrolled.save()
    assert asked().status_code == 302


def test_a_session_from_a_door_that_no_longer_exists_is_sent_to_log_in(asked, mine):
    session = mine.session
    session[BACKEND_SESSION_KEY] = "academy.gone.Backend"
    session.save()
    assert asked().status_code == 302


def test_a_session_kept_through_a_change_of_the_secret_key_goes_on(asked, mine, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a-new-secret-" * 5, [settings.SECRET_KEY]
    assert asked().status_code == 204


def test_a_poll_only_reads(mine, begin):
    assert mine.post(url("poll", begin(at(7)))).status_code == 405

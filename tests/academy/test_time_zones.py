"""Times are shown in the reader's own zone, and nobody is asked who they are for a page that shows none."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from academy.middleware import TimezoneMiddleware
from sandbox.views.poll import poll, timeless
from tests.factories import UserFactory

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def hour(request):
    return timezone.localtime(NOON).hour


def asked_by(zone, settings, *, cookie=True):
    """Return a request from somebody in `zone`, and the list of times its user was asked for."""
    request, times = RequestFactory().get("/"), []

    def user():
        times.append(1)
        return UserFactory.build(time_zone=zone)

    request.user = SimpleLazyObject(user)
    if cookie:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    return request, times


def answer(request, view):
    def respond(request):
        middleware.process_view(request, view, (), {})
        return view(request)

    middleware = TimezoneMiddleware(respond)
    return middleware(request)


@pytest.mark.parametrize(("zone", "expected"), [("America/Montreal", 8), ("Asia/Tokyo", 21), ("", 14)])
def test_a_time_is_shown_in_the_readers_zone(zone, expected, settings):
    request, _times = asked_by(zone, settings)
    assert answer(request, hour) == expected


def test_the_zone_is_left_behind_with_the_answer(settings):
    request, _times = asked_by("Asia/Tokyo", settings)
    answer(request, hour)
    assert timezone.get_current_timezone_name() == settings.TIME_ZONE


def test_who_brings_no_session_is_not_asked(settings):
    request, times = asked_by("Asia/Tokyo", settings, cookie=False)
    assert (answer(request, hour), times) == (14, [])


def test_a_view_that_shows_no_time_asks_nobody(settings):
    request, times = asked_by("Asia/Tokyo", settings)
    assert (answer(request, timeless(lambda request: 0)), times) == (0, [])
    assert poll.timeless

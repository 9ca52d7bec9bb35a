"""What is new on the desk, asked every few seconds: the one request whose price is multiplied by everybody on duty."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sandbox import playing
from sandbox.models import Shift
from sandbox.polling import Cursor
from sandbox.views.desk import changed, over
from sandbox.views.shift import own_shift, settled


def timeless(view: Any) -> Any:
    """Say that a view shows no time of day, so that the middleware need not ask who reads."""
    view.timeless = True
    return view


@timeless
@never_cache
@require_safe
def poll(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer with what is new since the cursor, or 204."""
    shift = shift_at_once(request, key)
    return _answer(request, shift) if shift else poll_asking_twice(request, key)


@login_required
def poll_asking_twice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whoever was not recognised at once: a visitor, a stranger, a session older than the password."""
    return _answer(request, own_shift(request, key))


def shift_at_once(request: HttpRequest, key: UUID) -> Shift | None:
    """Return the shift with its user, read together, when the session is plainly theirs; None leaves it to Django.

    Docs: docs/decisions/0017-quiet-poll.md.
    """
    session = request.session
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    mine = Shift.objects.filter(user_id=session[SESSION_KEY]).select_related("user", "version")
    shift = mine.defer("version__data").filter(key=key).first()
    if shift is None or not _opened_by(session, shift.user):
        return None
    request.user = shift.user
    return shift


def _opened_by(session: Any, user: Any) -> bool:
    """Say whether `user` may still enter, and the session was opened with today's password."""
    return user.is_active and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())


def _answer(request: HttpRequest, shift: Shift) -> HttpResponse:
    now = timezone.now()
    minute = playing.minute_of(shift, now)
    if not shift.running or minute >= playing.scenario_of(shift).duration:
        return over(request, settled(shift, now))
    cursor = Cursor.read(request.GET.get("cursor", ""))
    if cursor and cursor.revision == shift.revision:
        if playing.is_quiet(shift, cursor.minute, minute):
            return HttpResponse(status=204)
        here = Cursor.at(playing.feed_of(shift, minute), shift.revision)
        if cursor.shows_as_much_as(here):  # the mood stirred, not enough to be seen
            return HttpResponse(status=204, headers={"X-Desk-Cursor": str(here)})
    return changed(request, shift, cursor=cursor)

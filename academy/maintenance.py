"""The academy closed for a while: whoever runs it works on the database, visitors read a page that needs none.

A file says so, not a variable: every web process sees it at once, and none is started again.
"""

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from academy.middleware import Handler

MINUTES = 10  # what visitors and search engines are told to wait where nothing else was said


def begin(*, minutes: int = MINUTES) -> None:
    """Close the academy; `minutes`, one or more, is when to ask again, not when it opens."""
    if minutes < 1:
        raise ValueError("A closure lasts one minute at least.")
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(str(minutes))


def end() -> None:
    """Open it; nothing happens where it is open."""
    _file().unlink(missing_ok=True)


def minutes() -> int:
    """Return the minutes after which to ask again; 0 where the academy is open."""
    try:
        said = _file().read_text().strip()
    except FileNotFoundError:
        return 0
    return int(said) if said.isdecimal() and int(said) else MINUTES  # an empty file, made by `touch`, closes too


def _file() -> Path:
    return Path(settings.MAINTENANCE_FILE)


class MaintenanceMiddleware:
    """Answer 503 while the academy is closed. Staff who are signed in work on, as long as the database answers."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wait = minutes()
        if not wait or _is_staff(request):
            return self.get_response(request)
        headers = {"Retry-After": str(wait * 60), "Cache-Control": "no-store"}
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def _is_staff(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    try:
        return bool(request.user.is_staff)
    except (AttributeError, DatabaseError):  # a visitor's session; or no database to ask
        return False

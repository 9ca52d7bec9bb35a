"""Asks the addresses outside this site whether they still answer. Run by `manage.py check_links`, in the task layer.

Authors write the addresses, the server opens them: only http and https on public hosts, no redirect to anything else, a short
wait, nothing kept of the answer but its status. A link is dead once it failed twice, a day apart or more: hosts have bad days.
"""

import ipaddress
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils import timezone
from django_tasks import task

from courses.models import LinkCheck, PageHealth

TIMEOUT = 10  # seconds
AGAIN = timedelta(days=7)  # how long an answer is believed
SECOND_TRY = timedelta(days=1)
AT_ONCE = 200
GONE = {404, 410}
# What a host answers to a robot it does not like says nothing about the page.
TOLERATED = {401, 403, 405, 406, 418, 429, 451, 999}

Ask = Callable[[str], str]


class RefusedError(ValueError):
    """An address this server does not open."""


def check_public(url: str) -> None:
    """Check that `url` is one the server may open.

    Errors: RefusedError for another scheme, a host without address, or an address that is not public.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedError("not an address of the web")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError, ValueError) as error:
        raise RefusedError("no such host") from error
    if not all(ipaddress.ip_address(str(entry[4][0]).split("%")[0]).is_global for entry in found):
        raise RefusedError("not a public host")


class _PublicRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> Any:
        check_public(args[-1])
        return super().redirect_request(*args)


def ask(url: str) -> str:
    """Return what is wrong with an address; "" when it answers."""
    try:
        check_public(url)
        request = Request(url, headers={"User-Agent": "Mozilla/5.0 (link check)", "Range": "bytes=0-0"})  # noqa: S310
        with build_opener(_PublicRedirects).open(request, timeout=TIMEOUT):
            return ""
    except HTTPError as error:
        return "" if error.code in TOLERATED or error.code == 416 else str(error.code)
    except RefusedError as error:
        return str(error)
    except (URLError, HTTPException, OSError, ValueError) as error:
        return type(getattr(error, "reason", error)).__name__[:120]


def held_links() -> set[str]:
    """Return the addresses outside this site that pages hold."""
    held = PageHealth.objects.values_list("links", flat=True)
    return {text for links in held for _place, text in links if text.startswith(("http://", "https://"))}


def due(*, now: datetime) -> list[str]:
    """Return which of them to ask now, those never asked first; addresses no page holds any more are forgotten."""
    held = held_links()
    known = {link.url: link for link in LinkCheck.objects.all()}
    LinkCheck.objects.filter(pk__in=[link.pk for url, link in known.items() if url not in held]).delete()
    wanted = [(known.get(url), url) for url in held if len(url) <= 1000]
    waiting = [
        (link.checked_at.timestamp() if link and link.checked_at else 0.0, url)
        for link, url in wanted
        if link is None or link.checked_at is None or now - link.checked_at > (SECOND_TRY if link.answer else AGAIN)
    ]
    return [url for _at, url in sorted(waiting)[:AT_ONCE]]


def note_answer(*, url: str, answer: str, now: datetime) -> LinkCheck:
    """Keep what an address answered; it fails from the second bad answer on, or from the first if the page is gone."""
    link, _created = LinkCheck.objects.get_or_create(url=url)
    twice = bool(link.answer) and bool(answer)
    gone = answer.isdigit() and int(answer) in GONE
    if not answer:
        link.failing_since = None
    elif (twice or gone) and link.failing_since is None:
        link.failing_since = link.checked_at if twice and link.checked_at else now
    link.answer, link.checked_at = answer, now
    link.save()
    return link


def check_due(*, now: datetime, ask: Ask = ask) -> int:
    """Ask every address that is due. Returns how many do not answer."""
    links = [note_answer(url=url, answer=ask(url), now=now) for url in due(now=now)]
    return sum(bool(link.answer) for link in links)


@task()
def check_links() -> int:
    """In the background: hosts may take seconds each."""
    from courses.authoring.health import refresh

    refresh(now=timezone.now())
    failing = check_due(now=timezone.now())
    refresh(now=timezone.now())
    return failing

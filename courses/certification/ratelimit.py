"""A plain brake on guessing: so many tries from one address in a while, then patience.

Counted in the cache: exact across processes where they share one (Redis), else each process counts its own.
"""

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MISSES = 20
WINDOW = 600  # seconds
NOBODY = "0.0.0.0"  # noqa: S104 (a server behind a Unix socket knows no address: all share one)


def address(request: HttpRequest) -> str:
    """The visitor's address: the last hop our own proxy wrote down, where there is one.

    What stands before it in the header was sent by the visitor, who may write anything there.
    """
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = _address(request.headers.get("x-forwarded-for", "").rsplit(",", 1)[-1])
        if forwarded:
            return forwarded
    return _address(request.META.get("REMOTE_ADDR", "")) or NOBODY


def _address(raw: str) -> str:
    """Return an address as it is usually written, "" for what is none; some proxies add the port."""
    raw = raw.strip()
    bare = raw[1:].partition("]")[0] if raw.startswith("[") else raw.partition(":")[0] if raw.count(":") == 1 else raw
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return ""


def is_braked(request: HttpRequest, action: str) -> bool:
    return bool(cache.get(_key(request, action), 0) >= MISSES)


def count_miss(request: HttpRequest, action: str) -> None:
    count(request, action, WINDOW)


def count(request: HttpRequest, action: str, window: int) -> int:
    """How many with this one, since the first within `window` seconds. One step of the cache, so none is lost."""
    return tally(_key(request, action), window)


def tally(key: str, window: int) -> int:
    """How many under this key, since the first within `window` seconds."""
    if cache.add(key, 1, window):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two steps
        cache.set(key, 1, window)
        return 1


def _key(request: HttpRequest, action: str) -> str:
    return f"certificates:{action}:{address(request)}"

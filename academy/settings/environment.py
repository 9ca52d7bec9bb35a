"""Readers of environment variables that refuse odd values; every variable stands in the README's table."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
CACHE_SCHEMES = ("redis", "rediss", "locmemcache")
MAIL_SCHEMES = ("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail")
TRUTHS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}

SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that reads and then writes would otherwise fail at once under a second writer.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
        "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
    ),
}


def flag(name: str, *, default: bool) -> bool:
    """Return a yes-or-no variable; anything but the usual words is refused."""
    raw = env.str(name, default="")
    if not raw:
        return default
    try:
        return TRUTHS[raw.strip().lower()]
    except KeyError:
        raise ImproperlyConfigured(f"{name}={raw!r}: write true or false.") from None


def choice(name: str, allowed: tuple[str, ...], *, default: str) -> str:
    """Return a variable that must be one of `allowed`."""
    raw = env.str(name, default=default)
    if raw not in allowed:
        raise ImproperlyConfigured(f"{name}={raw!r}: choose one of {', '.join(allowed)}.")
    return raw


def number(name: str, *, default: int) -> int:
    """Return a whole number, zero or more."""
    raw = env.str(name, default="").strip()
    if raw and not raw.isdecimal():
        raise ImproperlyConfigured(f"{name}={raw!r}: write a whole number, for example {default}.")
    return int(raw) if raw else default


def origin(name: str, *, default: str) -> str:
    """Return an address without a path, such as https://academy.example."""
    raw = env.str(name, default="") or default
    parts = _split(raw)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name}={raw!r}: write an address without a path, such as https://academy.example.")
    return raw.rstrip("/")


def origins(name: str, *, default: str) -> list[str]:
    """Return addresses without a path, separated by commas."""
    raw = [part.strip() for part in env.str(name, default="").split(",") if part.strip()] or [default]
    wrong = [one for one in raw if not one.startswith(("http://", "https://"))]
    if wrong:
        raise ImproperlyConfigured(f"{name}: {wrong[0]!r} must begin with https:// (several are separated by commas).")
    return raw


def hosts(name: str, *, default: str) -> list[str]:
    """Return host names, separated by commas; "*" would let any page send mails with links of its own choice."""
    raw = [part.strip() for part in env.str(name, default="").split(",") if part.strip()] or [default]
    wrong = [one for one in raw if one == "*" or "/" in one]
    if wrong:
        raise ImproperlyConfigured(
            f"{name}: {wrong[0]!r} is not a host name; write academy.example (several are separated by commas)."
        )
    return raw


def mail_sender(name: str, *, default: str) -> str:
    raw = env.str(name, default="") or default
    if "@" not in raw:
        raise ImproperlyConfigured(f"{name}={raw!r}: write an address, such as academy@academy.example.")
    return raw


def mail_server(name: str, *, default: str) -> dict[str, Any]:
    """Return Django's EMAIL_… settings from an address such as smtp+tls://user:password@host:587."""
    url = env.str(name, default="") or default
    parts = _split(url)
    if parts is None or parts.scheme not in MAIL_SCHEMES or (parts.scheme.startswith("smtp") and not parts.hostname):
        raise ImproperlyConfigured(
            f"{name}: write smtp://host:25, smtp+tls://user:password@host:587 or consolemail://."
        )
    config: dict[str, Any] = env.email_url_config(url)
    return config


def _split(url: str) -> Any:
    """Return the parts of an address, None where it is not even one (a port that is no number)."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def database(default: str) -> dict[str, Any]:
    """Return the default database from DATABASE_URL, with the options each engine needs."""
    url = env.str("DATABASE_URL", default=default)
    if url.split(":", 1)[0] not in DATABASE_SCHEMES:
        raise ImproperlyConfigured(
            "DATABASE_URL: write sqlite:///path/to/file or postgres://user:password@host:port/name."
        )
    if _split(url) is None:
        raise ImproperlyConfigured("DATABASE_URL: the port is not a number; a password keeps its / : @ as %2F %3A %40.")
    config: dict[str, Any] = env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = dict(SQLITE_OPTIONS)
        if config["NAME"] != ":memory:":
            Path(str(config["NAME"])).parent.mkdir(parents=True, exist_ok=True)
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


def cache() -> dict[str, Any]:
    """Return the default cache from CACHE_URL: Redis or Valkey, or memory of the process where absent."""
    url = env.str("CACHE_URL", default="locmemcache://")
    if url.split(":", 1)[0] not in CACHE_SCHEMES or _split(url) is None:
        raise ImproperlyConfigured("CACHE_URL: write redis://host:port/number (Valkey too), or leave it out.")
    if url.startswith("redis"):
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    # Django's own limit of 300 entries would drop what a busy desk or a rate limit counts on.
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}

"""Who signs: the academy's keys, DID and address, from the settings and the key folder."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from courses.certification import did as dids
from courses.certification import keys
from courses.certification.keys import Keyring


@dataclass(frozen=True, slots=True)
class Issuer:
    """`did` and `base_url` are the frozen ones once a certificate exists, the configured ones before."""

    ring: Keyring
    did: str
    base_url: str
    name: str

    def address(self, name: str, *args: object) -> str:
        """The absolute address of a language-neutral view."""
        return self.base_url + reverse(name, args=args)


def folder() -> Path:
    return Path(settings.CREDENTIAL_KEYS_DIR)


def password() -> str | None:
    return getattr(settings, "CREDENTIAL_KEYS_PASSWORD", None) or None


def current(*, now: datetime) -> Issuer:
    """The issuer of today. Development makes its keys by itself. Errors: KeysMissingError where that is not allowed."""
    ring = _ring(now)
    base_url = ring.base_url or settings.SITE_URL
    return Issuer(ring, ring.did or dids.did_of(base_url), base_url, settings.WAGTAIL_SITE_NAME)


def freeze(issuer: Issuer) -> None:
    """Fix DID and address for good, at the first issue."""
    if issuer.ring.did is None:
        keys.freeze(issuer.ring, did=issuer.did, base_url=issuer.base_url)


def _ring(now: datetime) -> Keyring:
    path = folder()
    ledger = path / keys.LEDGER
    if not ledger.is_file():
        if not settings.CREDENTIAL_AUTOGENERATE_KEYS:
            raise keys.KeysMissingError(f"No signing keys in {path}: run manage.py credential_keys new.")
        keys.create(path, now=now, password=password())
    return _load(path, ledger.stat().st_mtime_ns, password())


@lru_cache(maxsize=4)
def _load(path: Path, changed: int, secret: str | None) -> Keyring:
    """Key objects are costly to rebuild, so a process keeps them until the ledger changes."""
    return keys.load(path, password=secret)

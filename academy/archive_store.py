"""Where an uploaded archive waits between being looked at and being loaded: out of reach of the web, for a day."""

import re
import secrets
import time
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

LARGEST = 50 * 2**20  # bytes, packed
KEPT = 24 * 3600  # seconds
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")


class TooLargeError(ValueError):
    """More came than an archive may weigh."""


def folder() -> Path:
    path: Path = settings.DATA_DIR / "archives"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep(upload: BinaryIO) -> str:
    """Write the upload down and return its token.

    Errors: TooLargeError once more than `LARGEST` bytes came; nothing is kept then.
    """
    forget_old()
    token = secrets.token_urlsafe(24)
    content = upload.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TooLargeError
    path_of(token).write_bytes(content)
    return token


def path_of(token: str) -> Path:
    """Return where the archive of a token is.

    Errors: LookupError for what is no token.
    """
    if not _TOKEN.fullmatch(token):
        raise LookupError(token)
    return folder() / f"{token}.zip"


def forget(token: str) -> None:
    path_of(token).unlink(missing_ok=True)


def forget_old() -> None:
    """Take away what nobody came back for."""
    for path in folder().glob("*.zip"):
        if time.time() - path.stat().st_mtime > KEPT:
            path.unlink(missing_ok=True)

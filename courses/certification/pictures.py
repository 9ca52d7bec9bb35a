"""Logos and signatures: PNG only, bounded, and drawn anew so that nothing but pixels is kept."""

import hashlib
import io
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST_FILE = 2 * 1024 * 1024
LARGEST_SIDE, SMALLEST_SIDE, KEPT_SIDE = 4000, 60, 1400  # pixels


class PictureRefusedError(ValueError):
    """Not a picture that can be printed; `sentence` says why, to the person who chose it."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def clean_png(data: bytes) -> bytes:
    """The same picture as a plain PNG, no side longer than KEPT_SIDE. Errors: PictureRefusedError."""
    if len(data) > LARGEST_FILE:
        raise PictureRefusedError(_("This file is too large: 2 MB at most."))
    if not data.startswith(SIGNATURE):
        raise PictureRefusedError(_("This is not a PNG. Save the picture as PNG and choose it again."))
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as found:
            if max(found.size) > LARGEST_SIDE or min(found.size) < SMALLEST_SIDE:
                raise PictureRefusedError(_("Each side must measure from 60 to 4000 pixels."))
            picture = found.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, PictureRefusedError):
            raise
        raise PictureRefusedError(_("This picture is damaged. Save it again as PNG.")) from error
    picture.thumbnail((KEPT_SIDE, KEPT_SIDE))
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=False)
    return target.getvalue()


def of_image(image: Any) -> bytes:
    """The PNG of an image of the library. Errors: PictureRefusedError, also where its file is missing."""
    try:
        with image.file.open("rb") as file:
            return clean_png(file.read(LARGEST_FILE + 1))
    except OSError as error:
        raise PictureRefusedError(_("The file of this picture is missing.")) from error


def read(image: Any) -> tuple[str, bytes]:
    """(digest, PNG) of an image of the library; empty both where it cannot be read."""
    try:
        png = of_image(image)
    except PictureRefusedError:
        return "", b""
    return hashlib.sha256(png).hexdigest(), png

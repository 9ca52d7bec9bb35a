"""The pictures of hot-spots: served without the name of their file, and kept as they were when a question was published.

A picture is named by the SHA-1 of its file in the library. Publishing a question keeps a copy, so that an attempt shows
the picture it drew even if the library's image is changed or deleted later.
"""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

FOLDER = "pictures"  # under DATA_DIR; never served as it is
LONGEST_SIDE = 1600
SALT = "quizzes.picture"
A_DAY = 24 * 3600


def picture_address(digest: str) -> str:
    """Return an address good for a day, which says nothing of the picture."""
    return reverse("quizzes:picture", args=[signing.dumps(digest, salt=SALT)])


def picture_behind(token: str) -> bytes | None:
    """Return the picture an address stands for, None when the address is forged or old, or the picture is gone."""
    try:
        digest = str(signing.loads(token, salt=SALT, max_age=A_DAY))
    except signing.BadSignature:
        return None
    kept = _place(digest)
    return kept.read_bytes() if kept.exists() else _from_library(digest)


def keep_picture(digest: str) -> None:
    """Copy the library's image, once: what is published never changes."""
    place = _place(digest)
    if place.exists() or (picture := _from_library(digest)) is None:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".part")
    draft.write_bytes(picture)
    draft.replace(place)


def _place(digest: str) -> Path:
    return Path(settings.DATA_DIR) / FOLDER / f"{digest}.webp"


def _from_library(digest: str) -> bytes | None:
    """Return the library's image as WebP of a reasonable size, without what its camera wrote into it."""
    image = get_image_model().objects.filter(file_hash=digest).first()
    if image is None:
        return None
    with image.file.open() as file, Image.open(file) as source:
        picture = source.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    picture.save(out, "WEBP", quality=85)
    return out.getvalue()

"""The files a block shows beside its text: where they may stand, and whether they are what their names say. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# One folder beside the lesson and plain names: a path can lead nowhere else.
NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
IMAGES = ("png", "jpg", "jpeg", "webp", "gif")
VIDEOS = ("mp4", "webm")
SOUNDS = ("mp3", "m4a", "ogg", "opus")
CAPTIONS = ("vtt",)
DOCUMENTS = ("pdf", "docx", "odt", "pptx", "xlsx", "csv", "txt")
PACKED = ("docx", "odt", "pptx", "xlsx")  # zip archives under other names


@dataclass(frozen=True, slots=True)
class Asset:
    """A field of a block that names a file: in the file of the lesson, and in the page."""

    name: str
    folder: str
    endings: tuple[str, ...]
    field: str = ""  # in the page, where it differs

    @property
    def page_field(self) -> str:
        return self.field or self.name

    @property
    def is_image(self) -> bool:
        return self.folder == "images"

    def fault(self, path: str) -> str:
        """Return why `path` cannot be such a file; empty when it can."""
        if re.fullmatch(rf"{self.folder}/{NAME}\.(?:{'|'.join(self.endings)})", path, re.IGNORECASE):
            return ""
        return f"“{self.name}” is {self.folder}/ and a name ending in {', '.join(self.endings)}, not “{path}”"


PICTURE = Asset("file", "images", IMAGES, "image")
ASSETS: dict[str, tuple[Asset, ...]] = {
    "figure": (PICTURE,),
    "hotspot": (PICTURE,),
    "video": (Asset("file", "media", VIDEOS), Asset("captions", "media", CAPTIONS)),
    "audio": (Asset("file", "media", SOUNDS),),
    "download": (Asset("file", "media", DOCUMENTS),),
}


def assets_of(kind: str, value: Mapping[str, Any]) -> Iterator[tuple[Asset, str]]:
    """Yield the files a block names, with what they must be."""
    for asset in ASSETS.get(kind, ()):
        if value[asset.name]:
            yield asset, value[asset.name]


def is_what_it_says(ending: str, content: bytes) -> bool:
    """Tell whether the first bytes of a file are those of its kind (`ending`, without the dot)."""
    ending = ending.lower()
    if ending in ("mp4", "m4a"):
        return content[4:8] == b"ftyp"
    if ending in ("csv", "txt"):
        return _is_text(content)
    if ending in PACKED:
        return content.startswith(b"PK\x03\x04")
    starts = {
        "webm": (b"\x1a\x45\xdf\xa3",),
        "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
        "ogg": (b"OggS",),
        "opus": (b"OggS",),
        "vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
        "pdf": (b"%PDF-",),
    }
    return content.startswith(starts.get(ending, ()))


def _is_text(content: bytes) -> bool:
    try:
        return b"\0" not in content and bool(content[:4000].decode("utf-8", errors="strict") or True)
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and b"\0" not in content

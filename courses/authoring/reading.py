"""From a page to what the content checks look at: its stored blocks, without building them."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import strip_tags
from wagtail.fields import StreamField

from courses.authoring.checking.rules import Content, Piece, Recording

# Headings and tables are no sentences; they would make a text look easier than it is.
_NO_SENTENCE = re.compile(r"<(h[1-6]|table|pre)\b.*?</\1>", re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*?\bhref=\"([^\"]+)\"")


def content_of(page: Any) -> Content:
    """Return what `page` holds, a draft or what is published. One query at most, for the language."""
    blocks = list(_blocks(page))
    return Content(
        language=page.locale.language_code,
        teaches=getattr(page, "activity_kind", "") == "lesson",
        minutes=getattr(page, "minutes", None),
        texts=(Piece("", page.summary), *(piece for place, block, value in blocks for piece in _texts(place, block, value))),
        objectives=tuple(_objectives(page)),
        alternatives=tuple(Piece(p, str(v.get("alt") or "")) for p, v in _dicts(blocks) if "image" in v),
        links=tuple(_links(blocks)),
        recordings=tuple(
            Recording(p, bool(v.get("captions")), bool(v.get("transcript"))) for p, v in _dicts(blocks) if "captions" in v
        ),
    )  # fmt: skip


def _blocks(page: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield (place, block definition, stored value) for each block of each stream of the page."""
    for field in page._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        stream = getattr(page, field.name)
        for number, child in enumerate(stream.get_prep_value(), start=1):
            block = stream.stream_block.child_blocks.get(child["type"])
            if block is not None:
                yield f"{number} {child['type']}", block, child["value"]


def _texts(place: str, block: Any, value: Any) -> Iterator[Piece]:
    for name in getattr(block.meta, "readable", ()):
        told = value if name == "" else value.get(name, "")
        text = unescape(strip_tags(_NO_SENTENCE.sub("", told["html"]))) if isinstance(told, dict) else str(told or "")
        if text.strip():
            yield Piece(place, text.strip())


def _objectives(page: Any) -> Iterator[Piece]:
    stream = getattr(page, "objectives", None)
    for number, child in enumerate(stream.get_prep_value() if stream is not None else (), start=1):
        value = child["value"]
        yield Piece(f"{number} {child['type']}", str(value.get("text", "") if isinstance(value, dict) else value))


def _dicts(blocks: list[tuple[str, Any, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every structure in the stored values, however deep, with the place of its block."""
    for place, _block, value in blocks:
        for each in _walk(value):
            yield place, each


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _walk(inner)


def _links(blocks: list[tuple[str, Any, Any]]) -> Iterator[Piece]:
    for place, value in _dicts(blocks):
        if set(value) == {"source", "html", "version"}:
            for address in _LINK.findall(value["html"]):
                yield Piece(place, _within(unescape(address)))


def _within(address: str) -> str:
    """Return an address of this site without its host; any other as it is."""
    parts, site = urlsplit(address), urlsplit(settings.SITE_URL)
    if parts.netloc and parts.netloc == site.netloc:
        return parts.path or "/"
    return address.split("#", 1)[0].split("?", 1)[0] if address.startswith("/") else address

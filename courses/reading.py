"""What a page says in plain words, taken from its stored blocks without building them."""

from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks.stream_block import StreamValue


def readable_text(body: StreamValue) -> str:
    """Return the plain text of the blocks of `body` that name fields one may read (`Meta.readable`).

    A block that names none, such as a knowledge check, keeps its answers to itself.
    """
    blocks = body.stream_block.child_blocks
    texts = []
    for child in body.raw_data:
        block = blocks.get(child["type"])
        fields = getattr(block.meta, "readable", ()) if block else ()
        texts += [_plain(child["value"] if name == "" else child["value"].get(name, "")) for name in fields]
    return "\n".join(text for text in texts if text)


def lines(values: StreamValue, name: str = "") -> list[str]:
    """Return the lines of a list of one-line blocks, or the field `name` of each."""
    return [_plain(child["value"][name] if name else child["value"]) for child in values.raw_data]


def stored_html(body: StreamValue, kind: str, field: str) -> list[str]:
    """Return the cleaned HTML of one Markdown field of every block of a kind, in order."""
    blocks = [child for child in body.raw_data if child["type"] == kind]
    markdown = body.stream_block.child_blocks[kind].child_blocks[field]
    return [markdown.to_python(child["value"].get(field, "")).html for child in blocks]


def _plain(value: Any) -> str:
    """Return the words of a stored value: Markdown keeps its HTML beside it."""
    if isinstance(value, dict):
        return unescape(strip_tags(value.get("html", ""))).strip()
    return str(value or "").strip()

"""Two languages of a page beside each other: fields in order, blocks one for one."""

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.utils.text import capfirst
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.authoring.labels import block_labels

_WRAPPED = re.compile(r"(?<=\S)\n(?=[^\W\d_«“(])")  # a line broken in the middle of a paragraph, as files have it
HIDDEN = {"html", "version", "id", "image", "key"}  # beside the text itself, or the same in every language


@dataclass(frozen=True, slots=True)
class Line:
    """One field, or one block of a stream, in each language; None where a language has none."""

    label: str
    texts: tuple[str | None, ...]

    @property
    def uneven(self) -> bool:
        """Whether a language has nothing to say here while another has."""
        return any(self.texts) and not all(self.texts)


def compare(pages: list[Any]) -> list[Line]:
    """Return the texts of `pages`, one page per language, of one kind."""
    lines = []
    for name in ("title", "seo_title", "search_description", *pages[0].content_fields[1:]):
        field = pages[0]._meta.get_field(name)
        if isinstance(field, StreamField):
            lines += _stream(pages, name)
        elif name != "slug" and field.get_internal_type() in ("CharField", "TextField") and not field.choices:
            texts = tuple(getattr(page, name) for page in pages)
            if any(texts):
                lines.append(Line(capfirst(str(field.verbose_name)), texts))
    return lines


def _stream(pages: list[Any], name: str) -> list[Line]:
    field = pages[0]._meta.get_field(name)
    streams = [getattr(page, name).get_prep_value() for page in pages]
    labels, lines = block_labels(pages[0]), []
    for number, blocks in enumerate(zip_longest(*streams), start=1):
        kinds = " / ".join(dict.fromkeys(str(labels.get(b["type"], b["type"])) for b in blocks if b))
        label = f"{capfirst(str(field.verbose_name))} {number} · {kinds}"
        lines.append(Line(label, tuple(None if b is None else "\n".join(texts_of(b["value"])) for b in blocks)))
    return lines


def texts_of(value: Any) -> list[str]:
    """Return the words of a stored block, in order: Markdown as written."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key not in HIDDEN for text in texts_of(inner)]
    if isinstance(value, list):
        items = [
            each["value"] if isinstance(each, dict) and set(each) == {"type", "value", "id"} else each for each in value
        ]
        return [text for item in items for text in texts_of(item)]
    return [_WRAPPED.sub(" ", value)] if isinstance(value, str) and value.strip() else []


def last_together(page: Page, in_step_at: Any) -> int | None:
    """Return the revision of `page` that was the newest when its languages last said the same."""
    found = page.revisions.filter(created_at__lte=in_step_at).order_by("-created_at").first()
    return found.pk if found else None

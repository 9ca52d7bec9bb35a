import re
from itertools import count
from typing import Any
from urllib.parse import quote as urlquote

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from courses.notes.highlights import passages

register = template.Library()


@register.filter
def several_right(options: Any) -> bool:
    """Tell whether a knowledge check asks for several answers (boxes) or one (rounds)."""
    return sum(bool(option["correct"]) for option in options) > 1


@register.simple_tag(takes_context=True)
def part(context: template.Context, block: Any, number: int) -> SafeString:
    """Show a block of a lesson as part `number`, its headings numbered: the places a reader can come back to.

    Numbers and not words, so that a place is the same in every language of the lesson.
    """
    headings = count(1)
    html = re.sub(
        r"<h([23])>",
        lambda found: f'<h{found[1]} id="part-{number}-{next(headings)}">',
        block.render_as_block({**context.flatten(), "part": number}),
    )
    html = _TABLE.sub(_scrolled, html)
    return format_html('<div id="part-{}" class="part part--{}">{}</div>', number, block.block_type, mark_safe(html))  # noqa: S308


_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def _scrolled(table: re.Match[str]) -> str:
    """A table wider than a phone is scrolled, by keyboard too."""
    return format_html(
        '<div class="table-scroll" role="region" tabindex="0" aria-label="{}">{}</div>',
        _("Table"), mark_safe(table[0]),  # noqa: S308 (cleaned when it was saved)
    )  # fmt: skip


@register.filter
def along(step: int, scale: Any) -> str:
    """Return where a step of a scale stands on a track, as a percentage SVG understands in every language."""
    most = max(len(scale), 2)
    return f"{8 + 84 * (min(step, most) - 1) / (most - 1):.1f}%"


@register.filter
def marked_in(note: Any, language: str) -> list[dict[str, Any]]:
    """Return the reader's highlights in one language."""
    return passages(note, language)


@register.filter
def text_fragment(url: str, quote: str) -> str:
    """Return the address of a page scrolled to a quote, as browsers read it; those that cannot open the page."""
    words = quote.split()
    ends = (" ".join(words[:6]), " ".join(words[-6:])) if len(words) > 14 else (quote,)
    # A hyphen parts the words of a text fragment: it is written as a code.
    return f"{url}#:~:text=" + ",".join(urlquote(part, safe="").replace("-", "%2D") for part in ends)

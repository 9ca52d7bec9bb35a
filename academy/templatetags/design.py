"""The design system in templates: icons, states and portraits drawn from a handle."""

from functools import lru_cache
from hashlib import blake2s
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

register = template.Library()

# A state is never told by its colour alone: here is its sign and its word.
STATES: dict[str, tuple[str, str | Promise]] = {
    "kept": ("keep", pgettext_lazy("state of a comment", "Kept")),
    "hidden": ("hide", pgettext_lazy("state of a comment", "Hidden")),
    "removed": ("remove", pgettext_lazy("state of a comment", "Removed")),
    "escalated": ("escalate", pgettext_lazy("state of a comment", "Escalated")),
    "new": ("dot", pgettext_lazy("state", "New")),
    "not_started": ("lesson", pgettext_lazy("state", "To do")),
    "begun": ("half", pgettext_lazy("state", "Begun")),
    "done": ("check", pgettext_lazy("state", "Done")),
    "locked": ("lock", pgettext_lazy("state", "Locked")),
    "late": ("clock", pgettext_lazy("state", "Late")),
    "right": ("check", pgettext_lazy("state of an answer", "Right")),
    "wrong": ("close", pgettext_lazy("state of an answer", "Wrong")),
    "success": ("check", gettext_lazy("Done")),
    "info": ("info", gettext_lazy("For information")),
    "warning": ("warn", gettext_lazy("Warning")),
    "error": ("alert", gettext_lazy("Error")),
    "debug": ("settings", gettext_lazy("For information")),
}

PORTRAIT_INKS = (
    "#2f4858",
    "#5b4a7a",
    "#7a3b3b",
    "#2d6a55",
    "#6b5320",
    "#34568b",
    "#7d4160",
    "#4a5a2a",
    "#8a4a2f",
    "#3d5a6c",
)
PORTRAIT_BUBBLE = "M2 2h36v29H15l-8 7v-7H2z"
PORTRAIT_PATTERNS = (
    "M2 2h36L2 24z",
    "M2 18h36v13H15l-8 7v-7H2z",
    "M22 2h16v29H22z",
    "M38 9v22H16z",
    "M2 2h12v29H2z",
)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; give a label only when no text beside it says the same."""
    return _icon(str(name), str(label))


@lru_cache(maxsize=1024)
def _icon(name: str, label: str) -> SafeString:
    """Draw it once: a page shows the same few dozens again and again."""
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" data-icon="{}" {} focusable="false"><use href="{}#{}"/></svg>',
        name, named, static("academy/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def drawn_once(name: str, **inputs: Any) -> SafeString:
    """Include a part that depends on the language and on these plain inputs alone: drawn once a process, not once a page."""
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn  # an edited template shows at once
    return draw(name, get_language() or settings.LANGUAGE_CODE, tuple(sorted(inputs.items())))


@lru_cache(maxsize=256)
def _drawn(name: str, language: str, inputs: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(name, dict(inputs))


@register.filter
def state_icon(state: str) -> str:
    return STATES.get(str(state), ("dot", ""))[0]


@register.filter
def state_word(state: str) -> str | Promise:
    return STATES.get(str(state), ("", str(state)))[1]


@register.filter
def kind_icon(kind: str) -> str:
    """An activity's kind names its icon; an unknown kind still gets one."""
    return kind if kind in {"lesson", "quiz", "scenario"} else "course"


def initials(name: str) -> str:
    words = [word for word in name.replace("_", " ").replace(".", " ").replace("@", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@register.simple_tag
def avatar(handle: str, name: str = "", size: str = "") -> SafeString:
    """Draw a persona's portrait: the same handle gives the same bubble, ink and pattern everywhere."""
    seed = blake2s(str(handle).lower().encode(), digest_size=2).digest()
    return format_html(
        '<svg class="avatar{}" viewBox="0 0 40 40" aria-hidden="true" focusable="false"><path d="{}" fill="{}"/>'
        '<path d="{}" fill="#fff" fill-opacity=".13"/>'
        '<text x="20" y="22" text-anchor="middle" fill="#fffaf0">{}</text></svg>',
        f" avatar--{size}" if size else "", PORTRAIT_BUBBLE, PORTRAIT_INKS[seed[0] % len(PORTRAIT_INKS)],
        PORTRAIT_PATTERNS[seed[1] % len(PORTRAIT_PATTERNS)], initials(name or handle),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def current(context: template.Context, url: str) -> SafeString:
    """Mark a link to the page shown (page) or to the section it lies in (true)."""
    request = context.get("request")
    if not request or not url:
        return mark_safe("")
    if request.path == url:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if request.path.startswith(url) else mark_safe("")


@register.filter
def percent(fraction: float | None) -> int:
    """0.0 to 1.0 as whole per cents; never 100 before it is done."""
    fraction = float(fraction or 0)
    return 100 if fraction >= 1 else int(fraction * 100)


@register.filter
def duration(minutes: int) -> str:
    """Hours and minutes as one says them. A filter, not a fragment: an outline shows dozens."""
    hours, rest = divmod(int(minutes or 0), 60)
    if hours:
        return _("%(hours)s h %(rest)s") % {"hours": hours, "rest": f"{rest:02d}"}
    return _("%(minutes)s min") % {"minutes": rest}


@register.filter
def words(text: str) -> list[str]:
    return text.split()

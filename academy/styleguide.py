"""The living style page: every component in every state, for the next engineer."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from academy.templatetags.design import STATES
from courses.blocks import BODY_BLOCKS, Kept

COLOURS = (
    ("paper", "ink"),
    ("paper-raised", "ink"),
    ("paper-sunk", "ink-soft"),
    ("ink", "paper"),
    ("signal-fill", "on-signal"),
    ("kept-tint", "kept"),
    ("hidden-tint", "hidden"),
    ("removed-tint", "removed"),
    ("escalated-tint", "escalated"),
    ("mark", "ink"),
)
SIZES = ("3xl", "2xl", "xl", "l", "read", "m", "s", "xs")
SPRITE = Path(__file__).parent / "static" / "academy" / "icons.svg"
PERSONAS = (
    ("@nadia_b", "Nadia B."),
    ("@promo.flash24", "Promo Flash"),
    ("@justice_now", "justice_now"),
    ("@theo.m", "Théo Marchand"),
    ("@ines_k", "Inès K."),
    ("@papyroller", "papyroller"),
    ("@lea-voyage", "Léa Voyage"),
    ("@m.delmas", "Marc Delmas"),
)


class SampleForm(forms.Form):
    """One field of each kind, so that every widget is seen bare, filled and refused."""

    name = forms.CharField(label=_("Your name"), help_text=_("As it should read on a certificate."))
    email = forms.EmailField(label=_("E-mail"))
    network = forms.ChoiceField(label=_("Network"), choices=[("murmure", "Murmure"), ("pinacle", "Pinacle")])
    answer = forms.CharField(label=_("Your reply"), widget=forms.Textarea, required=False)
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("a", _("Scam, spam")), ("b", _("Insult"))], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label=_("I have read the charter"))


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    refused = SampleForm({"refused-name": "Camille", "refused-email": "camille@"}, prefix="refused")
    return render(request, "academy/styleguide.html", context(request) | {"form": SampleForm(), "refused": refused})


def context(request: HttpRequest) -> dict[str, Any]:
    return {
        "colours": COLOURS,
        "sizes": SIZES,
        "icons": re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text()),
        "personas": PERSONAS,
        "states": [state for state in STATES if state != "debug"],
        "message_states": ("success", "info", "warning", "error"),
        "page_of_results": Paginator(range(70), 10).get_page(request.GET.get("page")),
        "crumbs": [{"title": _("Courses"), "url": "#"}, {"title": _("Moderation"), "url": "#"}],
        "outline": _outline(),
        "exercises": list(_exercises()),
    }


# An answer to the sample of each exercise, so that it is seen before and after.
ANSWERS: dict[str, Any] = {
    "check": ["a"],
    "reveal": "",
    "sort": {"a": "stays", "b": "stays"},
    "order": ["b", "a", "c"],
    "compare": {"choice": "a", "why": ""},
    "story": {"path": ["b"], "seen": ["sorry"]},
    "grid": {
        "ratings": [{"on": "2026-01-12", "marks": {"a": 1, "b": 3}}, {"on": "2026-04-20", "marks": {"a": 3, "b": 2}}]
    },
}


def _exercises() -> Iterator[SafeString]:
    """Yield what lessons are made of beside text, drawn from each block's own sample: bare, then answered."""
    for name, block in BODY_BLOCKS:
        if name in ("timeline", "chart"):
            yield block.render(block.get_preview_value(), {})
        elif name in ANSWERS:
            for kept in (None, Kept(ANSWERS[name])):
                # Names of their own: two exercises of one name on a page would share their parts.
                key = f"{'answered' if kept else 'bare'}-{name}"
                value = block.normalize({**block.get_preview_value(), "key": key})
                yield block.render(value, {"answers": {key: kept} if kept else {}})


def _outline() -> list[dict[str, Any]]:
    rows = (
        ("lesson", "done", False, ""), ("lesson", "begun", True, ""), ("quiz", "not_started", False, ""),
        ("scenario", "locked", False, _("Opens once the quiz is passed.")),
    )  # fmt: skip
    return [
        {
            "title": _("Criticism stays"),
            "url": "#",
            "kind": kind,
            "minutes": 9,
            "state": state,
            "current": now,
            "reason": why,
        }
        for kind, state, now, why in rows
    ]

"""What the sandbox's templates ask for."""

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from courses.markdown import render
from courses.vocabulary import ACTIONS, ESCALATION_DESKS, REASONS
from sandbox.briefing import Briefing, briefing_of
from sandbox.forms import BULK_ACTIONS
from sandbox.wording import MOODS

register = template.Library()


@register.simple_tag(takes_context=True)
def briefing(context: template.Context, page: Any) -> Briefing:
    return briefing_of(page, context["request"].user)


@register.simple_tag
def action_label(code: str) -> Any:
    return ACTIONS[code].label


@register.simple_tag
def reasons() -> list[Any]:
    return [r for r in REASONS.values() if r.code != "none"]


@register.simple_tag
def bulk_actions() -> list[Any]:
    return [ACTIONS[code] for code in BULK_ACTIONS]


@register.simple_tag
def desks() -> list[tuple[str, Any]]:
    return list(ESCALATION_DESKS.items())


@register.simple_tag
def mood_words() -> tuple[Any, ...]:
    return MOODS


@register.filter
def markdown(text: str) -> Any:
    return mark_safe(render(text))  # noqa: S308 (cleaned by the renderer)

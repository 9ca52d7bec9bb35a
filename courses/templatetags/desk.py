"""Small words of the authoring desk."""

from typing import Any

from django import template

from courses.authoring.words import KINDS
from courses.figures import per_cent

register = template.Library()


@register.filter
def percent(number: int | None) -> str:
    """A share of a hundred; a dash for a figure that is kept back."""
    return "—" if number is None else per_cent(number)


@register.filter
def kind_name(kind: str) -> Any:
    return KINDS.get(kind, kind)

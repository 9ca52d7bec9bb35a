"""Small words of the authoring desk."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from courses.authoring.words import KINDS

register = template.Library()


@register.filter
def percent(number: int | None) -> str:
    """A share of a hundred; a dash for a figure that is kept back."""
    return "—" if number is None else _("%(number)s %%") % {"number": number}


@register.filter
def kind_name(kind: str) -> Any:
    return KINDS.get(kind, kind)

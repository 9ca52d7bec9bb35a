"""Figures as the reader's language writes them."""

from django.utils.translation import gettext as _


def per_cent(number: int | float | None) -> str:
    """Return `number` (0 to 100) with its sign: “70%” in English, « 70 % » in French; a dash for None."""
    return "–" if number is None else _("%(percent)s%%") % {"percent": number}

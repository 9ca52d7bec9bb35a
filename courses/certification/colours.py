"""Colours a layout may use: a palette that was checked, or one's own if it passes the same check.

Source: contrast as WCAG 2.2 defines it (relative luminance of sRGB).
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEAST = 4.5  # letters in the main colour stand on the ground, and the ground's colour on the seal
HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
ACCENTS: list[tuple[str, Any]] = [
    ("#c63a1a", pgettext_lazy("colour", "Vermilion")),
    ("#1a4fa0", pgettext_lazy("colour", "Blue")),
    ("#1d6b4a", pgettext_lazy("colour", "Green")),
    ("#6a3d9a", pgettext_lazy("colour", "Violet")),
    ("#7a1f3d", pgettext_lazy("colour", "Burgundy")),
    ("#161c2b", pgettext_lazy("colour", "Ink")),
]
GROUNDS: list[tuple[str, Any]] = [
    ("#fdfaf3", pgettext_lazy("colour", "Ivory")),
    ("#ffffff", pgettext_lazy("colour", "White")),
    ("#f5f7fb", pgettext_lazy("colour", "Mist")),
]


def check_hex(value: str) -> None:
    if not HEX.fullmatch(value):
        raise ValidationError(_("Write a colour as a sign # and six digits or letters from a to f, such as #1a4fa0."))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours written `#rrggbb`, from 1 to 21; 1 if either is no colour."""
    if not HEX.fullmatch(one) or not HEX.fullmatch(other):
        return 1.0
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

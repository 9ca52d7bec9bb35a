"""Typed answers: what French and English keyboards make of the same words and numbers.

Source: the normalisation of short answers and the tolerances of Moodle, with what French typography adds.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from unicodedata import combining, normalize

_TABLE = str.maketrans(
    dict.fromkeys("\u2019\u2018\u02bc\u00b4\u0060\u2032", "'")
    | dict.fromkeys("\u00a0\u202f\u2009\u2007\t\n\r", " ")
    | {"\u0153": "oe", "\u0152": "OE", "\u00e6": "ae", "\u00c6": "AE"}
    | dict.fromkeys("\u2010\u2011\u2013\u2212", "-")
    | dict.fromkeys("\u200b\u00ad", "")
)
_CLOSING = ".!?;,\u2026 "
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?: \d{3})+|\d+)?(?:[.,]\d+)?")
_LONGEST_NUMBER = 40
TOLERANCES = ("nominal", "relative", "geometric", "range", "figures")
EPSILON = Decimal("1e-12")


def fold(text: str, *, accents: bool = True) -> str:
    """Return `text` as it is compared: composed, one kind of apostrophe, space and hyphen, ligatures in two letters,
    blanks collapsed, case folded, closing punctuation dropped; without its accents too if `accents` is False."""
    text = " ".join(normalize("NFC", text).translate(_TABLE).split()).casefold()
    text = text.rstrip(_CLOSING)
    if not accents:
        text = normalize("NFC", "".join(c for c in normalize("NFD", text) if not combining(c)))
    return text


def read_number(text: str, unit: str = "") -> Decimal | None:
    """Return the number typed, None if there is none or if it could be read in two ways.

    The decimal mark is a comma or a point, never both; thousands may be parted by spaces; the minus may be Unicode's;
    the unit may follow.
    """
    plain = " ".join(normalize("NFC", text).translate(_TABLE).split())
    tail = " ".join(unit.translate(_TABLE).split())
    if tail and plain.casefold().endswith(tail.casefold()):
        plain = plain[: len(plain) - len(tail)].rstrip()
    plain = re.sub(r"^([+-]) ", r"\1", plain)
    if len(plain) > _LONGEST_NUMBER or not plain.isascii() or not re.search(r"\d", plain):
        return None
    return Decimal(plain.replace(" ", "").replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def within(number: Decimal, key: Decimal, how: str, tolerance: Decimal, high: Decimal) -> bool:
    """Return whether `number` meets `key`. `high` ends a range; `tolerance` counts figures under that rule.

    Errors: KeyError if `how` is unknown.
    """
    slack = abs(key) * EPSILON
    return {
        "nominal": lambda: abs(number - key) <= tolerance + slack,
        "relative": lambda: abs(number - key) <= abs(key) * tolerance + slack,
        "geometric": lambda: _between(number, key / (1 + tolerance), key * (1 + tolerance), slack),
        "range": lambda: _between(number, key, high, slack),
        "figures": lambda: _figures(number, int(tolerance)) == _figures(key, int(tolerance)),
    }[how]()


def _between(number: Decimal, one: Decimal, other: Decimal, slack: Decimal) -> bool:
    return min(one, other) - slack <= number <= max(one, other) + slack


def _figures(number: Decimal, count: int) -> Decimal:
    """Return `number` rounded to `count` significant figures."""
    if not number:
        return Decimal(0)
    return number.quantize(Decimal(1).scaleb(number.adjusted() - count + 1), rounding=ROUND_HALF_UP)


_UNSEEN = dict.fromkeys(
    [*range(0x20), 0x7F, 0x200B, 0xAD, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)  # control characters, and those that turn the direction of the text round
del _UNSEEN[0x0A], _UNSEEN[0x09]


def prose(text: str) -> str:
    """Return a text as it is kept: composed, Unix line ends, nothing unseen, no outer blank."""
    return normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_UNSEEN).strip()


def count_words(text: str) -> int:
    """Return the number of words: what stands between blanks and holds a letter or a digit. `l’insulte` is one."""
    return sum(any(char.isalnum() for char in word) for word in text.split())

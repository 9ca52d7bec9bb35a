"""The short code printed on a certificate: read aloud, typed by hand, and not to be guessed.

Twelve letters of Crockford's base 32 (no I, L, O, U): 60 bits drawn by the system's generator, and a rate limit on top.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "CM"
LENGTH = 12
CODE = re.compile(rf"{PREFIX}(?:-[{ALPHABET}]{{4}}){{3}}")


def draw() -> str:
    """A new code: `CM-7K4F-Q2XD-9RTM`."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalise(text: str) -> str:
    """The code a person meant: case, spaces, dashes, a whole link, and letters easily confused are forgiven.

    Empty string if it cannot be a code.
    """
    letters = re.sub(r"[^0-9A-Za-z]", "", text.strip().rsplit("/c/", 1)[-1]).upper()
    if len(letters) == LENGTH + len(PREFIX) and letters.startswith(PREFIX):
        letters = letters.removeprefix(PREFIX)
    letters = letters.translate(str.maketrans("OIL", "011"))
    return _grouped(letters) if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""


def _grouped(letters: str) -> str:
    return "-".join((PREFIX, letters[:4], letters[4:8], letters[8:]))

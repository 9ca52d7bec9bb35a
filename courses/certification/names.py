"""Names of people as they may be printed: any script, one line, and nothing that cannot be seen. Pure."""

import re
import unicodedata

JOINERS = "\u200c\u200d"  # they belong to the spelling after a letter of Persian, Hindi, Malayalam and others
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
COLOURS, SELECTORS, FRAMES = "\U0001f3fb-\U0001f3ff", "\ufe0e\ufe0f", "\u20dd-\u20e4"
BESIDE_EMOJI = re.compile(f"[{COLOURS}{SELECTORS}{FRAMES}]")


def printable(name: str) -> str:
    """The name without control characters and marks that turn the direction of writing, on one line, composed (NFC).

    A mark that reverses letters would let a certificate read as somebody else's. Emoji and other signs are left out
    wherever a letter remains: the typefaces of a document have none, and a box in their place would be no name.
    """
    spaced = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", name))
    seen = "".join(letter for letter in spaced if letter in JOINERS or unicodedata.category(letter) not in UNSEEN)
    written = "".join(letter for letter in BESIDE_EMOJI.sub("", seen) if unicodedata.category(letter) != "So")
    kept = written if any(letter.isalpha() for letter in written) else seen
    return " ".join(_joined(kept).split())


def _joined(name: str) -> str:
    """The name without joiners that follow no letter: what is left of an emoji, or put there to deceive."""
    kept = ""
    for letter in name:
        if letter not in JOINERS or (kept and unicodedata.category(kept[-1])[0] in "LM"):
            kept += letter
    return kept

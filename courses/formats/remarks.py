"""Numbered remarks on a post: what each is about, and where its passage stands in the text. Pure.

A remark's number is its rank. It is about a passage of the text (`part` is `text`, `quote` its words), or about another part
of the post (`quote` is empty).
"""

from collections.abc import Mapping, Sequence
from typing import Any

PARTS = ("text", "author", "handle", "network", "likes", "replies")
MOST = 9
# A no-break space looks like any other: an author who copies a passage may lose it on the way.
BLANKS = str.maketrans("\u00a0\u202f", "  ")

Remark = Mapping[str, Any]


def passages(text: str, remarks: Sequence[Remark]) -> dict[int, tuple[int, int]]:
    """Return where passages stand, as {number of the remark: (start, end)}; those that are not there are left out.

    None overlaps another: the same words quoted twice are two places where they occur.
    """
    searched, found = text.translate(BLANKS), dict[int, tuple[int, int]]()
    for number, remark in enumerate(remarks, start=1):
        quote = remark["quote"].translate(BLANKS) if remark["part"] == "text" else ""
        start = searched.find(quote) if quote else -1
        while start >= 0 and any(start < b and a < start + len(quote) for a, b in found.values()):
            start = searched.find(quote, start + 1)
        if start >= 0:
            found[number] = (start, start + len(quote))
    return found


def pieces(text: str, remarks: Sequence[Remark]) -> list[tuple[str, int]]:
    """Return the text cut at its passages: (words, number of the remark on them, or 0). Together they are the text."""
    cut, at = [], 0
    for number, (start, end) in sorted(passages(text, remarks).items(), key=lambda place: place[1]):
        cut += [(text[at:start], 0), (text[start:end], number)]
        at = end
    return [piece for piece in [*cut, (text[at:], 0)] if piece[0]]


def remark_faults(text: str, remarks: Sequence[Remark]) -> list[tuple[int, str]]:
    """Return what is wrong with remarks: (number, fault), where a fault is a key of REMARK_FAULTS."""
    found = passages(text, remarks)
    faults = []
    for number, remark in enumerate(remarks, start=1):
        if remark["part"] != "text":
            faults += [(number, "both")] if remark["quote"] else []
        elif not remark["quote"]:
            faults.append((number, "silent"))
        elif number not in found:
            faults.append((number, "lost"))
    return faults


REMARK_FAULTS = {
    "both": "a remark is about a passage (“quote”) or another part of the post, not both",
    "silent": "needs a “quote”, the words it is about, or a “part” such as likes",
    "lost": "the words of “quote” are not in the text, or another remark has them",
}

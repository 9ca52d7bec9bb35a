"""Words as a search knows them: without case or accents, cut to their stem. Pure.

A reader who types "moderer" should find "modération", and one who types "règles" should find "la règle". Each word is
stemmed twice, as written and without its accents, because the French stemmer reads accents and readers forget them.
Source: the Snowball stemmers for French and English (snowballstem.org).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

STEMMERS = {"fr": "french", "en": "english"}
MAX_TERMS = 8
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})


def _common(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words too common to ask for; compared without accents.
COMMON = {
    "fr": _common(
        "a ai as au aux avec c ce ces cet cette comment d dans de des du elle en est et eu il ils j je l la le les leur"
        " lui m ma mais me mes mon n ne nos notre nous on ou par pas pour qu que quel quelle qui s sa se ses son sont"
        " sur t ta te tes ton tu un une vos votre vous y"
    ),
    "en": _common(
        "a an and are as at be by do does for from has have how i if in is it its my of on or our s so t that the"
        " their them they this to was we what when which who will with you your"
    ),
}

Term = tuple[str, ...]  # the stems one word of a query may have


def fold(text: str) -> str:
    """Return `text` without case, accents or ligatures: « Œuvre à côté » gives « oeuvre a cote »."""
    apart = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=50_000)
def stems(word: str, language: str) -> Term:
    """Return the one or two stems of a word, folded. An unknown language has no stems but the word itself."""
    plain = fold(word)
    if language not in STEMMERS:
        return (plain,)
    stemmer = snowballstemmer.stemmer(STEMMERS[language])  # made anew: it keeps the word it works on
    found = [stemmer.stemWord(plain)]
    if not word.isascii():
        found.insert(0, fold(stemmer.stemWord(word.lower())))
    return tuple(dict.fromkeys(stem for stem in found if stem)) or (plain,)


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text with their places; an apostrophe parts two words."""
    return _WORD.finditer(unicodedata.normalize("NFC", text))


def stem_text(texts: Iterable[str], language: str) -> str:
    """Return what an index keeps of `texts`: every stem, in order, as often as it occurs."""
    return " ".join(stem for text in texts for match in words(text) for stem in stems(match.group(), language))


def parse(query: str, language: str) -> tuple[Term, ...]:
    """Return the terms of a query, without the common words unless it has no others; the first MAX_TERMS count."""
    typed = [match.group()[:60] for match in words(query)]
    telling = [word for word in typed if fold(word) not in COMMON.get(language, frozenset())]
    return tuple(dict.fromkeys(stems(word, language) for word in telling or typed))[:MAX_TERMS]


def matched(text: str, terms: Iterable[Term], language: str) -> int:
    """Return how many of `terms` occur in `text`."""
    held = {stem for match in words(text) for stem in stems(match.group(), language)}
    return sum(not held.isdisjoint(term) for term in terms)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text; `found` when it is a word the reader asked for."""

    text: str
    found: bool = False


def excerpt(text: str, terms: Iterable[Term], language: str, *, width: int = 32) -> list[Fragment]:
    """Return the `width` words of `text` that hold most of `terms`, cut into fragments; [] when none occurs.

    Dots of suspension stand where text was left out.
    """
    text = unicodedata.normalize("NFC", text)
    wanted = tuple(terms)
    places = list(words(text))
    hits = [_which(match.group(), wanted, language) for match in places]
    if all(hit is None for hit in hits):
        return []
    start = _best_window(hits, width)
    first, last = places[start].start(), places[min(start + width, len(places)) - 1].end()
    opening = "… " if start else ""
    closing = " …" if start + width < len(places) else text[last:]
    found = [m for m, hit in zip(places, hits, strict=True) if hit is not None and first <= m.start() < last]
    return list(_cut(text, found, first if start else 0, last, opening=opening, closing=closing))


def mark(text: str, terms: Iterable[Term], language: str) -> list[Fragment]:
    """Return all of `text` in fragments, the words asked for apart."""
    text, wanted = unicodedata.normalize("NFC", text), tuple(terms)
    found = [match for match in words(text) if _which(match.group(), wanted, language) is not None]
    return list(_cut(text, found, 0, len(text)))


def _which(word: str, terms: tuple[Term, ...], language: str) -> int | None:
    own = stems(word, language)
    return next((n for n, term in enumerate(terms) if not set(own).isdisjoint(term)), None)


def _best_window(hits: list[int | None], width: int) -> int:
    """Return where the window of `width` words begins that holds the most different terms; a little run-up before."""
    places = [n for n, hit in enumerate(hits) if hit is not None]

    def worth(start: int) -> tuple[int, int]:
        inside = [hit for hit in hits[start : start + width] if hit is not None]
        return len(set(inside)), len(inside)

    starts = [max(0, min(place - width // 5, len(hits) - width)) for place in places]
    return max(starts, key=lambda start: (*worth(start), -start))


def _cut(
    text: str, found: list[re.Match[str]], first: int, last: int, *, opening: str = "", closing: str = ""
) -> Iterator[Fragment]:
    at, before = first, opening
    for match in found:
        if before or match.start() > at:
            yield Fragment(before + text[at : match.start()])
        yield Fragment(match.group(), found=True)
        at, before = match.end(), ""
    if before or closing or at < last:
        yield Fragment(before + text[at:last] + closing)

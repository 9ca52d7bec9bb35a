"""How hard a text is to read: sentences, syllables and one formula per language, on the same scale.

The higher, the easier: 100 a text for children, 60 a newspaper, 30 a thesis. Both formulas weigh the words of a sentence and
the syllables of a word:

    English  206.835 - 1.015 words/sentence - 84.6 syllables/word   Flesch, “A new readability yardstick”,
             Journal of Applied Psychology 32 (1948)
    French   207     - 1.015 words/sentence - 73.6 syllables/word   Kandel and Moles, « Application de l’indice de Flesch
             à la langue française », Cahiers d’études de radio-télévision 19 (1958)

Syllables are counted by groups of vowels, without the mute endings: right for about nine words in ten, and the errors
mostly cancel out over a page. A measure for comparing lessons with one another, not a verdict.
"""

import re
import unicodedata

FORMULAS = {"en": (206.835, 1.015, 84.6), "fr": (207.0, 1.015, 73.6)}
FEWEST_WORDS = 100  # below, the figure says nothing

_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"\b(etc|art|cf|ex|e\.g|i\.e|vs|M|Mr|Mrs|Ms|Dr|n°|p)\.", re.IGNORECASE)
_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s|$)|\n+")
_VOWELS = {"en": re.compile(r"[aeiouy]+"), "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")}
_MUTE = {
    "en": re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeioutd])ed$|(?<=[^aeiouysxzhcg])es$"),
    "fr": re.compile(r"(?<=[^aeouyéèàâô])es?$"),
}
# In French the u of qu and gu is not heard, and two vowels with a sign between them are.
_SILENT_U = re.compile(r"(?<=[qg])u(?=[aeiouyéèêâî])")
_HIATUS = re.compile(r"(?<=é)(?=[aeiouyâ])|(?<=[aeiouy])(?=[ëïü])")


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; a line ends one, a full stop inside a number or after an abbreviation does not."""
    plain = _ABBREVIATION.sub(lambda found: found.group().replace(".", "․"), text)
    return [part.strip().replace("․", ".") for part in _END.split(plain) if part and _WORD.search(part)]


def word_count(text: str) -> int:
    return len(_WORD.findall(text))


def syllables(word: str, language: str) -> int:
    """Return how many syllables a word has, one at least. Unknown languages count as English."""
    language = language if language in _VOWELS else "en"
    plain = unicodedata.normalize("NFC", word).lower()
    if language == "fr":
        plain = _HIATUS.sub("-", _SILENT_U.sub("", plain))
    return max(1, len(_VOWELS[language].findall(_MUTE[language].sub("", plain))))


def reading_ease(text: str, language: str) -> float | None:
    """Return the ease of a text by its language's formula, to one decimal.

    None for a text of fewer than `FEWEST_WORDS` words, or in a language without a formula.
    """
    words = _WORD.findall(text)
    if language not in FORMULAS or len(words) < FEWEST_WORDS:
        return None
    base, per_word, per_syllable = FORMULAS[language]
    spoken = sum(syllables(word, language) for word in words)
    return round(base - per_word * len(words) / len(sentences(text)) - per_syllable * spoken / len(words), 1)

"""What gives an answer away, told to the author: nothing here is refused, since a person may know better."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.scoring.typing import fold
from quizzes.types.reader import LANGUAGES

TICKED = {"single_choice": "options", "multiple_response": "options", "sjt_best": "options", "hot_spot": "regions"}
SHORTEST = 4  # characters: a shorter answer stands in too many sentences by chance
ALL_OF_THEM = re.compile(
    r"\b(all|none|both|neither) of (the above|these|them)\b|\b(toutes|aucune?|tous) (les|des|ces) [^.]*(ci-dessus|précédente?s)"
    r"|\b(aucune?|toutes?) (de ces|ces) (réponses|propositions)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Caution:
    """A code, and the words it is about in one language."""

    code: str
    language: str
    words: str


def cautions(content: Mapping[str, Any]) -> list[Caution]:
    """Return what an author should look at again in canonical content. The questions of a case are looked at one by one."""
    found = [caution for language in LANGUAGES for caution in _in(content, language)]
    for part in content.get("questions", ()):
        found += cautions(part)
    return found


def _in(content: Mapping[str, Any], language: str) -> Iterator[Caution]:
    prompt = fold(content["stem"][language])
    for answer in _answers(content, language):
        if len(fold(answer)) >= SHORTEST and _stands_in(answer, prompt):
            yield Caution("in_prompt", language, answer)
        if "alt" in content and _stands_in(answer, fold(content["alt"][language])):
            yield Caution("in_alt", language, answer)
    if content.get("shuffle"):
        texts = (piece["text"][language] for piece in content.get(TICKED.get(content["type"], ""), ()))
        yield from (Caution("all_of_them", language, text) for text in texts if ALL_OF_THEM.search(text))
    yield from _longest(content, language)


def _stands_in(answer: str, folded: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(answer))}(?!\w)", folded) is not None


def _answers(content: Mapping[str, Any], language: str) -> list[str]:
    """Return the texts that are right and could stand elsewhere on the page."""
    if content["type"] in ("short_answer", "gap_text"):
        if content.get("mode", "typed") != "typed":
            return []
        keyed = [piece for name in ("answers", "gaps") for piece in content.get(name, ())]
        return [word for piece in keyed for word in piece["accept"][language].split("|")]
    return [piece["text"][language] for piece in _keyed(content)]


def _keyed(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    pieces = content.get(TICKED.get(content["type"], ""), ())
    return [piece for piece in pieces if piece.get("correct") or piece.get("credit") == "1"]


def _longest(content: Mapping[str, Any], language: str) -> Iterator[Caution]:
    """Yield the only right option where it is half as long again as any other: test-wise candidates choose it unread."""
    keyed, pieces = _keyed(content), content.get(TICKED.get(content["type"], ""), ())
    if len(keyed) != 1 or content["type"] == "hot_spot":
        return
    others = [len(piece["text"][language]) for piece in pieces if piece is not keyed[0]]
    text = keyed[0]["text"][language]
    if len(text) > max(30, 1.5 * max(others)):
        yield Caution("longest", language, text)

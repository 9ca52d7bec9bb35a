"""Essay: a text written by the candidate and marked by a person with a rubric."""

from dataclasses import replace
from html import escape
from random import Random

from quizzes.scoring.typing import count_words, prose
from quizzes.types.base import BadResponse, Face, Json, Layout, Line, Raw, Response, mint
from quizzes.types.marked import MarkedType
from quizzes.types.pieces import PieceSpec
from quizzes.types.reader import Node, plain

TEXT = "text"
LONGEST = 20_000  # characters
MOST_WORDS = 2_000


class Essay(MarkedType):
    code = "essay"
    extras = frozenset({"min_words", "max_words"})

    def read_extras(self, node: Node) -> Json:
        more: Json = {}
        for name in ("min_words", "max_words"):
            if (limit := node.get(name)) and (count := int(limit.decimal(0, MOST_WORDS))):
                more[name] = count
        if more.get("min_words", 0) > more.get("max_words", MOST_WORDS):
            node["min_words"].fail("the least number of words is above the greatest")
        return more

    def lay_out(self, spec: PieceSpec, dice: Random) -> Layout:
        return Layout(items=mint([TEXT], dice))

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        lines = tuple(Line(token, "", response.get(i, "")) for token, i in layout.items)
        limits: list[tuple[str, str]] = [
            (name, str(spec.more[name])) for name in ("min_words", "max_words") if name in spec.more
        ]
        limits.append(("words", str(count_words(response.get(TEXT, "")))))
        return replace(rubric_face(self.code, spec, language), lines=lines, limits=tuple(limits))

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        ((token, identifier),) = layout.items
        if any(name != token for name, posted in raw.items() if any(posted)):
            raise BadResponse("a row of another form")
        given = [text for posted in raw.get(token, ()) if (text := prose(posted)[:LONGEST])]
        if len(given) > 1:
            raise BadResponse("two texts for one")
        return {identifier: given[0]} if given else {}

    def progress(self, spec: PieceSpec, response: Response) -> str:
        if not self.given(response):
            return "empty"
        words = count_words(response[TEXT])
        within = spec.more.get("min_words", 0) <= words <= spec.more.get("max_words", words)
        return "complete" if within else "partial"

    def answer_html(self, response: Response) -> str:
        return escape(response[TEXT]).replace("\n", "<br>")


def rubric_face(code: str, spec: PieceSpec, language: str) -> Face:
    """Return what a candidate sees of a rubric: each criterion and what it is worth, never its levels."""
    pool = tuple((plain(p.key), p.text[language]) for p in spec.pieces)
    return Face(code, spec.stem[language], (), spec.rule, pool=pool)

"""What the types with one field to type in share: answers tried in turn, the best credit counts."""

from decimal import Decimal
from html import escape
from random import Random

from quizzes.scoring import ONE, ZERO
from quizzes.types.base import Chance, Face, Json, Layout, Line, Raw, Response, Review, ReviewLine, Text, mint, state_of
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import LANGUAGES, Node, plain
from quizzes.types.rows import typed

FIELD = "typed"


class TypedType(PieceType):
    """One field; the pieces are the answers foreseen, each with the share of the point it earns (`credit`)."""

    plural = "answers"
    least = 1

    def read_text(self, node: Node) -> Text:
        if text := node.get("text"):
            text.fail("an answer foreseen has no text of its own")
        return {}

    def read_key(self, node: Node, index: int) -> Decimal:
        credit = node.get("credit")
        return credit.decimal(0, 1) if credit else ONE

    def write_key(self, piece: Piece) -> Json:
        return {"credit": plain(piece.key)} if piece.key != ONE else {}

    def check(self, spec: PieceSpec, node: Node) -> None:
        if not any(p.key == ONE for p in spec.pieces):
            node.fail("one answer at least must earn the whole point")

    def lay_out(self, spec: PieceSpec, dice: Random) -> Layout:
        return Layout(items=mint([FIELD], dice))

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        lines = tuple(Line(token, "", response.get(i, "")) for token, i in layout.items)
        return Face(self.code, spec.stem[language], lines, spec.rule)

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        return typed(layout, raw)

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return "complete" if response else "empty"

    def met(self, spec: PieceSpec, response: Response) -> Piece | None:
        """Return the answer foreseen that the candidate's meets, the one that earns most."""
        given = response.get(FIELD, "")
        found = [p for p in spec.pieces if given and self.meets(spec, p, given)]
        return max(found, key=lambda p: p.key, default=None)

    def meets(self, spec: PieceSpec, piece: Piece, given: str) -> bool:
        raise NotImplementedError

    def key_text(self, spec: PieceSpec, piece: Piece, language: str) -> str:
        raise NotImplementedError

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        met = self.met(spec, response)
        return met.key if met else ZERO

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        return response.get(FIELD, ""), "", "neutral"

    def review(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Review:
        """Return what was typed and met, then what was expected."""
        fraction, met, given = self.score(spec, response), self.met(spec, response), response.get(FIELD, "")
        state = state_of(fraction, response)
        lines = []
        if given:
            lines.append(ReviewLine(escape(given), "", "", state, _feedback(met, language)))
        for piece in spec.pieces:
            if piece.key == ONE and piece is not met:
                text = escape(self.key_text(spec, piece, language))
                row = "missed" if fraction < ONE else "neutral"
                lines.append(ReviewLine(text, "", "", row, _feedback(piece, language)))
        general = spec.feedback[language] if spec.feedback else ""
        return Review(self.code, spec.stem[language], tuple(lines), general, spec.rule, fraction, state)

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, ZERO)


def _feedback(piece: Piece | None, language: str) -> str:
    return piece.feedback[language] if piece and piece.feedback else ""


def read_accepted(node: Node) -> dict[str, str]:
    """Return the words accepted in each language; `|` parts words that are worth the same."""
    accepted = node["accept"].text()
    for language in LANGUAGES:
        if not all(word.strip() for word in accepted[language].split("|")):
            node["accept"][language].fail("a word is missing beside |")
    return {code: "|".join(word.strip() for word in text.split("|")) for code, text in accepted.items()}


def words_of(accept: Text) -> list[str]:
    """Return every word accepted, whichever the language: a candidate may change it at any moment."""
    return [word for language in LANGUAGES for word in accept[language].split("|")]


def first_word(accept: Text, language: str) -> str:
    return accept[language].split("|")[0]

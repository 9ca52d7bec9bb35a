"""Short answer: a word or a few, compared with the ones foreseen after French normalisation."""

from quizzes.scoring.typing import fold
from quizzes.types._typed import TypedType, first_word, read_accepted, words_of
from quizzes.types.base import Json
from quizzes.types.pieces import Piece, PieceSpec
from quizzes.types.reader import Node


class ShortAnswer(TypedType):
    code = "short_answer"
    words = frozenset({"accept", "credit"})
    extras = frozenset({"ignore_accents"})
    rules = frozenset({"answers_foreseen"})
    default_rule = "answers_foreseen"

    def read_more(self, node: Node) -> Json:
        return {"accept": read_accepted(node)}

    def read_extras(self, node: Node) -> Json:
        ignore = node.get("ignore_accents")
        return {"ignore_accents": True} if ignore and ignore.boolean() else {}

    def meets(self, spec: PieceSpec, piece: Piece, given: str) -> bool:
        accents = not spec.more.get("ignore_accents", False)
        wanted = {fold(word, accents=accents) for word in words_of(piece.more["accept"])}
        return fold(given, accents=accents) in wanted

    def key_text(self, spec: PieceSpec, piece: Piece, language: str) -> str:
        return first_word(piece.more["accept"], language)

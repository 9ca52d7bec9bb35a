"""Likert: how far one agrees with each statement. There is no right answer, hence no score."""

from decimal import Decimal

from quizzes.scoring import ZERO
from quizzes.types.base import Chance, Json, Layout, Raw, Response
from quizzes.types.pieces import HEAD, Piece, PieceSpec, PieceType
from quizzes.types.reader import Node
from quizzes.types.rows import progress_of, values

SCALE = tuple(str(step) for step in range(1, 6))


class Likert(PieceType):
    code = "likert"
    scored = False
    plural = "statements"
    words: frozenset[str] = frozenset()
    fields = HEAD - {"hints"} | {"statements"}  # there is no right answer to hint at
    rules = frozenset({"unscored"})
    default_rule = "unscored"
    least = 1

    def read_key(self, node: Node, index: int) -> Decimal:
        return ZERO

    def write_key(self, piece: Piece) -> Json:
        return {}

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        return values(layout, raw, frozenset(SCALE))

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return progress_of(response, len(spec.pieces))

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        return ZERO

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        return response.get(piece.id, ""), "", "neutral"

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, ZERO)

"""True or false: several statements in one question, one decision each."""

from decimal import Decimal

from quizzes.scoring import ONE, ZERO, ratio
from quizzes.types.base import Chance, Json, Layout, Raw, Response
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import Node
from quizzes.types.rows import progress_of, values

TRUE, FALSE = "true", "false"


class TrueFalse(PieceType):
    code = "true_false"
    plural = "statements"
    words = frozenset({"answer"})
    rules = frozenset({"share_of_statements"})
    default_rule = "share_of_statements"
    most = 5

    def read_key(self, node: Node, index: int) -> Decimal:
        return ONE if node["answer"].boolean() else ZERO

    def write_key(self, piece: Piece) -> Json:
        return {"answer": bool(piece.key)}

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        return values(layout, raw, frozenset({TRUE, FALSE}))

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return progress_of(response, len(spec.pieces))

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        right = sum(response.get(p.id) == _word(p) for p in spec.pieces)
        return ratio(right, len(spec.pieces))

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        given, key = response.get(piece.id, ""), _word(piece)
        return given, key, "right" if given == key else "wrong" if given else "missed"

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, Decimal("0.5"))


def _word(piece: Piece) -> str:
    return TRUE if piece.key else FALSE

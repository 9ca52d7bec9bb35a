"""Ordering: put things in their right order. Authored in the key's order; nine rules to score it."""

from collections import Counter
from decimal import Decimal

from quizzes.scoring import ZERO, ratio
from quizzes.scoring.ordering import RULES, chance_of_order, filled, score_order
from quizzes.types.base import Chance, Json, Layout, Raw, Response
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import Node, plain
from quizzes.types.rows import values


class Ordering(PieceType):
    code = "ordering"
    plural = "items"
    words: frozenset[str] = frozenset()
    rules = frozenset(RULES)
    default_rule = "all_pairs"
    least = 3
    most = 8

    def read_key(self, node: Node, index: int) -> Decimal:
        return Decimal(index + 1)

    def write_key(self, piece: Piece) -> Json:
        return {}

    def check(self, spec: PieceSpec, node: Node) -> None:
        if not spec.shuffle:
            node.fail("items to order are written in the order of the key, so they must be shuffled")

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        return values(layout, raw, frozenset(str(n + 1) for n in range(len(spec.pieces))))

    def progress(self, spec: PieceSpec, response: Response) -> str:
        if not response:
            return "empty"
        return "complete" if len(set(response.values())) == len(spec.pieces) else "partial"

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        """An unfinished order is finished in the wrong sense, and earns the share that was placed."""
        uses = Counter(response.values())
        ranks = [response.get(p.id) for p in spec.pieces]
        places = [int(r) - 1 if r is not None and uses[r] == 1 else None for r in ranks]
        placed = sum(p is not None for p in places)
        if not placed:
            return ZERO
        return score_order(spec.rule, filled(places)) * ratio(placed, len(places))

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        given, key = response.get(piece.id, ""), plain(piece.key)
        return given, key, "missed" if not given else "right" if given == key else "wrong"

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, chance_of_order(spec.rule, len(spec.pieces)))

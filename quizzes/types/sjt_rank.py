"""Situational judgement: rank the actions from best (1) to worst. Authored in the key's order."""

from collections import Counter
from decimal import Decimal

from quizzes.scoring import ZERO
from quizzes.scoring.ordering import chance_of_rank_distance, partial_rank_distance
from quizzes.types.base import Chance, Json, Layout, Raw, Response
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import Node, plain
from quizzes.types.rows import values


class RankActions(PieceType):
    code = "sjt_rank"
    plural = "actions"
    words: frozenset[str] = frozenset()
    rules = frozenset({"rank_distance"})
    default_rule = "rank_distance"
    least = 3

    def read_key(self, node: Node, index: int) -> Decimal:
        return Decimal(index + 1)

    def write_key(self, piece: Piece) -> Json:
        return {}

    def check(self, spec: PieceSpec, node: Node) -> None:
        if not spec.shuffle:
            node.fail("actions to rank are written in the order of the key, so they must be shuffled")

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        return values(layout, raw, frozenset(str(n + 1) for n in range(len(spec.pieces))))

    def progress(self, spec: PieceSpec, response: Response) -> str:
        if not response:
            return "empty"
        return "complete" if len(set(response.values())) == len(spec.pieces) else "partial"

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        """A rank left out or given twice counts as far off as it could be."""
        if not response:
            return ZERO
        uses = Counter(response.values())
        ranks = [response.get(p.id) for p in spec.pieces]
        return partial_rank_distance([int(r) - 1 if r is not None and uses[r] == 1 else None for r in ranks])

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        given, key = response.get(piece.id, ""), plain(piece.key)
        if not given:
            return given, key, "missed"
        gap = abs(int(given) - int(key))
        return given, key, "right" if not gap else "partly" if gap == 1 else "wrong"

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, chance_of_rank_distance(len(spec.pieces)))

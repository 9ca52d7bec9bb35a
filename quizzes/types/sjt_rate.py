"""Situational judgement: rate each action from 1 (very inappropriate) to 5 (very appropriate)."""

from decimal import Decimal

from quizzes.scoring import ZERO
from quizzes.scoring.judgement import HIGHEST, LOWEST, chance_of_ratings, rating_distance
from quizzes.types.base import Chance, Json, Layout, Raw, Response
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import Node, plain
from quizzes.types.rows import progress_of, values

SCALE = tuple(str(step) for step in range(LOWEST, HIGHEST + 1))


class RateActions(PieceType):
    code = "sjt_rate"
    plural = "actions"
    words = frozenset({"mean"})
    rules = frozenset({"absolute_distance", "squared_distance"})
    default_rule = "absolute_distance"

    def read_key(self, node: Node, index: int) -> Decimal:
        return node["mean"].decimal(LOWEST, HIGHEST)

    def write_key(self, piece: Piece) -> Json:
        return {"mean": plain(piece.key)}

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        return values(layout, raw, frozenset(SCALE))

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return progress_of(response, len(spec.pieces))

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        if not response:
            return ZERO
        ratings = [int(response[p.id]) if p.id in response else None for p in spec.pieces]
        return rating_distance([p.key for p in spec.pieces], ratings, squared=spec.rule == "squared_distance")

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        """A rating within half a step is right, within one and a half close: the key is a mean, not a truth."""
        key = plain(piece.key)
        if piece.id not in response:
            return "", key, "missed"
        gap = abs(int(response[piece.id]) - piece.key)
        state = "right" if gap <= Decimal("0.5") else "partly" if gap <= Decimal("1.5") else "wrong"
        return response[piece.id], key, state

    def chance(self, spec: PieceSpec) -> Chance:
        squared = spec.rule == "squared_distance"
        return Chance(ZERO, None, chance_of_ratings([p.key for p in spec.pieces], squared=squared))

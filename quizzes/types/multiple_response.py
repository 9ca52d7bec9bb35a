"""Multiple response: tick all that apply, under one of six rules."""

from decimal import Decimal

from quizzes.scoring import ONE, ZERO
from quizzes.scoring.choice import DEFAULT_RULE, RULES, Ticks, chance_of_ticks, score_ticks
from quizzes.types._options import TICKED, OptionType
from quizzes.types.base import Chance, Json, Layout, Raw, Response
from quizzes.types.pieces import Piece, PieceSpec
from quizzes.types.reader import Node
from quizzes.types.rows import chosen, progress_of


class MultipleResponse(OptionType):
    code = "multiple_response"
    words = frozenset({"correct"})
    rules = frozenset(RULES)
    default_rule = DEFAULT_RULE
    least = 3

    def read_key(self, node: Node, index: int) -> Decimal:
        correct = node.get("correct")
        return ONE if correct and correct.boolean() else ZERO

    def write_key(self, piece: Piece) -> Json:
        return {"correct": True} if piece.key else {}

    def check(self, spec: PieceSpec, node: Node) -> None:
        right = sum(1 for p in spec.pieces if p.key)
        if not 1 <= right < len(spec.pieces):
            node.fail("one option at least must be correct, and one at least must not")

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        picked = set(chosen(layout, raw))
        return {p.id: TICKED for p in spec.pieces if p.id in picked}

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return progress_of(response, 1)

    def ticks(self, spec: PieceSpec, ticked: Response) -> Ticks:
        keyed = sum(1 for p in spec.pieces if p.key)
        right = sum(1 for p in spec.pieces if p.key and p.id in ticked)
        return Ticks(keyed, len(spec.pieces) - keyed, right, len(ticked) - right)

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        return score_ticks(spec.rule, self.ticks(spec, response))

    def chance(self, spec: PieceSpec) -> Chance:
        everything = self.ticks(spec, {p.id: TICKED for p in spec.pieces})
        return Chance(
            none=ZERO,
            everything=score_ticks(spec.rule, everything),
            random=chance_of_ticks(spec.rule, everything.keyed, everything.others),
        )

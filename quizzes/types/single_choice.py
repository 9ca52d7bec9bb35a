"""Single choice: one right option; a defensible distractor may carry part of the credit."""

from decimal import Decimal

from quizzes.scoring import ONE, ZERO, ratio
from quizzes.types._options import TICKED, OptionType, credit_chosen
from quizzes.types.base import BadResponse, Chance, Json, Layout, Raw, Response
from quizzes.types.pieces import Piece, PieceSpec
from quizzes.types.reader import Node, plain
from quizzes.types.rows import chosen, progress_of


class SingleChoice(OptionType):
    code = "single_choice"
    words = frozenset({"correct", "credit"})
    rules = frozenset({"credit_of_choice"})
    default_rule = "credit_of_choice"

    def read_key(self, node: Node, index: int) -> Decimal:
        correct, credit = node.get("correct"), node.get("credit")
        if correct and correct.boolean():
            if credit and credit.decimal(0, 1) != ONE:
                credit.fail("the right option earns everything; leave its credit out")
            return ONE
        value = credit.decimal(0, 1) if credit else ZERO
        if value == ONE and credit:
            credit.fail("only the right option earns everything; write correct: true instead")
        return value

    def write_key(self, piece: Piece) -> Json:
        if piece.key == ONE:
            return {"correct": True}
        return {"credit": plain(piece.key)} if piece.key else {}

    def check(self, spec: PieceSpec, node: Node) -> None:
        right = sum(p.key == ONE for p in spec.pieces)
        if right != 1:
            node.fail("exactly one option must be correct, not %(found)s", found=right)

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        picked = chosen(layout, raw)
        if len(picked) > 1:
            raise BadResponse("one option only")
        return dict.fromkeys(picked, TICKED)

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return progress_of(response, 1)

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        return credit_chosen(spec, response)

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, ratio(sum((p.key for p in spec.pieces), ZERO), len(spec.pieces)))

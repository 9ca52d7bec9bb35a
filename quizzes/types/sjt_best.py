"""Situational judgement: choose the best answer. The key is a set of weights, the author's or a panel's."""

from decimal import Decimal

from quizzes.scoring import ONE, ZERO, ratio
from quizzes.scoring.judgement import consensus
from quizzes.types._options import TICKED, OptionType
from quizzes.types.base import BadResponse, Chance, Json, Layout, Raw, Response
from quizzes.types.pieces import Piece, PieceSpec
from quizzes.types.reader import Node, plain
from quizzes.types.rows import chosen, progress_of

WEIGHTS = frozenset(map(Decimal, ("0", "0.4", "0.7", "1")))


class BestAnswer(OptionType):
    code = "sjt_best"
    words = frozenset({"credit", "votes"})
    rules = frozenset({"author_weights", "consensus_proportional", "consensus_modal"})
    default_rule = "author_weights"
    least = 3

    def read_key(self, node: Node, index: int) -> Decimal:
        credit = node.get("credit")
        value = credit.decimal(0, 1) if credit else ZERO
        if credit and value not in WEIGHTS:
            credit.fail("a judgement earns 1, 0.7, 0.4 or 0")
        return value

    def write_key(self, piece: Piece) -> Json:
        return {"credit": plain(piece.key)}

    def check(self, spec: PieceSpec, node: Node) -> None:
        if not any(p.key == ONE for p in spec.pieces):
            node.fail("one option at least must earn 1")
        if spec.rule != self.default_rule and not any(p.votes for p in spec.pieces):
            node.fail("a consensus needs the votes of a panel; without them use author_weights")

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        picked = chosen(layout, raw)
        if len(picked) > 1:
            raise BadResponse("one option only")
        return dict.fromkeys(picked, TICKED)

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return progress_of(response, 1)

    def worth(self, spec: PieceSpec, piece: Piece) -> Decimal:
        """Return what choosing `piece` earns under the rule in force."""
        if spec.rule == self.default_rule:
            return piece.key
        votes = {p.id: p.votes or 0 for p in spec.pieces}
        return consensus(votes, piece.id, modal=spec.rule == "consensus_modal")

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        return next((self.worth(spec, spec.piece(identifier)) for identifier in response), ZERO)

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        worth = self.worth(spec, piece)
        best = max(self.worth(spec, p) for p in spec.pieces)
        if piece.id not in response:
            return "", plain(worth), "missed" if worth == best else "neutral"
        return TICKED, plain(worth), "right" if worth == best else "partly" if worth else "wrong"

    def chance(self, spec: PieceSpec) -> Chance:
        worths = [self.worth(spec, p) for p in spec.pieces]
        return Chance(ZERO, None, ratio(sum(worths, ZERO), len(worths)))

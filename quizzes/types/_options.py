"""What the types with options to tick share."""

from decimal import Decimal

from quizzes.scoring import ONE, ZERO
from quizzes.types.base import Response
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import plain

TICKED = "1"


class OptionType(PieceType):
    """Options, some of them ticked: a response maps each ticked id to "1"."""

    plural = "options"

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        key = plain(piece.key)
        if piece.id not in response:
            return "", key, "missed" if piece.key >= ONE else "neutral"
        return TICKED, key, "right" if piece.key >= ONE else "partly" if piece.key > ZERO else "wrong"


def credit_chosen(spec: PieceSpec, response: Response) -> Decimal:
    """Return the key of the one option chosen, 0 without a choice."""
    return next((spec.piece(identifier).key for identifier in response), ZERO)

"""Situational judgement: the most and the least appropriate action."""

from decimal import Decimal

from quizzes.scoring import ONE, ZERO
from quizzes.scoring.judgement import chance_of_most_least, most_least
from quizzes.types.base import BadResponse, Chance, Json, Layout, Raw, Response
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import Node
from quizzes.types.rows import chosen, progress_of

MOST, LEAST = "most", "least"
ROLES = {ONE: MOST, -ONE: LEAST}
FIELDS = frozenset({MOST, LEAST})


class MostLeast(PieceType):
    code = "sjt_most_least"
    plural = "actions"
    words = frozenset({MOST, LEAST})
    rules = frozenset({"most_least"})
    default_rule = "most_least"
    least = 3

    def read_key(self, node: Node, index: int) -> Decimal:
        most, least = ((found := node.get(word)) is not None and found.boolean() for word in (MOST, LEAST))
        if most and least:
            node.fail("one action cannot be both the most and the least appropriate")
        return ONE if most else -ONE if least else ZERO

    def write_key(self, piece: Piece) -> Json:
        return {ROLES[piece.key]: True} if piece.key in ROLES else {}

    def check(self, spec: PieceSpec, node: Node) -> None:
        keys = [p.key for p in spec.pieces]
        if keys.count(ONE) != 1 or keys.count(-ONE) != 1:
            node.fail("exactly one action must be most: true and exactly one least: true")

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        if not {field for field, posted in raw.items() if any(posted)} <= FIELDS:
            raise BadResponse("a field this question does not have")
        response: dict[str, str] = {}
        for role in (MOST, LEAST):
            picked = chosen(layout, raw, role)
            if len(picked) > 1:
                raise BadResponse("one action only")
            if picked:
                response[role] = picked[0]
        return response

    def progress(self, spec: PieceSpec, response: Response) -> str:
        if len(response) == 2 and response[MOST] == response[LEAST]:
            return "partial"
        return progress_of(response, 2)

    def shown_values(self, response: Response) -> dict[str, str]:
        shown: dict[str, str] = {}
        for role in (MOST, LEAST):
            if role in response:
                shown[response[role]] = f"{shown.get(response[role], '')} {role}".strip()
        return shown

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        if not response:
            return ZERO
        roles = {p.id: int(p.key) for p in spec.pieces}
        return most_least(roles, response.get(MOST), response.get(LEAST))

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        given, key = self.shown_values(response).get(piece.id, ""), ROLES.get(piece.key, "")
        if not given:
            return "", key, "missed" if key else "neutral"
        return given, key, "right" if given == key else "partly" if not key else "wrong"

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, chance_of_most_least(len(spec.pieces)))

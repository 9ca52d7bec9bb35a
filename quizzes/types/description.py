"""Description: something to read between questions. Nothing to answer, nothing to score."""

from decimal import Decimal
from random import Random

from quizzes.scoring import ZERO
from quizzes.types.base import BadResponse, Chance, Face, Json, Layout, QuestionType, Raw, Response, Review
from quizzes.types.pieces import PieceSpec
from quizzes.types.reader import Node


class Description(QuestionType[PieceSpec]):
    code = "description"
    scored = False
    fields = frozenset({"type", "stem"})

    def parse(self, node: Node) -> PieceSpec:
        node.only(self.fields)
        return PieceSpec(node["stem"].text(), (), None, "unscored", shuffle=False)

    def dump(self, spec: PieceSpec) -> Json:
        return {"type": self.code, "stem": dict(spec.stem)}

    def lay_out(self, spec: PieceSpec, dice: Random) -> Layout:
        return Layout()

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        return Face(self.code, spec.stem[language], (), spec.rule)

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        if any(any(posted) for posted in raw.values()):
            raise BadResponse("there is nothing to answer")
        return {}

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return "complete"

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        return ZERO

    def review(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Review:
        return Review(self.code, spec.stem[language], (), "", spec.rule, ZERO, "neutral")

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, ZERO)

    def rule_of(self, spec: PieceSpec) -> str:
        return spec.rule

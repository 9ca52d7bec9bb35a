"""Matching: each stem takes one choice from a common list; a choice may serve twice, and some may serve nobody."""

from decimal import Decimal
from random import Random

from quizzes.scoring import ONE, ZERO, ratio
from quizzes.types.base import Chance, Face, Json, Layout, Raw, Response, mint
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import Node
from quizzes.types.rows import pooled, progress_of

EVERY = "every_pair"


class Matching(PieceType):
    code = "matching"
    plural = "pairs"
    words = frozenset({"match"})
    extras = frozenset({"choices"})
    rules = frozenset({"share_of_pairs", EVERY})
    default_rule = "share_of_pairs"

    def read_key(self, node: Node, index: int) -> Decimal:
        return ONE

    def write_key(self, piece: Piece) -> Json:
        return {}

    def read_more(self, node: Node) -> Json:
        return {"match": node["match"].identifier()}

    def read_extras(self, node: Node) -> Json:
        choices = []
        for choice in node["choices"].items(2, 12):
            choice.only(frozenset({"id", "text"}))
            choices.append({"id": choice["id"].identifier(), "text": choice["text"].text()})
        if len({c["id"] for c in choices}) < len(choices):
            node["choices"].fail("two entries have the same id")
        return {"choices": choices}

    def check(self, spec: PieceSpec, node: Node) -> None:
        known = {choice["id"] for choice in spec.more["choices"]}
        for entry, piece in zip(node.items(self.least, self.most), spec.pieces, strict=True):
            if piece.more["match"] not in known:
                entry["match"].fail("no choice has this id")

    def lay_out(self, spec: PieceSpec, dice: Random) -> Layout:
        layout = super().lay_out(spec, dice)
        choices = [choice["id"] for choice in spec.more["choices"]]
        dice.shuffle(choices)
        return Layout(layout.items, mint(choices, dice))

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        texts = {choice["id"]: choice["text"][language] for choice in spec.more["choices"]}
        return pooled(super().face(spec, layout, response, language), layout, texts)

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        return self.from_pool(layout, raw)

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return progress_of(response, len(spec.pieces))

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        right = sum(response.get(p.id) == p.more["match"] for p in spec.pieces)
        if spec.rule == EVERY:
            return ONE if right == len(spec.pieces) else ZERO
        return ratio(right, len(spec.pieces))

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        given, key = response.get(piece.id, ""), piece.more["match"]
        return given, key, "missed" if not given else "right" if given == key else "wrong"

    def says(self, spec: PieceSpec, code: str, language: str) -> str:
        return next((c["text"][language] for c in spec.more["choices"] if c["id"] == code), code)

    def chance(self, spec: PieceSpec) -> Chance:
        one = ratio(1, len(spec.more["choices"]))
        return Chance(ZERO, None, one ** len(spec.pieces) if spec.rule == EVERY else one)

"""Numeric: a number with its unit, typed the French or the English way, within a tolerance."""

from dataclasses import replace
from decimal import Decimal

from quizzes.scoring.typing import TOLERANCES, read_number, within
from quizzes.types._typed import FIELD, TypedType
from quizzes.types.base import Face, Json, Layout, Response
from quizzes.types.pieces import Piece, PieceSpec
from quizzes.types.reader import LANGUAGES, Node, plain

FAR = Decimal(10) ** 15


class Numeric(TypedType):
    code = "numeric"
    words = frozenset({"value", "tolerance", "high", "credit"})
    extras = frozenset({"unit"})
    rules = frozenset(TOLERANCES)
    default_rule = "nominal"

    def read_more(self, node: Node) -> Json:
        tolerance, high = node.get("tolerance"), node.get("high")
        more = {"value": plain(node["value"].decimal(-FAR, FAR))}
        if tolerance:
            more["tolerance"] = plain(tolerance.decimal(0, FAR))
        if high:
            more["high"] = plain(high.decimal(Decimal(more["value"]), FAR))
        return more

    def read_extras(self, node: Node) -> Json:
        unit = node.get("unit")
        return {"unit": unit.text()} if unit else {}

    def check(self, spec: PieceSpec, node: Node) -> None:
        super().check(spec, node)
        for entry, piece in zip(node.items(self.least, self.most), spec.pieces, strict=True):
            if (spec.rule == "range") != ("high" in piece.more):
                Node(None, f"{entry.path}.high").fail("a range, and only a range, has an upper end")
            if spec.rule == "figures" and Decimal(piece.more.get("tolerance", 0)) not in map(Decimal, range(1, 16)):
                Node(None, f"{entry.path}.tolerance").fail("say how many figures count, from 1 to 15")

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        return replace(super().face(spec, layout, response, language), tail=self._unit(spec, language))

    def progress(self, spec: PieceSpec, response: Response) -> str:
        if not response:
            return "empty"
        return "complete" if self._read(spec, response[FIELD]) is not None else "partial"

    def meets(self, spec: PieceSpec, piece: Piece, given: str) -> bool:
        number, more = self._read(spec, given), piece.more
        if number is None:
            return False
        value, tolerance = Decimal(more["value"]), Decimal(more.get("tolerance", 0))
        return within(number, value, spec.rule, tolerance, Decimal(more.get("high", 0)))

    def key_text(self, spec: PieceSpec, piece: Piece, language: str) -> str:
        more, unit = piece.more, self._unit(spec, language)
        text = " – ".join(more[word] for word in ("value", "high") if word in more)
        text = text.replace(".", ",") if language == "fr" else text
        return f"{text} {unit}".strip()

    def _unit(self, spec: PieceSpec, language: str) -> str:
        return str(spec.more["unit"][language]) if "unit" in spec.more else ""

    def _read(self, spec: PieceSpec, given: str) -> Decimal | None:
        """Return the number, whichever language's unit follows it."""
        tries = (read_number(given, self._unit(spec, language)) for language in LANGUAGES)
        return next((number for number in tries if number is not None), None)

"""Moderation matrix: a fictional thread, one decision per comment, and a reason where it takes something away.

Decisions and reasons are codes of the trade's shared vocabulary (`courses.vocabulary`).
"""

from dataclasses import replace
from decimal import Decimal
from html import escape

from courses.vocabulary import ACTIONS, REASONS
from quizzes.scoring import ONE, ZERO, ratio
from quizzes.types.base import Chance, Face, Json, Layout, Raw, Response
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import Node
from quizzes.types.rows import values

USUAL = ("keep", "hide", "remove", "escalate")
HALF = Decimal("0.5")
WHY = "r"  # the field of a reason is the row's token and this letter; a reason's place in a response ends in ".why"
REASONED = frozenset(REASONS) - {"none"}


class ModerationMatrix(PieceType):
    code = "moderation_matrix"
    plural = "comments"
    words = frozenset({"handle", "decision", "defensible", "reasons"})
    extras = frozenset({"allowed"})
    rules = frozenset({"decision_and_reason", "decision_only"})
    default_rule = "decision_and_reason"
    most = 8

    def read_key(self, node: Node, index: int) -> Decimal:
        return ONE

    def write_key(self, piece: Piece) -> Json:
        return {}

    def read_more(self, node: Node) -> Json:
        decision = node["decision"].one_of(ACTIONS)
        defensible, reasons = _codes(node, "defensible", frozenset(ACTIONS)), _codes(node, "reasons", REASONED)
        if decision in defensible:
            node["defensible"].fail("the right decision is not written again among the defensible ones")
        if ACTIONS[decision].restricts and not reasons:
            Node(None, f"{node.path}.reasons").fail("a decision that takes something away needs a reason")
        if reasons and not ACTIONS[decision].restricts:
            node["reasons"].fail("a decision that takes nothing away has no reason")
        more: Json = {"handle": node["handle"].string(), "decision": decision}
        return more | ({"defensible": defensible} if defensible else {}) | ({"reasons": reasons} if reasons else {})

    def read_extras(self, node: Node) -> Json:
        allowed = _codes(node, "allowed", frozenset(ACTIONS)) or list(USUAL)
        if len(allowed) < 2:
            node["allowed"].fail("two decisions at least must be offered")
        return {"allowed": allowed}

    def check(self, spec: PieceSpec, node: Node) -> None:
        for entry, piece in zip(node.items(self.least, self.most), spec.pieces, strict=True):
            for word in {piece.more["decision"], *piece.more.get("defensible", ())} - set(spec.more["allowed"]):
                entry.fail("“%(word)s” is not among the decisions offered", word=word)

    def row_text(self, piece: Piece, language: str) -> str:
        return f"<strong>{escape(piece.more['handle'])}</strong> {piece.text[language]}"

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        return replace(super().face(spec, layout, response, language), acts=tuple(spec.more["allowed"]))

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        """A reason counts only beside a decision that needs one: without script the other lists stay on the page."""
        tokens = dict(layout.items)
        whys = {name[:-1]: posted for name, posted in raw.items() if name[:-1] in tokens and name.endswith(WHY)}
        rest = {name: posted for name, posted in raw.items() if name[:-1] not in whys}
        response = values(layout, rest, frozenset(spec.more["allowed"]))
        given = values(layout, whys, REASONED)
        return response | {
            f"{i}.why": why for i, why in given.items() if i in response and ACTIONS[response[i]].restricts
        }

    def progress(self, spec: PieceSpec, response: Response) -> str:
        if not response:
            return "empty"
        return "complete" if all(self._decided(p.id, response) for p in spec.pieces) else "partial"

    def _decided(self, row: str, response: Response) -> bool:
        return row in response and (f"{row}.why" in response or not ACTIONS[response[row]].restricts)

    def shown_values(self, response: Response) -> dict[str, str]:
        rows = {i: action for i, action in response.items() if not i.endswith(".why")}
        return {i: f"{action} {response.get(f'{i}.why', '')}".strip() for i, action in rows.items()}

    def earned(self, spec: PieceSpec, piece: Piece, response: Response) -> Decimal:
        """Return a comment's fraction: 1, half for a defensible decision or a wrong reason, else 0."""
        given, more = response.get(piece.id), piece.more
        credit = ONE if given == more["decision"] else HALF if given in more.get("defensible", ()) else ZERO
        if spec.rule == "decision_only" or given != more["decision"] or "reasons" not in more:
            return credit
        return credit if response.get(f"{piece.id}.why") in more["reasons"] else credit * HALF

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        return ratio(sum((self.earned(spec, p, response) for p in spec.pieces), ZERO), len(spec.pieces))

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        given = self.shown_values(response).get(piece.id, "")
        key = " ".join([piece.more["decision"], *piece.more.get("reasons", ())])
        if not given:
            return "", key, "missed"
        fraction = self.earned(spec, piece, response)
        return given, key, "right" if fraction == ONE else "partly" if fraction else "wrong"

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, ratio(sum((self._luck(spec, p) for p in spec.pieces), ZERO), len(spec.pieces)))

    def _luck(self, spec: PieceSpec, piece: Piece) -> Decimal:
        """Return what a decision and a reason drawn at random earn on one comment."""
        more, offered = piece.more, len(spec.more["allowed"])
        right = ONE
        if spec.rule != "decision_only" and "reasons" in more:
            right = HALF + HALF * ratio(len(more["reasons"]), len(REASONED))
        return (right + HALF * len(more.get("defensible", ()))) / offered


def _codes(node: Node, word: str, known: frozenset[str]) -> list[str]:
    """Return the codes written under `word`, each once, in the vocabulary's order."""
    listed = node.get(word)
    found = {n.one_of(known) for n in listed.items(0, len(known))} if listed else set()
    return [code for code in (*ACTIONS, *REASONS) if code in found]

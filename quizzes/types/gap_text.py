"""Gap text: a passage with gaps written `[[a]]`, each typed, chosen from one list of words, or dragged from it.

Dragged is chosen with another hand: the same lists stand on the page, and the script lays the words out.
"""

import re
from decimal import Decimal
from html import escape
from random import Random

from quizzes.scoring import ONE, ZERO, ratio
from quizzes.scoring.typing import fold
from quizzes.types._typed import first_word, read_accepted, words_of
from quizzes.types.base import Chance, Face, Json, Layout, Line, Raw, Response, Text, mint
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import LANGUAGES, Node
from quizzes.types.rows import pooled, progress_of, typed

GAP = re.compile(r"\[\[([A-Za-z0-9_-]+)\]\]")
TYPED, CHOSEN, DRAGGED = "typed", "chosen", "dragged"
MODES = frozenset({TYPED, CHOSEN, DRAGGED})


class GapText(PieceType):
    code = "gap_text"
    plural = "gaps"
    words = frozenset({"accept"})
    extras = frozenset({"passage", "mode", "decoys", "ignore_accents"})
    rules = frozenset({"share_of_gaps"})
    default_rule = "share_of_gaps"
    least = 1

    def read_text(self, node: Node) -> Text:
        if text := node.get("text"):
            text.fail("the words around a gap are written in the passage")
        return {}

    def read_key(self, node: Node, index: int) -> Decimal:
        return ONE

    def write_key(self, piece: Piece) -> Json:
        return {}

    def read_more(self, node: Node) -> Json:
        return {"accept": read_accepted(node)}

    def read_extras(self, node: Node) -> Json:
        mode, ignore, decoys = node.get("mode"), node.get("ignore_accents"), node.get("decoys")
        more: Json = {"passage": node["passage"].text(), "mode": mode.one_of(MODES) if mode else TYPED}
        if ignore and ignore.boolean():
            more["ignore_accents"] = True
        if decoys and (found := list(decoys.items(0, 8))):
            if more["mode"] == TYPED:
                decoys.fail("gaps that are typed have no words to choose from")
            more["decoys"] = [{"accept": read_accepted(decoy)} for decoy in found]
        return more

    def check(self, spec: PieceSpec, node: Node) -> None:
        gaps = sorted(p.id for p in spec.pieces)
        for language in LANGUAGES:
            if sorted(GAP.findall(spec.more["passage"][language])) != gaps:
                node.fail("each gap stands once in the passage of each language, written [[its letter]]")
        if spec.more["mode"] != TYPED and len(self.choices(spec)) < 2:
            node.fail("two words at least are needed to choose from")

    def choices(self, spec: PieceSpec) -> dict[str, Text]:
        """Return id → word of what one may choose; two gaps with the same words share one."""
        gaps = {p.id: p.more["accept"] for p in spec.pieces}
        decoys = {f"decoy-{n}": decoy["accept"] for n, decoy in enumerate(spec.more.get("decoys", ()))}
        found: dict[str, Text] = {}
        for identifier, accept in {**gaps, **decoys}.items():
            if accept not in found.values():
                found[identifier] = accept
        return found

    def lay_out(self, spec: PieceSpec, dice: Random) -> Layout:
        items = mint([p.id for p in spec.pieces], dice)
        if spec.more["mode"] == TYPED:
            return Layout(items)
        pool = list(self.choices(spec))
        dice.shuffle(pool)
        return Layout(items, mint(pool, dice))

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        """Each row is a gap and the words before it; the tail is what follows the last."""
        *parts, tail = GAP.split(spec.more["passage"][language])
        pairs = list(zip(parts[::2], parts[1::2], strict=True))
        tokens = {identifier: token for token, identifier in layout.items}
        lines = tuple(Line(tokens[i], escape(before), response.get(i, "")) for before, i in pairs)
        face = Face(self.code, spec.stem[language], lines, spec.rule, tail=escape(tail), mode=spec.more["mode"])
        if not layout.pool:
            return face
        words = {i: escape(first_word(accept, language)) for i, accept in self.choices(spec).items()}
        return pooled(face, layout, words)

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        return typed(layout, raw) if spec.more["mode"] == TYPED else self.from_pool(layout, raw)

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return progress_of(response, len(spec.pieces))

    def right(self, spec: PieceSpec, piece: Piece, response: Response) -> bool:
        given, accept = response.get(piece.id, ""), piece.more["accept"]
        if spec.more["mode"] != TYPED:
            return bool(given) and self.choices(spec).get(given) == accept
        accents = not spec.more.get("ignore_accents", False)
        return bool(given) and fold(given, accents=accents) in {fold(w, accents=accents) for w in words_of(accept)}

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        return ratio(sum(self.right(spec, p, response) for p in spec.pieces), len(spec.pieces))

    def row_text(self, piece: Piece, language: str) -> str:
        return escape(first_word(piece.more["accept"], language))

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        given = response.get(piece.id, "")
        return given, "", "missed" if not given else "right" if self.right(spec, piece, response) else "wrong"

    def says(self, spec: PieceSpec, code: str, language: str) -> str:
        choices = self.choices(spec)
        return first_word(choices[code], language) if spec.more["mode"] != TYPED and code in choices else code

    def chance(self, spec: PieceSpec) -> Chance:
        if spec.more["mode"] == TYPED:
            return Chance(ZERO, None, ZERO)
        return Chance(ZERO, None, ratio(1, len(self.choices(spec))))

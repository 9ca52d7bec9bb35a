"""Hot-spot: one place to find on a picture, pointed at or chosen in the list of places.

The list is the same question for who cannot see the picture or has no script. The regions never leave the server.
"""

from dataclasses import replace
from decimal import Decimal

from quizzes.scoring import ONE, ZERO, ratio
from quizzes.types.base import BadResponse, Chance, Face, Json, Layout, Raw, Response, Review
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import Node, plain
from quizzes.types.rows import chosen

POINT, PLACE = "point", "place"
SIDES = ("x", "y", "width", "height")
HUNDRED = Decimal(100)


class HotSpot(PieceType):
    code = "hot_spot"
    plural = "regions"
    words = frozenset({"correct", "credit", *SIDES})
    extras = frozenset({"image", "alt"})
    rules = frozenset({"credit_of_place"})
    default_rule = "credit_of_place"

    def read_key(self, node: Node, index: int) -> Decimal:
        correct, credit = node.get("correct"), node.get("credit")
        if correct and correct.boolean():
            if credit:
                credit.fail("the right option earns everything; leave its credit out")
            return ONE
        value = credit.decimal(0, 1) if credit else ZERO
        if credit and value == ONE:
            credit.fail("only the right option earns everything; write correct: true instead")
        return value

    def write_key(self, piece: Piece) -> Json:
        if piece.key == ONE:
            return {"correct": True}
        return {"credit": plain(piece.key)} if piece.key else {}

    def read_more(self, node: Node) -> Json:
        """Return the rectangle, in hundredths of the picture from its top left corner."""
        box = {side: node[side].decimal(0, 100) for side in SIDES}
        if not box["width"] or not box["height"]:
            node["width"].fail("a region needs a width and a height")
        if box["x"] + box["width"] > HUNDRED or box["y"] + box["height"] > HUNDRED:
            node["width"].fail("the region leaves the picture")
        return {side: plain(value) for side, value in box.items()}

    def read_extras(self, node: Node) -> Json:
        return {"image": node["image"].identifier(), "alt": node["alt"].text()}

    def check(self, spec: PieceSpec, node: Node) -> None:
        right = sum(p.key == ONE for p in spec.pieces)
        if not 0 < right < len(spec.pieces):
            node.fail("one place at least must be right, and one at least must not")

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        place = {response[PLACE]: "1"} if PLACE in response else {}
        face = super().face(spec, layout, place, language)
        return replace(face, picture=spec.more["image"], tail=spec.more["alt"][language], mode=response.get(POINT, ""))

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        """A point is posted as “x y” in hundredths; a place chosen in the list goes before it."""
        if any(name not in {"", POINT} for name, posted in raw.items() if any(posted)):
            raise BadResponse("a field this form does not have")
        points = [value for value in raw.get(POINT, ()) if value]
        places = chosen(layout, raw)
        if len(points) > 1 or len(places) > 1:
            raise BadResponse("two places for one")
        if places:
            return {PLACE: places[0]}
        if not points:
            return {}
        x, y = _point(points[0])
        return {POINT: f"{plain(x)} {plain(y)}"}

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return "complete" if response else "empty"

    def hit(self, spec: PieceSpec, response: Response) -> Piece | None:
        """Return the region answered; where regions overlap, the one that earns most."""
        if PLACE in response:
            return spec.piece(response[PLACE])
        if POINT not in response:
            return None
        x, y = _point(response[POINT])
        return max((p for p in spec.pieces if _inside(p, x, y)), key=lambda p: p.key, default=None)

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        hit = self.hit(spec, response)
        return hit.key if hit else ZERO

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        if self.hit(spec, response) is not piece:
            return "", plain(piece.key), "missed" if piece.key == ONE else "neutral"
        return "1", plain(piece.key), "right" if piece.key == ONE else "partly" if piece.key else "wrong"

    def review(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Review:
        shapes = tuple(tuple(p.more[side] for side in SIDES) for p in spec.pieces if p.key == ONE)
        point = tuple(response.get(POINT, "").split())
        review = super().review(spec, layout, response, language)
        return replace(review, picture=spec.more["image"], point=point, shapes=shapes)

    def chance(self, spec: PieceSpec) -> Chance:
        """Return the better of two blind guesses: a place of the list, a point anywhere (overlaps counted twice)."""
        places = ratio(sum((p.key for p in spec.pieces), ZERO), len(spec.pieces))
        surface = sum((p.key * _surface(p) for p in spec.pieces), ZERO)
        return Chance(ZERO, None, max(places, min(ONE, surface)))


def _point(text: str) -> tuple[Decimal, Decimal]:
    """Return x and y. Errors: BadResponse unless both are hundredths."""
    numbers = text.split(" ")
    if len(numbers) != 2 or not all(n.replace(".", "", 1).isdecimal() and n.isascii() and len(n) <= 8 for n in numbers):
        raise BadResponse("not a point")
    x, y = (Decimal(n) for n in numbers)
    if x > HUNDRED or y > HUNDRED:
        raise BadResponse("a point outside the picture")
    return x, y


def _inside(piece: Piece, x: Decimal, y: Decimal) -> bool:
    left, top, width, height = (Decimal(piece.more[side]) for side in SIDES)
    return left <= x <= left + width and top <= y <= top + height


def _surface(piece: Piece) -> Decimal:
    return Decimal(piece.more["width"]) * Decimal(piece.more["height"]) / (HUNDRED * HUNDRED)

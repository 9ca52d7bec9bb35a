"""What a person marks: an answer, then a rubric of criteria, each with its levels.

A marker's choice travels with the response under keys that no candidate can post: `mark.<criterion>` holds the level
chosen. So a marked answer is scored and reviewed like any other, and an answer without them awaits its marker.
"""

from collections.abc import Mapping
from decimal import Decimal

from quizzes.scoring import ZERO, ratio
from quizzes.types.base import Chance, Json, Layout, Response, Review, ReviewLine, state_of
from quizzes.types.pieces import Piece, PieceSpec, PieceType
from quizzes.types.reader import Node, plain

MARK = "mark."
MOST_POINTS = 20


class MarkedType(PieceType):
    """The pieces are the criteria; a criterion's levels carry points, its best level is what it is worth.

    A module says what an answer is: `given` and `answer_html`, beside what every type says.
    """

    marked = True
    plural = "criteria"
    words = frozenset({"levels"})
    rules = frozenset({"rubric"})
    default_rule = "rubric"
    least = 1
    most = 6

    def given(self, response: Response) -> bool:
        """Return whether there is something to mark."""
        return any(not key.startswith(MARK) for key in response)

    def awaits(self, spec: PieceSpec, response: Response) -> bool:
        """Return whether the answer still needs its marker."""
        return self.given(response) and not all(f"{MARK}{p.id}" in response for p in spec.pieces)

    # --- authored content

    def read_key(self, node: Node, index: int) -> Decimal:
        """Return what the criterion is worth: the points of its best level."""
        levels = [level["points"].decimal(0, MOST_POINTS) for level in node["levels"].items(2, 6)]
        if max(levels) == ZERO:
            node["levels"].fail("one level at least must be worth something")
        if len(set(levels)) < len(levels):
            node["levels"].fail("two levels of a criterion are worth the same")
        return max(levels)

    def write_key(self, piece: Piece) -> Json:
        return {}

    def read_more(self, node: Node) -> Json:
        """Return the levels, best first: a level's id is its points."""
        levels = []
        for level in node["levels"].items(2, 6):
            level.only(frozenset({"points", "text"}))
            levels.append({"points": plain(level["points"].decimal(0, MOST_POINTS)), "text": level["text"].text()})
        return {"levels": sorted(levels, key=lambda level: -Decimal(level["points"]))}

    # --- marking

    def grade(self, spec: PieceSpec, levels: Mapping[str, str]) -> Decimal:
        """Return the fraction earned: points of the levels chosen over points there are.

        Shapes: `levels` maps every criterion's id to the points of one of its levels. Errors: ValueError otherwise.
        """
        if set(levels) != {p.id for p in spec.pieces}:
            raise ValueError("a criterion has no level")
        for piece in spec.pieces:
            if levels[piece.id] not in {level["points"] for level in piece.more["levels"]}:
                raise ValueError("a level this criterion does not have")
        return ratio(sum((Decimal(p) for p in levels.values()), ZERO), sum((p.key for p in spec.pieces), ZERO))

    def score(self, spec: PieceSpec, response: Response) -> Decimal:
        if not self.given(response) or self.awaits(spec, response):
            return ZERO
        return self.grade(spec, {p.id: response[f"{MARK}{p.id}"] for p in spec.pieces})

    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        points = response.get(f"{MARK}{piece.id}", "")
        if not points:
            return "", plain(piece.key), "neutral"
        earned = Decimal(points)
        state = "right" if earned == piece.key else "partly" if earned else "wrong"
        return points, plain(piece.key), state

    def review(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Review:
        """Return the answer, then each criterion with the level it reached."""
        fraction = self.score(spec, response)
        answer = self.answer_html(response) if self.given(response) else ""
        lines = [ReviewLine(answer, "", "", "neutral", "")] if answer else []
        for piece in spec.pieces:
            given, key, state = self.judge(spec, piece, response)
            reached = next((level["text"][language] for level in piece.more["levels"] if level["points"] == given), "")
            lines.append(ReviewLine(piece.text[language], given, key, state, reached))
        general = spec.feedback[language] if spec.feedback else ""
        state = "awaiting" if self.awaits(spec, response) else state_of(fraction, response)
        return Review(self.code, spec.stem[language], tuple(lines), general, spec.rule, fraction, state)

    def answer_html(self, response: Response) -> str:
        """Return the candidate's answer as safe HTML, nothing where the page shows it otherwise."""
        raise NotImplementedError

    def chance(self, spec: PieceSpec) -> Chance:
        return Chance(ZERO, None, ZERO)


def with_marks(response: Response, levels: Mapping[str, str]) -> dict[str, str]:
    """Return a response with what its marker chose."""
    return {**response, **{f"{MARK}{criterion}": points for criterion, points in levels.items()}}

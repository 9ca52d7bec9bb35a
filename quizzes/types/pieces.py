"""What most types share: a stem, then a handful of pieces (options, statements, actions), each with a key.

A piece's key is one decimal whose meaning belongs to the type: the credit of an option, 1 or 0 for a statement, the
mean rating of an action, its rank, its role.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from quizzes.types.base import (
    Face,
    Json,
    Layout,
    Line,
    QuestionType,
    Raw,
    Response,
    Review,
    ReviewLine,
    Text,
    mint,
    state_of,
)
from quizzes.types.reader import Node
from quizzes.types.rows import values

HEAD = frozenset({"type", "stem", "feedback", "shuffle", "rule", "hints"})
PIECE_WORDS = frozenset({"id", "text", "feedback"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One option, statement or action."""

    id: str
    text: Text
    feedback: Text | None
    key: Decimal
    votes: int | None = None
    more: Json = field(default_factory=dict)  # what the type adds, in canonical form


@dataclass(frozen=True, slots=True)
class PieceSpec:
    """A whole question made of pieces."""

    stem: Text
    pieces: tuple[Piece, ...]
    feedback: Text | None
    rule: str
    shuffle: bool
    more: Json = field(default_factory=dict)  # what the type adds to the question, in canonical form

    def piece(self, identifier: str) -> Piece:
        return next(p for p in self.pieces if p.id == identifier)


def read_hints(node: Node) -> Json:
    """Return the hints of a question, first to last, in canonical form; nothing where there is none."""
    hints = node.get("hints")
    return {"hints": [hint.text() for hint in hints.items(1, 3)]} if hints else {}


class PieceType(QuestionType[PieceSpec]):
    """A type made of pieces. A module sets the words below and says how keys are read, written and scored."""

    plural: str  # the word that holds the pieces: options, statements, actions
    words: frozenset[str]  # the words of one piece beside id, text, feedback
    extras: frozenset[str] = frozenset()  # the words of the question beside those of HEAD
    rules: frozenset[str]
    default_rule: str
    least = 2
    most = 10

    @property
    def fields(self) -> frozenset[str]:  # type: ignore[override]
        return HEAD | {self.plural} | self.extras

    # --- authored content

    @abstractmethod
    def read_key(self, node: Node, index: int) -> Decimal:
        """Return the key of the piece written at `index`."""

    @abstractmethod
    def write_key(self, piece: Piece) -> Json:
        """Return the words that carry the key."""

    def read_text(self, node: Node) -> Text:
        """Return the text of a piece; types whose pieces are keys have none."""
        return node["text"].text()

    def read_more(self, node: Node) -> Json:
        """Return the words a piece has beside its key, in canonical form."""
        return {}

    def read_extras(self, node: Node) -> Json:
        """Return the words the question has beside the usual ones, in canonical form."""
        return {}

    def check(self, spec: PieceSpec, node: Node) -> None:
        """Refuse a key that cannot work as a whole."""

    def parse(self, node: Node) -> PieceSpec:
        node.only(self.fields)
        pieces = tuple(self._piece(n, i) for i, n in enumerate(node[self.plural].items(self.least, self.most)))
        if len({p.id for p in pieces}) < len(pieces):
            node[self.plural].fail("two entries have the same id")
        feedback, rule, shuffle = node.get("feedback"), node.get("rule"), node.get("shuffle")
        spec = PieceSpec(
            stem=node["stem"].text(),
            pieces=pieces,
            feedback=feedback.text() if feedback else None,
            rule=rule.one_of(self.rules) if rule else self.default_rule,
            shuffle=shuffle.boolean() if shuffle else True,
            more=self.read_extras(node) | read_hints(node),
        )
        self.check(spec, node[self.plural])
        return spec

    def _piece(self, node: Node, index: int) -> Piece:
        node.only(self.words | PIECE_WORDS)
        feedback = node.get("feedback")
        return Piece(
            id=node["id"].identifier(),
            text=self.read_text(node),
            feedback=feedback.text() if feedback else None,
            key=self.read_key(node, index),
            votes=int(votes.decimal(0, 10_000)) if (votes := node.get("votes")) else None,
            more=self.read_more(node),
        )

    def dump(self, spec: PieceSpec) -> Json:
        content: Json = {"type": self.code, "stem": dict(spec.stem), "rule": spec.rule, "shuffle": spec.shuffle}
        content |= spec.more
        content[self.plural] = [self._dump_piece(p) for p in spec.pieces]
        if spec.feedback:
            content["feedback"] = dict(spec.feedback)
        return content

    def _dump_piece(self, piece: Piece) -> Json:
        content: Json = {"id": piece.id, **({"text": dict(piece.text)} if piece.text else {})}
        content |= self.write_key(piece) | piece.more
        if piece.feedback:
            content["feedback"] = dict(piece.feedback)
        if piece.votes is not None:
            content["votes"] = piece.votes
        return content

    def rule_of(self, spec: PieceSpec) -> str:
        return spec.rule

    # --- the attempt

    def lay_out(self, spec: PieceSpec, dice: Random) -> Layout:
        identifiers = [p.id for p in spec.pieces]
        if spec.shuffle:
            dice.shuffle(identifiers)
        return Layout(items=mint(identifiers, dice))

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        values = self.shown_values(response)
        texts = {p.id: self.row_text(p, language) for p in spec.pieces}
        lines = tuple(Line(token, texts[i], values.get(i, "")) for token, i in layout.items)
        return Face(self.code, spec.stem[language], lines, spec.rule)

    def shown_values(self, response: Response) -> Mapping[str, str]:
        """Return authored id → the value its row shows."""
        return response

    def row_text(self, piece: Piece, language: str) -> str:
        """Return the HTML of a row."""
        return piece.text[language]

    def says(self, spec: PieceSpec, code: str, language: str) -> str:
        """Return what the correction says for a value given or keyed; codes of the trade stay codes."""
        return code

    def from_pool(self, layout: Layout, raw: Raw) -> dict[str, str]:
        """Return authored id of a row → authored id of the choice picked for it. Errors: BadResponse."""
        known = dict(layout.pool)
        return {row: known[token] for row, token in values(layout, raw, frozenset(known)).items()}

    def review(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Review:
        fraction = self.score(spec, response)
        lines = []
        for _token, identifier in layout.items:
            piece = spec.piece(identifier)
            given, key, state = self.judge(spec, piece, response)
            feedback = piece.feedback[language] if piece.feedback else ""
            given, key = (self.says(spec, code, language) for code in (given, key))
            lines.append(ReviewLine(self.row_text(piece, language), given, key, state, feedback))
        general = spec.feedback[language] if spec.feedback else ""
        state = state_of(fraction, response) if self.scored else "neutral"
        return Review(self.code, spec.stem[language], tuple(lines), general, spec.rule, fraction, state)

    @abstractmethod
    def judge(self, spec: PieceSpec, piece: Piece, response: Response) -> tuple[str, str, str]:
        """Return (given, key, state) of one row."""

"""The contract of a question type, and the values that pass through it.

A type is stateless. Its life: `parse` (authored mapping → spec), `lay_out` (spec + dice → the form one attempt sees),
`face` (what the candidate may see: never a key, an author's id or feedback), `normalise` (posted fields → response),
`score`, `review` (everything, once the attempt is over). A response is a flat mapping of strings in authored ids,
language-neutral, `{}` when nothing was given.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, Generic, TypeVar

from quizzes.scoring import ONE, ZERO
from quizzes.types.reader import Node

Text = Mapping[str, str]  # {"fr": …, "en": …}
Json = dict[str, Any]
Raw = Mapping[str, Sequence[str]]  # field suffix ("" for the question itself, else a token) → posted values
Response = Mapping[str, str]


class BadResponse(ValueError):  # noqa: N818 (says what happened)
    """The posted fields do not belong to this form: forged, or of another attempt."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The form one attempt sees: (token, authored id) pairs in the order shown. Tokens are random and mean nothing."""

    items: tuple[tuple[str, str], ...] = ()
    pool: tuple[tuple[str, str], ...] = ()

    def token_of(self, identifier: str) -> str:
        return next((t for t, i in (*self.items, *self.pool) if i == identifier), "")

    def to_json(self) -> Json:
        return {"items": [list(p) for p in self.items], "pool": [list(p) for p in self.pool]}

    @classmethod
    def from_json(cls, data: Json) -> "Layout":
        items, pool = ([(str(t), str(i)) for t, i in data.get(name, ())] for name in ("items", "pool"))
        return cls(tuple(items), tuple(pool))


@dataclass(frozen=True, slots=True)
class Line:
    """One row the candidate acts on; `value` is what they gave so far ("" for nothing)."""

    token: str
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Face:
    """What the candidate sees of a question; `pool` holds (value, label) pairs shared by the lines."""

    kind: str
    stem: str
    lines: tuple[Line, ...]
    rule: str
    pool: tuple[tuple[str, str], ...] = ()
    acts: tuple[str, ...] = ()  # the decisions a moderation matrix offers, as codes
    tail: str = ""  # what follows the last row: the end of a gap text, a unit
    mode: str = ""  # how the answer is given, where a type has several ways
    limits: tuple[tuple[str, str], ...] = ()  # what is allowed, as (word, value): words of an essay, size of a file
    picture: str = ""  # the digest of the picture a hot-spot is on
    parts: tuple["Face", ...] = ()  # the questions of a case


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One row of the correction. `given` and `key` are codes or texts of the type; `state` is right, partly, wrong,
    missed (keyed, not given) or neutral."""

    text: str
    given: str
    key: str
    state: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Review:
    """A question once the attempt is over."""

    kind: str
    stem: str
    lines: tuple[ReviewLine, ...]
    feedback: str
    rule: str
    fraction: Decimal
    state: str  # right, partly, wrong, empty; awaiting a marker; neutral when the type is not scored
    parts: tuple["Review", ...] = ()  # the questions of a case
    picture: str = ""  # of a hot-spot, with the point given and the right places as (x, y, width, height)
    point: tuple[str, ...] = ()
    shapes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """What effortless answers earn: nothing, everything ticked (None where that has no meaning), blind guessing."""

    none: Decimal
    everything: Decimal | None
    random: Decimal


def state_of(fraction: Decimal, response: Response) -> str:
    """Return right, partly, wrong or empty."""
    if not response:
        return "empty"
    return "right" if fraction >= ONE else "partly" if fraction > ZERO else "wrong"


def mint(identifiers: Sequence[str], dice: Random) -> tuple[tuple[str, str], ...]:
    """Return the identifiers in their order, each behind a fresh token of eight hexadecimal digits."""
    tokens: dict[str, str] = {}
    for identifier in identifiers:
        token = f"{dice.getrandbits(32):08x}"
        while token in tokens:
            token = f"{dice.getrandbits(32):08x}"
        tokens[token] = identifier
    return tuple(tokens.items())


S = TypeVar("S")


class QuestionType(ABC, Generic[S]):
    """What every type can do. `code` is stored; `fields` are the keys an author may write in this type."""

    code: str
    fields: frozenset[str]
    scored = True
    marked = False  # a person marks it: see quizzes.types.marked

    @abstractmethod
    def parse(self, node: Node) -> S:
        """Return the spec. Errors: SpecError with the path and a sentence the author can act on."""

    @abstractmethod
    def dump(self, spec: S) -> Json:
        """Return the canonical content: `parse(dump(spec)) == spec`, equal specs dump alike."""

    @abstractmethod
    def lay_out(self, spec: S, dice: Random) -> Layout:
        """Return a form drawn with `dice`."""

    @abstractmethod
    def face(self, spec: S, layout: Layout, response: Response, language: str) -> Face:
        """Return what the candidate sees."""

    @abstractmethod
    def normalise(self, spec: S, layout: Layout, raw: Raw) -> Response:
        """Return the response in authored ids. Errors: BadResponse."""

    @abstractmethod
    def progress(self, spec: S, response: Response) -> str:
        """Return empty, partial or complete."""

    @abstractmethod
    def score(self, spec: S, response: Response) -> Decimal:
        """Return the fraction earned; an empty response earns 0."""

    @abstractmethod
    def review(self, spec: S, layout: Layout, response: Response, language: str) -> Review:
        """Return the correction."""

    @abstractmethod
    def chance(self, spec: S) -> Chance:
        """Return what effortless answers earn, shown to authors beside the rule."""

    @abstractmethod
    def rule_of(self, spec: S) -> str:
        """Return the code of the scoring rule in force."""

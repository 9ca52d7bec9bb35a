"""Case: one stimulus, a text and perhaps a fictional thread, with several questions below it.

A case is drawn, shown and scored as one question: its fraction is the mean of its parts. The part at `n` has its fields
behind `p<n>`, its places in a response behind `p<n>.`, and its authored ids in a layout behind `p<n>/`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from random import Random
from typing import Any

from quizzes.scoring import ZERO, ratio
from quizzes.types.base import (
    BadResponse,
    Chance,
    Face,
    Json,
    Layout,
    QuestionType,
    Raw,
    Response,
    Review,
    Text,
    state_of,
)
from quizzes.types.pieces import read_hints
from quizzes.types.reader import Node

MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a case."""

    name: str
    type: QuestionType[Any]
    spec: Any


@dataclass(frozen=True, slots=True)
class CaseSpec:
    stem: Text
    thread: tuple[Json, ...]  # {"handle": …, "text": {…}}, in the order shown
    parts: tuple[Part, ...]
    feedback: Text | None
    more: Json  # the hints


class Case(QuestionType[CaseSpec]):
    code = "case"
    fields = frozenset({"type", "stem", "thread", "questions", "hints", "feedback"})

    def __init__(self, kinds: Mapping[str, QuestionType[Any]]) -> None:
        """`kinds` are the types a case may hold."""
        self.kinds = kinds

    def parse(self, node: Node) -> CaseSpec:
        node.only(self.fields)
        thread, feedback = node.get("thread"), node.get("feedback")
        return CaseSpec(
            stem=node["stem"].text(),
            thread=tuple(_comment(n) for n in thread.items(0, 12)) if thread else (),
            parts=tuple(self._part(n, i) for i, n in enumerate(node["questions"].items(2, MOST_PARTS))),
            feedback=feedback.text() if feedback else None,
            more=read_hints(node),
        )

    def _part(self, node: Node, index: int) -> Part:
        if hints := node.get("hints"):
            hints.fail("the hints of a case stand beside its situation")
        kind = self.kinds[node["type"].one_of(self.kinds)]
        return Part(f"p{index}", kind, kind.parse(node))

    def dump(self, spec: CaseSpec) -> Json:
        content: Json = {"type": self.code, "stem": dict(spec.stem)}
        if spec.thread:
            content["thread"] = [{"handle": c["handle"], "text": dict(c["text"])} for c in spec.thread]
        content["questions"] = [part.type.dump(part.spec) for part in spec.parts]
        content |= spec.more
        return content | ({"feedback": dict(spec.feedback)} if spec.feedback else {})

    def rule_of(self, spec: CaseSpec) -> str:
        return "mean_of_questions"

    # --- the attempt

    def lay_out(self, spec: CaseSpec, dice: Random) -> Layout:
        items, pool = [], []
        for part in spec.parts:
            layout = part.type.lay_out(part.spec, dice)
            items += [(token, f"{part.name}/{i}") for token, i in layout.items]
            pool += [(token, f"{part.name}/{i}") for token, i in layout.pool]
        return Layout(tuple(items), tuple(pool))

    def each(self, spec: CaseSpec, layout: Layout, response: Response) -> Iterator[tuple[Part, Layout, Response]]:
        """Yield each part with its own layout and its own share of the response."""
        for part in spec.parts:
            items, pool = (
                tuple((token, i.removeprefix(f"{part.name}/")) for token, i in pairs if i.startswith(f"{part.name}/"))
                for pairs in (layout.items, layout.pool)
            )
            yield part, Layout(items, pool), _share(response, part)

    def face(self, spec: CaseSpec, layout: Layout, response: Response, language: str) -> Face:
        parts = [p.type.face(p.spec, form, given, language) for p, form, given in self.each(spec, layout, response)]
        return Face(self.code, _stimulus(spec, language), (), self.rule_of(spec), parts=tuple(parts))

    def normalise(self, spec: CaseSpec, layout: Layout, raw: Raw) -> Response:
        names = {part.name for part in spec.parts}
        if any(field.partition("-")[0] not in names for field, posted in raw.items() if any(posted)):
            raise BadResponse("a question this case does not have")
        found: dict[str, str] = {}
        for part, form, _given in self.each(spec, layout, {}):
            mine = {
                field.partition("-")[2]: posted for field, posted in raw.items() if field.partition("-")[0] == part.name
            }
            answer = part.type.normalise(part.spec, form, mine)
            found |= {f"{part.name}.{key}": value for key, value in answer.items()}
        return found

    def progress(self, spec: CaseSpec, response: Response) -> str:
        states = {part.type.progress(part.spec, _share(response, part)) for part in spec.parts}
        return states.pop() if len(states) == 1 else "partial"

    def score(self, spec: CaseSpec, response: Response) -> Decimal:
        earned = (part.type.score(part.spec, _share(response, part)) for part in spec.parts)
        return ratio(sum(earned, ZERO), len(spec.parts))

    def review(self, spec: CaseSpec, layout: Layout, response: Response, language: str) -> Review:
        parts = [p.type.review(p.spec, form, given, language) for p, form, given in self.each(spec, layout, response)]
        fraction = self.score(spec, response)
        return Review(
            self.code,
            _stimulus(spec, language),
            (),
            spec.feedback[language] if spec.feedback else "",
            self.rule_of(spec),
            fraction,
            state_of(fraction, response),
            tuple(parts),
        )

    def chance(self, spec: CaseSpec) -> Chance:
        chances = [part.type.chance(part.spec) for part in spec.parts]
        n, everything = len(chances), [c.everything for c in chances if c.everything is not None]
        return Chance(
            ratio(sum((c.none for c in chances), ZERO), n),
            ratio(sum(everything, ZERO), n) if len(everything) == n else None,
            ratio(sum((c.random for c in chances), ZERO), n),
        )


def _comment(node: Node) -> Json:
    node.only(frozenset({"handle", "text"}))
    return {"handle": node["handle"].string(), "text": node["text"].text()}


def _share(response: Response, part: Part) -> dict[str, str]:
    mark = f"{part.name}."
    return {key.removeprefix(mark): value for key, value in response.items() if key.startswith(mark)}


def _stimulus(spec: CaseSpec, language: str) -> str:
    if not spec.thread:
        return spec.stem[language]
    rows = (f"<li><strong>{escape(c['handle'])}</strong> {c['text'][language]}</li>" for c in spec.thread)
    return f'{spec.stem[language]}<ol class="thread">{"".join(rows)}</ol>'

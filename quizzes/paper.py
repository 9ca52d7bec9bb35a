"""The paper one attempt draws: which versions, in which order, with which tokens. Pure: chance is passed in.

It is stored with the attempt as plain JSON without a word of any language, so a candidate may change language at any
moment, and a later edit of the quiz or of a question never reaches an attempt under way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from quizzes.delivery import blueprint as blueprints
from quizzes.delivery.blueprint import NO_PAST, Blueprint, Past
from quizzes.delivery.clocks import Limits
from quizzes.delivery.order import open_questions
from quizzes.delivery.rules import Rules
from quizzes.scoring import ENGINE
from quizzes.types import TYPES, Layout
from quizzes.types.base import Json
from quizzes.types.reader import plain

PLACE = ("section", "seconds", "compulsory", "skill")  # what a slot stores only where it is not usual


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be drawn, at its newest version; `spec` is the parsed content of that version."""

    version_id: int
    kind: str
    spec: Any
    weight: Decimal
    objective: str
    seconds: int = 0
    compulsory: bool = False
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One question of a paper; `number` counts from 1, `section` from 0; `seconds` is its own time, 0 for none;
    without all the points of a `compulsory` one nobody passes."""

    number: int
    version_id: int
    weight: Decimal
    objective: str
    layout: Layout
    section: int = 0
    seconds: int = 0
    compulsory: bool = False
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a paper: its title in both languages, the share of its points needed to pass, its own minutes."""

    title: Mapping[str, str]
    minimum: Decimal
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    engine: str
    rules: Rules
    slots: tuple[Slot, ...]
    parts: tuple[Part, ...] = ()  # empty where the quiz has no sections

    @property
    def layout(self) -> str:
        return self.rules.layout

    @property
    def pass_mark(self) -> Decimal:
        return self.rules.pass_mark

    @property
    def version_ids(self) -> tuple[int, ...]:
        return tuple(slot.version_id for slot in self.slots)

    def open_questions(self, first_open: int) -> range:
        """Return the numbers of the questions open to a candidate who has left those before `first_open`."""
        return open_questions(self.rules.lock_points, [slot.section for slot in self.slots], first_open)

    @property
    def limits(self) -> Limits:
        """Return the times its sections and questions have of their own."""
        return Limits(
            tuple(slot.section for slot in self.slots),
            tuple(part.minutes * 60 for part in self.parts),
            tuple(slot.seconds for slot in self.slots),
        )

    @property
    def minimums(self) -> tuple[Decimal, ...]:
        return tuple(part.minimum for part in self.parts)

    def to_json(self) -> Json:
        slots = [
            {"version": s.version_id, "weight": plain(s.weight), "objective": s.objective, **s.layout.to_json()}
            | {name: value for name in PLACE if (value := getattr(s, name))}
            for s in self.slots
        ]
        data: Json = {"engine": self.engine, "rules": self.rules.to_json(), "slots": slots}
        if self.parts:
            data["parts"] = [
                {"title": dict(part.title), "minimum": plain(part.minimum)}
                | ({"minutes": part.minutes} if part.minutes else {})
                for part in self.parts
            ]
        return data

    @classmethod
    def from_json(cls, data: Json) -> "Paper":
        slots = tuple(
            Slot(
                n,
                s["version"],
                Decimal(s["weight"]),
                s["objective"],
                Layout.from_json(s),
                **{name: s[name] for name in PLACE if name in s},
            )
            for n, s in enumerate(data["slots"], start=1)
        )
        parts = tuple(
            Part(part["title"], Decimal(part["minimum"]), part.get("minutes", 0)) for part in data.get("parts", ())
        )
        return cls(data["engine"], rules_in(data), slots, parts)


def rules_in(data: Json) -> Rules:
    """Return the rules of a stored paper; those of the first papers stood beside the slots."""
    return Rules.from_json(data.get("rules") or {"pass_mark": data["pass_mark"], "layout": data["layout"]})


def draw_paper(
    candidates: Mapping[int, Candidate],
    blueprint: Blueprint,
    *,
    titles: Sequence[Mapping[str, str]] = (),
    rules: Rules,
    dice: Random,
    past: Past = NO_PAST,
) -> Paper:
    """Return a paper drawn from `blueprint`, whose questions are keys of `candidates`.

    Equal candidates, dice and pasts give an equal paper.
    `titles` name the sections; none where there is but one.
    """
    slots: list[Slot] = []
    for section, questions in enumerate(blueprints.draw(blueprint, dice, past)):
        for question in questions:
            c = candidates[question]
            layout = TYPES[c.kind].lay_out(c.spec, dice)
            place = (section, c.seconds or rules.question_seconds, c.compulsory, c.skill)
            slots.append(Slot(len(slots) + 1, c.version_id, c.weight, c.objective, layout, *place))
    parts = tuple(
        Part(title, section.minimum, section.minutes)
        for title, section in zip(titles, blueprint.sections, strict=False)
        if title
    )
    return Paper(ENGINE, replace(rules, cut_minutes=""), tuple(slots), parts)  # the minutes stay with the quiz

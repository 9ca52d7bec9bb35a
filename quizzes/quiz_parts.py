"""Sections and enemies of a quiz between its file and its tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from courses.skills import SKILLS
from quizzes.models import EnemyPair, Quiz, QuizSection
from quizzes.types.base import Json
from quizzes.types.reader import Node, SpecError

FILING = ("category", "tag", "objective", "difficulty", "skill")
SECTION_WORDS = frozenset({"title", "draw", "minimum", "time_limit", *FILING})


@dataclass(frozen=True, slots=True)
class SectionPlan:
    title: Mapping[str, str]
    draw: int | None = None
    minimum: Decimal = Decimal(0)
    time_limit: int = 0
    filing: tuple[tuple[str, str | int], ...] = ()  # what is drawn from the bank beside the questions of the file

    def to_json(self) -> Json:
        data: Json = {"title": dict(self.title)}
        if self.draw is not None:
            data["draw"] = self.draw
        if self.minimum:
            data["minimum"] = self.minimum
        if self.time_limit:
            data["time_limit"] = self.time_limit
        return data | dict(self.filing)


@dataclass(frozen=True, slots=True)
class Parts:
    sections: tuple[SectionPlan, ...] = ()
    enemies: tuple[tuple[str, str], ...] = ()  # identifiers of questions

    def to_json(self) -> Json:
        data: Json = {"sections": [s.to_json() for s in self.sections]} if self.sections else {}
        return data | ({"enemies": [list(pair) for pair in self.enemies]} if self.enemies else {})


NO_PARTS = Parts()


def read_parts(node: Node, identifiers: set[str]) -> Parts:
    """Return the sections and the enemies a file names. Errors: SpecError."""
    sections, enemies = node.get("sections"), node.get("enemies")
    return Parts(
        tuple(_section(section) for section in sections.items(1, 20)) if sections else (),
        tuple(_pair(pair, identifiers) for pair in enemies.items(0, 200)) if enemies else (),
    )


def _section(node: Node) -> SectionPlan:
    node.only(SECTION_WORDS)
    draw, minimum, limit, difficulty = (node.get(word) for word in ("draw", "minimum", "time_limit", "difficulty"))
    filing: list[tuple[str, str | int]] = [
        (word, found.string()) for word in ("category", "tag", "objective") if (found := node.get(word))
    ]
    if difficulty:
        filing.append(("difficulty", int(difficulty.decimal(1, 3))))
    if skill := node.get("skill"):
        filing.append(("skill", skill.one_of(frozenset(SKILLS))))
    return SectionPlan(
        node["title"].text(),
        int(draw.decimal(1, 200)) if draw else None,
        minimum.decimal(0, 1).normalize() if minimum else Decimal(0),
        int(limit.decimal(0, 600)) if limit else 0,
        tuple(filing),
    )


def _pair(node: Node, identifiers: set[str]) -> tuple[str, str]:
    first, second = (member.identifier() for member in node.items(2, 2))
    for name in (first, second):
        if name not in identifiers:
            raise SpecError(node.path, "no question of this quiz has the id %(id)s", {"id": name})
    if first == second:
        raise SpecError(node.path, "a question is no enemy of itself")
    return first, second


def parts_of(quiz: Quiz) -> Parts:
    """Return the sections and the enemies a quiz has now."""
    sections = tuple(
        SectionPlan(
            {"fr": s.title_fr, "en": s.title_en},
            s.draw,
            _number(s.minimum),
            s.time_limit or 0,
            tuple(s.filing.items()),
        )
        for s in quiz.sections.order_by("sort_order")
    )
    pairs = quiz.enemies.order_by("sort_order").values_list("first__identifier", "second__identifier")
    return Parts(sections, tuple(pairs))


def _number(value: Decimal) -> Decimal:
    return value.normalize() if value else Decimal(0)


def write_parts(quiz: Quiz, parts: Parts, questions: Mapping[str, int]) -> None:
    """Give an unsaved or saved quiz its sections and enemies; they are written with it."""
    quiz.sections = [
        QuizSection(
            title_fr=s.title["fr"],
            title_en=s.title["en"],
            draw=s.draw,
            minimum=s.minimum,
            time_limit=s.time_limit or None,
            sort_order=n,
            **_filing(s),
        )
        for n, s in enumerate(parts.sections)
    ]
    quiz.enemies = [
        EnemyPair(first_id=questions[first], second_id=questions[second], sort_order=n)
        for n, (first, second) in enumerate(parts.enemies)
    ]


def _filing(section: SectionPlan) -> dict[str, Any]:
    return dict(section.filing)

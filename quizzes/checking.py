"""Reading quiz files: everything is checked before anything is written, and told all at once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from courses.skills import SKILLS
from quizzes.author_words import said
from quizzes.content import digest
from quizzes.delivery.reading import Times, read_rules
from quizzes.delivery.rules import LONGEST_QUESTION, Rules
from quizzes.delivery.rules import WORDS as RULE_WORDS
from quizzes.quiz_parts import NO_PARTS, Parts, read_parts
from quizzes.types import Node, SpecError, type_of
from quizzes.types.base import Json

QUIZ_WORDS = frozenset({"quiz", "category", "introduction", "questions", "sections", "enemies"}) | RULE_WORDS
PLACE_WORDS = frozenset({"weight", "section", "pinned", "seconds", "compulsory", "version"})
FILING_WORDS = frozenset({"id", "objective", "skill", "difficulty", "source", "tags", "category"}) | PLACE_WORDS


class QuizFileError(ValueError):
    """The file cannot be loaded; nothing was written. `problems` lists (path, reason), such as
    ("questions[3].options[1].text.fr", "this is missing")."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{path}: {reason}" if path else reason for path, reason in self.problems))


@dataclass(frozen=True, slots=True)
class Place:
    """A question's place in its quiz: points, number of its section, whether every draw has it, its own time in seconds,
    whether nobody passes without all its points, and the mark of the version that stays ("" for the latest)."""

    weight: Decimal = Decimal(1)
    section: int = 1
    pinned: bool = False
    seconds: int = 0
    compulsory: bool = False
    version: str = ""

    @property
    def print(self) -> list[Any]:
        """Return what tells it from another; what is usual is left out."""
        old, new = [self.section, self.pinned], [self.seconds, self.compulsory]
        if self.version:
            return [str(self.weight.normalize()), *old, *new, self.version]
        return [str(self.weight.normalize()), *(old + new if any(new) else old if old != [1, False] else [])]

    def to_json(self) -> Json:
        """Return the words of a file that differ from the usual."""
        usual = Place()
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) != getattr(usual, f.name)}


USUAL_PLACE = Place()
VERSION_MARK = re.compile(r"sha256-[0-9a-f]{12}")


def version_mark(digest: str) -> str:
    """Return how a file names a version: by the beginning of its content's digest, the same in every database."""
    return f"sha256-{digest[:12]}"


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """One checked question of a file."""

    identifier: str
    category: str
    objective: str
    difficulty: int
    source: str
    tags: tuple[str, ...]
    content: Json
    place: Place = USUAL_PLACE
    skill: str = ""

    @property
    def fingerprint(self) -> str:
        return question_print(self, sorted(self.tags), self.content)


def question_print(filed: Any, tags: list[str], content: Json | None) -> str:
    """Return the fingerprint of a question, planned or in the bank; a skill that is not said leaves no trace in it."""
    filing = [filed.category, filed.objective, filed.difficulty, filed.source, tags]
    return digest([[*filing, filed.skill] if filed.skill else filing, content])


@dataclass(frozen=True, slots=True)
class QuizPlan:
    """A whole checked file."""

    identifier: str
    category: str
    rules: Rules
    introduction: dict[str, str]
    questions: tuple[QuestionPlan, ...]
    parts: Parts = NO_PARTS

    @property
    def fingerprint(self) -> str:
        slots = [[q.identifier, *q.place.print] for q in self.questions]
        return quiz_print(self.category, self.rules, self.introduction, slots, self.parts)


def quiz_print(category: str, rules: Rules, introduction: dict[str, str], slots: list[list[Any]], parts: Parts) -> str:
    """Return the fingerprint of a quiz; rules and parts at their usual values leave no trace in it."""
    told = rules.to_json()
    for name in ("draw", "layout", "time_limit", "pass_mark"):
        told.pop(name, None)
    old = [category, str(rules.pass_mark.normalize()), rules.draw, rules.layout, rules.time_limit]
    more = [told, repr(parts.to_json())] if told or parts != NO_PARTS else []
    return digest([old, introduction, slots, *more])


def check_quiz(data: Any) -> QuizPlan:
    """Return the plan of a quiz file's data. Errors: QuizFileError with every question's first problem."""
    problems: list[tuple[str, str]] = []
    node = Node(data)
    questions: list[QuestionPlan] = []
    try:
        node.only(QUIZ_WORDS)
        category = node["category"].string()
        for question in node["questions"].items(1, 200):
            try:
                questions.append(_check_question(question, category))
            except SpecError as error:
                problems.append((error.path, said(error)))
        plan = _check_rules(node, category, tuple(questions))
        problems += _twice(plan)
    except SpecError as error:
        problems.append((error.path, said(error)))
    if problems:
        raise QuizFileError(problems)
    return plan


def _check_rules(node: Node, category: str, questions: tuple[QuestionPlan, ...]) -> QuizPlan:
    introduction = node.get("introduction")
    parts = read_parts(node, {q.identifier for q in questions})
    times = Times(tuple(s.time_limit for s in parts.sections), tuple(q.place.seconds for q in questions))
    plan = QuizPlan(
        identifier=node["quiz"].identifier(),
        category=category,
        rules=read_rules(node, len(node["questions"].data), times),
        introduction=introduction.text() if introduction else {"fr": "", "en": ""},
        questions=questions,
        parts=parts,
    )
    last = max(1, len(plan.parts.sections))
    for index, question in enumerate(questions):
        if question.place.section > last:
            raise SpecError(f"questions[{index}].section", "there is no section of this number")
    return plan


def _check_question(node: Node, category: str) -> QuestionPlan:
    kind = type_of(node)
    node.only(kind.fields | FILING_WORDS)
    content = Node({k: v for k, v in node.data.items() if k not in FILING_WORDS}, node.path)
    objective, skill, difficulty, source, tags, place = (
        node.get(w) for w in ("objective", "skill", "difficulty", "source", "tags", "category")
    )
    return QuestionPlan(
        identifier=node["id"].identifier(),
        category=place.string() if place else category,
        objective=objective.identifier() if objective else "",
        difficulty=int(difficulty.decimal(1, 3)) if difficulty else 2,
        source=source.string() if source else "",
        tags=tuple(tag.string() for tag in tags.items(0, 20)) if tags else (),
        content=kind.dump(kind.parse(content)),
        place=_check_place(node),
        skill=skill.one_of(frozenset(SKILLS)) if skill else "",
    )


def _check_place(node: Node) -> Place:
    readers: dict[str, Callable[[Node], Any]] = {
        "weight": lambda n: n.decimal(Decimal("0.01"), 100),
        "section": lambda n: int(n.decimal(1, 20)),
        "seconds": lambda n: int(n.decimal(0, LONGEST_QUESTION)),
        "pinned": Node.boolean,
        "compulsory": Node.boolean,
        "version": _check_version,
    }
    return Place(**{word: read(found) for word, read in readers.items() if (found := node.get(word))})


def _check_version(node: Node) -> str:
    mark = node.string()
    if not VERSION_MARK.fullmatch(mark):
        node.fail("the mark of a version is expected, such as sha256-0f3a9c1b22de; leave it out for the latest one")
    return mark


def _twice(plan: QuizPlan) -> Iterable[tuple[str, str]]:
    seen: dict[str, int] = {}
    for index, question in enumerate(plan.questions):
        if question.identifier in seen:
            first = f"questions[{seen[question.identifier]}]"
            yield f"questions[{index}].id", gettext("%(first)s already has this id") % {"first": first}
        seen.setdefault(question.identifier, index)

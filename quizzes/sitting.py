"""An attempt with everything needed to show, answer and score it, read in two queries whatever its length."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from quizzes.delivery.clocks import Clock, read_clocks
from quizzes.models import Answer, Attempt, Marking, QuestionVersion
from quizzes.paper import Paper, Slot
from quizzes.scoring.passing import Mark, Total, total
from quizzes.types import TYPES, Face, Node, QuestionType, Raw, Response, Review
from quizzes.types.marked import MarkedType, with_marks

_SPECS: OrderedDict[str, Any] = OrderedDict()
_SPECS_KEPT = 2000


def spec_of(version: QuestionVersion) -> Any:
    """Return a version's parsed content with its texts in HTML. Versions never change, so parsing is remembered."""
    spec = _SPECS.get(version.digest)
    if spec is None:
        spec = _SPECS[version.digest] = TYPES[version.kind].parse(Node(version.rendered))
        if len(_SPECS) > _SPECS_KEPT:
            _SPECS.popitem(last=False)
    return spec


def specs_of(versions: QuerySet[QuestionVersion]) -> dict[int, tuple[QuestionVersion, Any]]:
    """Return version id → (version, spec). One query; a second one reads the content of those not remembered."""
    found = {version.pk: version for version in versions.only("question_id", "kind", "digest")}
    unknown = [pk for pk, version in found.items() if version.digest not in _SPECS]
    if unknown:
        for version in QuestionVersion.objects.filter(pk__in=unknown).only("kind", "rendered", "digest"):
            spec_of(version)
    return {pk: (version, _SPECS[version.digest]) for pk, version in found.items()}


@dataclass(slots=True)
class Asked:
    """One question of a sitting with the candidate's answer so far."""

    slot: Slot
    type: QuestionType[Any]
    spec: Any
    response: Response = field(default_factory=dict)
    raw: Raw = field(default_factory=dict)
    sequence: int = 0
    remark: str = ""  # of the person who marked the answer
    settled: bool = False  # its correction was shown: the answer stands
    hints: int = 0  # how many were asked for
    question_id: int = 0
    hint_cost: Decimal = Decimal(0)  # what each takes, as a share of the points
    attempt_key: UUID | None = None  # None where nothing is kept, as in a preview

    @property
    def number(self) -> int:
        return self.slot.number

    @property
    def progress(self) -> str:
        return self.type.progress(self.spec, self.response)

    @property
    def rule(self) -> str:
        return self.type.rule_of(self.spec)

    @property
    def awaits_a_marker(self) -> bool:
        return isinstance(self.type, MarkedType) and self.type.awaits(self.spec, self.response)

    def normalise(self, raw: Raw) -> Response:
        return self.type.normalise(self.spec, self.slot.layout, raw)

    def score(self) -> Decimal:
        return self.type.score(self.spec, self.response) * self.left_by_hints

    @property
    def all_hints(self) -> Sequence[Mapping[str, str]]:
        """Return the hints its author wrote, first to last."""
        more = getattr(self.spec, "more", {})
        return more.get("hints", ()) if isinstance(more, Mapping) else ()

    @property
    def left_by_hints(self) -> Decimal:
        return max(Decimal(0), 1 - self.hints * self.hint_cost)

    def face(self, language: str) -> Face:
        return self.type.face(self.spec, self.slot.layout, self.response, language)

    def review(self, language: str) -> Review:
        review = self.type.review(self.spec, self.slot.layout, self.response, language)
        return replace(review, fraction=review.fraction * self.left_by_hints) if self.hints else review


@dataclass(slots=True)
class Sitting:
    attempt: Attempt
    paper: Paper
    questions: list[Asked]
    aside: list[Asked] = field(default_factory=list)  # answers of this post that another window's newer ones outlast
    left: list[Asked] = field(default_factory=list)  # answers of this post that came after their question was left

    @property
    def sequence(self) -> int:
        return max((q.sequence for q in self.questions), default=0)

    @property
    def open_now(self) -> range:
        """Return the numbers of the questions that may be shown and answered, as long as their time is not over."""
        return self.paper.open_questions(self.attempt.first_open)

    @property
    def clocks(self) -> dict[str, Clock]:
        return read_clocks(self.attempt.clocks)

    def first_open_at(self, now: datetime) -> int:
        """Return the first question still open at `now`: past the section or question whose own time is over."""
        if not self.attempt.clocks:
            return self.attempt.first_open
        return self.paper.limits.first_open(self.attempt.first_open, self.clocks, now)

    def open_at(self, now: datetime) -> range:
        return self.paper.open_questions(self.first_open_at(now))

    @property
    def unfinished(self) -> list[Asked]:
        return [q for q in self.questions if not q.settled and q.progress != "complete"]

    def marks(self) -> list[Mark]:
        slots = [(q.score(), q.slot) for q in self.questions]
        return [Mark(score, s.weight, s.objective, s.section, s.compulsory, s.skill) for score, s in slots]

    def result(self, marks: list[Mark] | None = None) -> Total | None:
        """Return what the answers are worth, or None while a person has still to mark one."""
        if any(q.awaits_a_marker for q in self.questions):
            return None
        return total(marks or self.marks(), self.paper.pass_mark, self.paper.minimums)

    def question(self, number: int) -> Asked | None:
        return self.questions[number - 1] if 1 <= number <= len(self.questions) else None

    def read_answers(self) -> None:
        """Take the answers as the database has them now."""
        for answer in Answer.objects.filter(attempt_id=self.attempt.pk):
            asked = self.questions[answer.slot - 1]
            asked.response, asked.raw, asked.sequence = answer.response, answer.raw, answer.sequence
            asked.settled, asked.hints = answer.checked_at is not None, answer.hints
        if not self.attempt.is_open and any(q.type.marked for q in self.questions):
            self.read_marks()

    def read_marks(self) -> None:
        """Take the newest opinion of the markers on each answer."""
        found = Marking.objects.filter(answer__attempt_id=self.attempt.pk).order_by("number").select_related("answer")
        for marking in found:
            asked = self.questions[marking.answer.slot - 1]
            asked.response, asked.remark = with_marks(asked.response, marking.levels), marking.comment


def sit(attempt: Attempt, *, answers: bool = True) -> Sitting:
    """Return the sitting of `attempt`, without its answers for a write that reads them under its lock."""
    paper = Paper.from_json(attempt.form)
    specs = specs_of(QuestionVersion.objects.filter(pk__in=paper.version_ids))
    questions = []
    for slot in paper.slots:
        version, spec = specs[slot.version_id]
        asked = Asked(slot, TYPES[version.kind], spec, question_id=version.question_id)
        asked.hint_cost, asked.attempt_key = paper.rules.hint_cost, attempt.key
        questions.append(asked)
    sitting = Sitting(attempt, paper, questions)
    if answers:
        sitting.read_answers()
    return sitting

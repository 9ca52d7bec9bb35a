"""The draw of an attempt: from a version of the quiz, past what was asked before; and the same draw made again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from django.db.models import F

from quizzes.delivery.blueprint import Blueprint, Past, Section
from quizzes.delivery.exposure import WINDOW, held_back
from quizzes.delivery.rules import Rules
from quizzes.models import Attempt, QuestionVersion, Quiz, QuizVersion
from quizzes.paper import Candidate, Paper, draw_paper
from quizzes.sitting import specs_of
from quizzes.types import TYPES
from quizzes.types.base import Json

ATTEMPTS_REMEMBERED = 20  # newest first: what was asked before them counts as not seen


class NothingToAsk(Exception):  # noqa: N818 (says what happened)
    """The quiz has no published question."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper and what it was drawn past: `out` are questions no longer in use then."""

    paper: Paper
    past: Past
    out: tuple[int, ...] = ()

    @property
    def form(self) -> Json:
        """Return what an attempt stores: the paper, and what its draw needs to be made again."""
        words: Json = {"out": list(self.out), "seen": _pairs(self.past.seen), "worn": _pairs(self.past.worn)}
        needed = {word: value for word, value in words.items() if value}
        return self.paper.to_json() | ({"draw": needed} if needed else {})


def _pairs(counts: Any) -> list[list[int]]:
    return [[question, count] for question, count in sorted(counts.items())]


def draw_for(user: Any, version: QuizVersion, rules: Rules, seed: int) -> Drawn:
    """Return a paper for `user`. Errors: NothingToAsk."""
    rows = _rows(version)
    candidates = _candidates(rows, exam=rules.exam)
    if not candidates:
        raise NothingToAsk
    past = Past(
        seen_by(user, version.quiz) if rules.avoid_seen else {},
        worn_at(version.quiz, rules.max_exposure) if rules.max_exposure else {},
    )
    return Drawn(_draw(version, rules, candidates, seed, past), past, tuple(sorted(set(rows) - set(candidates))))


def drawn_again(attempt: Attempt) -> Paper:
    """Return the paper of an attempt, drawn anew from its seed and what is stored with it: a proof of how it was made."""
    needed = attempt.form.get("draw", {})
    past = Past(dict(needed.get("seen", [])), dict(needed.get("worn", [])))
    version = attempt.quiz_version
    if version is None:
        raise LookupError("the version it was drawn from is gone")
    kept = Paper.from_json(attempt.form)
    asked = QuestionVersion.objects.filter(pk__in=kept.version_ids)
    slots = {slot.version_id: slot for slot in kept.slots}
    known = {row.question_id: (row, spec) for row, spec in specs_of(asked).values()}
    candidates = {}
    for question in set(_rows(version)) - set(needed.get("out", [])):
        row, spec = known.get(question, (None, None))
        slot = slots[row.pk] if row else None
        weight, objective = (slot.weight, slot.objective) if slot else (Decimal(0), "")
        more = (slot.seconds, slot.compulsory, slot.skill) if slot else ()
        # What was not drawn is only a number in the lot.
        candidates[question] = Candidate(row.pk if row else 0, row.kind if row else "", spec, weight, objective, *more)
    return _draw(version, kept.rules, candidates, attempt.seed, past)


def _rows(version: QuizVersion) -> dict[int, dict[str, Any]]:
    return {row["question"]: row for section in version.content["sections"] for row in section["questions"]}


def _draw(version: QuizVersion, rules: Rules, candidates: dict[int, Candidate], seed: int, past: Past) -> Paper:
    content = version.content
    sections = tuple(_section(section, candidates) for section in content["sections"])
    blueprint = Blueprint(sections, frozenset(frozenset(pair) for pair in content["enemies"]))
    titles = [section["title"] for section in content["sections"]]
    dice = Random(seed)  # noqa: S311 (order of options, not a secret; the seed itself is one)
    return draw_paper(candidates, blueprint, titles=titles, rules=rules, dice=dice, past=past)


def _section(data: dict[str, Any], candidates: dict[int, Candidate]) -> Section:
    rows = [row for row in data["questions"] if row["question"] in candidates]
    return Section(
        name=data["title"].get("en", ""),
        questions=tuple(row["question"] for row in rows),
        draw=data["draw"],
        pinned=frozenset(row["question"] for row in rows if row.get("pinned")),
        minimum=Decimal(data["minimum"]),
        minutes=data.get("minutes", 0),
    )


def _candidates(rows: dict[int, dict[str, Any]], *, exam: bool) -> dict[int, Candidate]:
    """Return the questions still in use: at the version their quiz names, or, where it is no exam, at their newest."""
    frozen = [row["version"] for row in rows.values() if "version" in row]
    free = [question for question, row in rows.items() if "version" not in row and not exam]
    wanted = QuestionVersion.objects.filter(pk__in=frozen) if frozen else QuestionVersion.objects.none()
    if free:
        wanted = wanted | QuestionVersion.objects.current_of(free)
    in_use = wanted.filter(question__live=True).annotate(aim=F("question__objective"), skill=F("question__skill"))
    return {
        version.question_id: _candidate(version, spec, rows[version.question_id])
        for version, spec in specs_of(in_use).values()
    }


def _candidate(version: QuestionVersion, spec: Any, row: dict[str, Any]) -> Candidate:
    return Candidate(
        version.pk,
        version.kind,
        spec,
        Decimal(row["weight"]) if TYPES[version.kind].scored else Decimal(0),
        version.aim,  # type: ignore[attr-defined]
        row.get("seconds", 0),
        row.get("compulsory", False),
        version.skill,  # type: ignore[attr-defined]
    )


def seen_by(user: Any, quiz: Quiz) -> dict[int, int]:
    """Return question → the last of the user's attempts that asked it. Two queries, over the newest attempts alone."""
    papers = _newest(Attempt.objects.filter(user=user, quiz=quiz), ATTEMPTS_REMEMBERED)
    asked = {version: place for place, versions in enumerate(reversed(papers), start=1) for version in versions}
    seen: dict[int, int] = {}
    for version, question in _questions_of(asked).items():  # a question may have been asked in two versions
        seen[question] = max(seen.get(question, 0), asked[version])
    return seen


def worn_at(quiz: Quiz, cap: Decimal) -> dict[int, int]:
    """Return the questions that attempts at the quiz asked too often of late. Two queries, over the newest attempts alone."""
    papers = _newest(Attempt.objects.filter(quiz=quiz), WINDOW)
    questions = _questions_of({version for versions in papers for version in versions})
    asked = Counter(questions[version] for versions in papers for version in versions)
    return held_back(asked, len(papers), cap)


def _newest(attempts: Any, most: int) -> list[list[int]]:
    """Return the versions each of the newest attempts asked, newest first."""
    forms = attempts.order_by("-started_at", "-pk").values_list("form", flat=True)[:most]
    return [[slot["version"] for slot in form["slots"]] for form in forms]


def _questions_of(versions: Iterable[int]) -> dict[int, int]:
    return dict(QuestionVersion.objects.filter(pk__in=versions).values_list("pk", "question_id"))

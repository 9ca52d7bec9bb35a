"""Loading quiz files into the bank. Everything is checked before anything is written; what an instructor has changed is
left alone unless told otherwise."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from quizzes.author_words import said
from quizzes.checking import (
    Place,
    QuestionPlan,
    QuizFileError,
    QuizPlan,
    check_quiz,
    question_print,
    quiz_print,
    version_mark,
)
from quizzes.content import to_editor
from quizzes.delivery.rules import WORDS as RULE_WORDS
from quizzes.models import Question, QuestionVersion, Quiz, QuizSlot
from quizzes.quiz_parts import parts_of, write_parts
from quizzes.types import SpecError
from quizzes.versions import freeze

NOT_HERE = SpecError(
    "",
    "this version of the question is not in this bank: publish it here first, or leave the line out to ask the latest one",
)
CREATED, UPDATED, UNCHANGED, KEPT = "created", "updated", "unchanged", "kept"


@dataclass
class LoadReport:
    """What became of the quiz and of each question: created, updated, unchanged or kept (changed in the admin)."""

    quiz: Quiz
    quiz_outcome: str
    questions: dict[str, str] = field(default_factory=dict)

    def count(self, outcome: str) -> int:
        return [*self.questions.values(), self.quiz_outcome].count(outcome)


@transaction.atomic
def load_quiz(data: Any, *, force: bool = False) -> LoadReport:
    """Load one quiz file's data: idempotent; all or nothing. Errors: QuizFileError, and nothing is written.

    A question or a quiz changed in the admin since the last load is kept as it is, unless `force`.
    """
    plan = check_quiz(data)
    existing = {
        q.identifier: q
        for q in Question.objects.filter(identifier__in=[p.identifier for p in plan.questions]).prefetch_related("tags")
    }
    outcomes, questions = {}, {}
    for wanted in plan.questions:
        question = existing.get(wanted.identifier)
        outcomes[wanted.identifier], questions[wanted.identifier] = _load_question(wanted, question, force)
    quiz, outcome = _load_rules(plan, questions, force)
    freeze(quiz)  # an exam takes the questions as they are now
    return LoadReport(quiz, outcome, outcomes)


def _load_question(plan: QuestionPlan, question: Question | None, force: bool) -> tuple[str, Question]:
    if question is None:
        return CREATED, _write_question(plan, Question(identifier=plan.identifier, live=False))
    now = fingerprint_of_question(question)
    if now == plan.fingerprint and not question.has_unpublished_changes:
        if question.loaded_hash != now:  # an instructor and the file came to the same content
            Question.objects.filter(pk=question.pk).update(loaded_hash=now)
        return UNCHANGED, question
    if not force and (question.has_unpublished_changes or now != question.loaded_hash):
        return KEPT, question
    return UPDATED, _write_question(plan, question)


def fingerprint_of_question(question: Question) -> str:
    """Return the fingerprint of what is published now, comparable with a plan's."""
    tags = sorted(tag.name for tag in question.tags.all())
    try:
        return question_print(question, tags, question.content)
    except (SpecError, IndexError):
        return question_print(question, tags, None)


def _write_question(plan: QuestionPlan, question: Question) -> Question:
    question.category, question.objective = plan.category, plan.objective
    question.skill, question.difficulty, question.source = plan.skill, plan.difficulty, plan.source
    question.body = json.dumps(to_editor(plan.content))
    question.tags.set(plan.tags)
    question.loaded_hash = plan.fingerprint
    question.full_clean(exclude=["kind", "title"])
    with disable_reference_index_auto_update():  # publishing writes it
        question.save()
        revision = question.save_revision(clean=False)
    revision.publish()
    return Question.objects.get(pk=question.pk)


def _load_rules(plan: QuizPlan, questions: dict[str, Question], force: bool) -> tuple[Quiz, str]:
    quiz = Quiz.objects.filter(identifier=plan.identifier).first()
    if quiz is None:
        return _write_rules(plan, Quiz(identifier=plan.identifier, live=False), questions), CREATED
    now = fingerprint_of_quiz(quiz)
    if now == plan.fingerprint and not quiz.has_unpublished_changes:
        if quiz.loaded_hash != now:
            Quiz.objects.filter(pk=quiz.pk).update(loaded_hash=now)
        return quiz, UNCHANGED
    if not force and (quiz.has_unpublished_changes or now != quiz.loaded_hash):
        return quiz, KEPT
    return _write_rules(plan, quiz, questions), UPDATED


def fingerprint_of_quiz(quiz: Quiz) -> str:
    """Return the fingerprint of what is published now, comparable with a plan's."""
    rows = quiz.slots.select_related("question").order_by("sort_order")
    slots = [[row.question.identifier, *place_of(row).print] for row in rows]
    introduction = {"fr": quiz.introduction_fr, "en": quiz.introduction_en}
    return quiz_print(quiz.category, quiz.rules, introduction, slots, parts_of(quiz))


def place_of(slot: QuizSlot) -> Place:
    place = Place(slot.weight.normalize(), slot.section, slot.pinned, slot.seconds or 0, slot.compulsory)
    return replace(place, version=_mark_of(slot)) if slot.version else place


def _mark_of(slot: QuizSlot) -> str:
    named = QuestionVersion.objects.filter(question_id=slot.question_id, number=slot.version)
    digest = named.values_list("digest", flat=True).first()
    return version_mark(digest) if digest else ""


def _write_rules(plan: QuizPlan, quiz: Quiz, questions: dict[str, Question]) -> Quiz:
    quiz.category = plan.category
    for name in RULE_WORDS:
        setattr(quiz, name, getattr(plan.rules, name))
    quiz.introduction_fr, quiz.introduction_en = plan.introduction["fr"], plan.introduction["en"]
    numbers = _numbers(plan, questions)
    quiz.slots = [
        _slot(q.place, question=questions[q.identifier], version=numbers.get(q.identifier), sort_order=n)
        for n, q in enumerate(plan.questions)
    ]
    write_parts(quiz, plan.parts, {name: question.pk for name, question in questions.items()})
    quiz.loaded_hash = plan.fingerprint
    quiz.full_clean()
    with disable_reference_index_auto_update():  # publishing writes it
        quiz.save()
        revision = quiz.save_revision(clean=False)
    revision.publish()
    return Quiz.objects.get(pk=quiz.pk)


def _slot(place: Place, **more: Any) -> QuizSlot:
    return QuizSlot(**{**asdict(place), "seconds": place.seconds or None, **more})


def _numbers(plan: QuizPlan, questions: dict[str, Question]) -> dict[str, int]:
    """Return identifier → number here of the version a file names by its mark. Errors: QuizFileError."""
    named = {n: q for n, q in enumerate(plan.questions) if q.place.version}
    ids = [questions[q.identifier].pk for q in named.values()]
    rows = QuestionVersion.objects.filter(question_id__in=ids).order_by("number")
    held = {
        (pk, version_mark(mark)): number for pk, mark, number in rows.values_list("question_id", "digest", "number")
    }
    found = {q.identifier: held.get((questions[q.identifier].pk, q.place.version)) for q in named.values()}
    missing = [(f"questions[{n}].version", said(NOT_HERE)) for n, q in named.items() if not found[q.identifier]]
    if missing:
        raise QuizFileError(missing)
    return {name: number for name, number in found.items() if number}

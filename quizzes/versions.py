"""Freezing a quiz: what is published gets a number, and never changes."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes.blueprints import blueprint_of
from quizzes.content import digest
from quizzes.models import QuestionVersion, Quiz, QuizSlot, QuizVersion
from quizzes.types.reader import plain


@transaction.atomic
def freeze(quiz: Quiz) -> QuizVersion:
    """Return the version that holds what is published, making one if the newest holds something else."""
    Quiz.objects.select_for_update().only("pk").get(pk=quiz.pk)  # two editors: one number each
    content = content_of(quiz)
    newest = quiz.versions.order_by("-number").first()
    if newest and newest.digest == digest(content):
        return newest
    return QuizVersion.objects.create(
        quiz=quiz,
        number=newest.number + 1 if newest else 1,
        content=content,
        digest=digest(content),
        created_at=timezone.now(),
    )


def current(quiz: Quiz) -> QuizVersion:
    """Return the version new attempts are drawn from."""
    return quiz.versions.order_by("-number").first() or freeze(quiz)


def content_of(quiz: Quiz) -> dict[str, Any]:
    """Return rules, sections and questions as plain data; with the questions' own versions when it is an exam, or where
    a version was chosen."""
    blueprint, titles = blueprint_of(quiz)
    slots = {slot.question_id: slot for slot in quiz.slots.all()}
    versions = _versions(quiz, [pk for section in blueprint.sections for pk in section.questions], slots)
    sections = [
        {
            "title": title,
            "draw": section.draw,
            "minimum": plain(section.minimum),
            "questions": [
                _row(pk, slots.get(pk))
                | ({"pinned": True} if pk in section.pinned else {})
                | ({"version": versions[pk]} if pk in versions else {})
                for pk in section.questions
            ],
        }
        | ({"minutes": section.minutes} if section.minutes else {})
        for section, title in zip(blueprint.sections, titles, strict=True)
    ]
    return {
        "rules": quiz.rules.to_json(),
        "sections": sections,
        "enemies": sorted(sorted(pair) for pair in blueprint.enemies),
    }


def _versions(quiz: Quiz, ids: list[int], slots: dict[int, QuizSlot]) -> dict[int, int]:
    """Return question → the version that stays: the one chosen, or the newest where all are frozen with an exam."""
    found: dict[int, int] = {}
    if quiz.exam:
        found = {v.question_id: v.pk for v in QuestionVersion.objects.current_of(ids).only("pk", "question_id")}
    chosen = {pk: slot.version for pk, slot in slots.items() if slot.version}
    if chosen:
        rows = QuestionVersion.objects.filter(question_id__in=chosen).values_list("question_id", "number", "pk")
        found |= {question: pk for question, number, pk in rows if chosen[question] == number}
    return found


def _row(question: int, slot: QuizSlot | None) -> dict[str, Any]:
    """Return a question's line; what a section takes from the bank has no slot and is worth a point."""
    row: dict[str, Any] = {"question": question, "weight": plain(slot.weight) if slot else "1"}
    if slot:
        row |= {name: value for name in ("seconds", "compulsory") if (value := getattr(slot, name))}
    return row

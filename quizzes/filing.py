"""Writes on many questions of the bank at once. What is published stays published; a draft under way stays a draft."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from quizzes.models import Question


@transaction.atomic
def file_questions(
    *,
    questions: Iterable[Question],
    category: str,
    difficulty: int | None,
    tags: Iterable[str],
    user: Any,
    skill: str = "",
) -> int:
    """Move questions to a category, a skill, a difficulty, and add tags; what is left empty is left alone. Returns how many.

    The filing shows at once. It makes no new version, since no candidate reads it.
    """
    wanted: dict[str, Any] = {"category": category, "skill": skill, "difficulty": difficulty}
    changes = {name: value for name, value in wanted.items() if value}
    count = 0
    for question in questions:
        newest = question.get_latest_revision_as_object()
        as_published = question.live and not question.has_unpublished_changes
        for name, value in changes.items():
            setattr(newest, name, value)
        newest.tags.add(*tags)
        revision = newest.save_revision(user=user, clean=False)
        if as_published:
            revision.publish(user=user)
        else:
            _file_row(question, changes, tags)
        count += 1
    return count


def _file_row(question: Question, changes: dict[str, Any], tags: Iterable[str]) -> None:
    """Show the filing in the listing without touching the text: a draft waits beside it."""
    if changes:
        Question.objects.filter(pk=question.pk).update(**changes)
    question.tags.add(*tags)
    question.tagged_items.commit()


@transaction.atomic
def retire_questions(*, questions: Iterable[Question], user: Any) -> int:
    """Take questions out of use: no later attempt draws them; attempts and versions stay. Returns how many were."""
    live = [question for question in questions if question.live]
    for question in live:
        question.unpublish(user=user)
    return len(live)

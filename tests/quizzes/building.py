"""Quizzes in a tree of pages, made from a file's data as the loader makes them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

from courses.models import Enrolment
from quizzes.loading import load_quiz
from quizzes.models import Attempt, Quiz, QuizPage
from quizzes.sitting import Sitting, sit
from tests.conftest import NOW
from tests.factories import Tree, add_child
from tests.planting import replanted
from tests.quizzes.samples import PERFECT, PICTURE, PICTURE_HASH, SAMPLES, raw_of, sample


def quiz_file(
    identifier: str = "moderation-1", *, copies: int = 1, kinds: Iterable[str] = SAMPLES, **changes: Any
) -> dict[str, Any]:
    """Return a file with one question of each type, `copies` times over. See `samples.MORE_SAMPLES` for other kinds;
    a hot-spot needs `plant_picture` first."""
    questions = [
        {"id": f"{identifier}-{kind}-{n}", "objective": "o1", "difficulty": 1, "source": "002", **sample(kind)}
        for n in range(copies)
        for kind in kinds
    ]
    data = {
        "quiz": identifier,
        "category": "moderation/1",
        "pass_mark": 0.7,
        "introduction": {"fr": "Bonjour **vous**.", "en": "Hello **you**."},
        "questions": questions,
    }
    return {**data, **changes}


def plant_picture() -> Any:
    """Put the hot-spot's picture in the library."""
    from django.core.files.images import ImageFile
    from wagtail.images import get_image_model

    model = get_image_model()
    if image := model.objects.filter(file_hash=PICTURE_HASH).first():
        return image
    image = model(title="The key is at the foot", file=ImageFile(BytesIO(PICTURE), name="key-at-the-foot.png"))
    image._set_file_hash()
    image.save()
    return image


def quiz_form(quiz: Quiz, **changes: Any) -> dict[str, Any]:
    """Return what the admin posts for a quiz with the usual rules; `slots` is an inline formset."""
    from wagtail.test.utils.form_data import inline_formset

    return {
        "identifier": quiz.identifier, "category": "", "introduction_fr": "", "introduction_en": "", "pass_mark": "0.7",
        "draw": "", "time_limit": "0", "layout": "one_page", "max_attempts": "0", "first_delay": "0",
        "second_delay": "0", "opens_at": "", "closes_at": "", "grace": "submit", "grace_minutes": "0",
        "feedback": "submission", "hint_cost": "0.25", "lock_points": "none", "question_seconds": "0", "max_exposure": "0",
        "cut_method": "fixed", "cut_minutes": "", "sections": inline_formset([]), "enemies": inline_formset([]),
        **changes,
    }  # fmt: skip


@dataclass
class Planted:
    tree: Tree
    quiz: Quiz
    page: dict[str, QuizPage]

    @property
    def key(self) -> Any:
        return self.page["fr"].translation_key

    def url(self, language: str = "en") -> str:
        return self.page[language].get_url()

    def enrol(self, user: Any) -> Any:
        return Enrolment.objects.create(user=user, course_key=self.tree.course_key, enrolled_at=NOW)


@replanted(lambda tree, data=None: (tree.course_key, json.dumps(data, sort_keys=True, default=str)))
def plant_quiz(tree: Tree, data: dict[str, Any] | None = None) -> Planted:
    quiz = load_quiz(data or quiz_file()).quiz
    key = uuid4()
    pages = {
        language: add_child(module, QuizPage, f"Quiz {language}", f"quiz-{quiz.identifier}", key, quiz=quiz, minutes=6)
        for language, module in tree.module.items()
    }
    return Planted(tree, quiz, pages)


def perfect_fields(sitting: Sitting) -> dict[str, list[str]]:
    """Return the form fields of a perfect paper."""
    fields: dict[str, list[str]] = {}
    for asked in sitting.questions:
        raw = raw_of(asked.type.code, asked.slot.layout, PERFECT[asked.type.code])
        for suffix, values in raw.items():
            fields[f"q{asked.number}-{suffix}" if suffix else f"q{asked.number}"] = values
    return fields


def sitting_of(attempt: Attempt) -> Sitting:
    return sit(Attempt.objects.get(pk=attempt.pk))


def few(identifier="exam-1", count=4, **changes):
    """Return a quiz of `count` single choices: quick, and every answer known."""
    questions = [
        {"id": f"{identifier}-q{n}", "objective": f"o{n % 2}", **sample("single_choice")} for n in range(count)
    ]
    return quiz_file(identifier, questions=questions, **changes)


def drawn(attempt):
    questions = dict(Quiz.objects.get().slots.values_list("question__versions", "question__identifier"))
    return [questions[slot["version"]][-2:] for slot in attempt.form["slots"]]


def choice_fields_at(attempt, number):
    layout = sitting_of(attempt).questions[number - 1].slot.layout
    return {name: layout.token_of(name) for name in "abc"}

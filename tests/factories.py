"""Required fields only; a test sets what it is about."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import factory
from django.contrib.auth import get_user_model
from wagtail.models import Page

from academy.bootstrap import bootstrap
from academy.models import HomePage
from academy.roles import INSTRUCTORS, LEARNERS, TRAINING_MANAGERS, group
from courses.models import CataloguePage, CoursePage, LessonPage, ModulePage
from tests.planting import replanted


class UserFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    class Meta:
        model = get_user_model()

    email = factory.Sequence(lambda n: f"learner{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Learner {n}")


def user_in(role: str, **fields: Any) -> Any:
    """Return a user with the role's permissions. The team works in English, so that tests read the sources' words."""
    if role != LEARNERS:
        fields.setdefault("language", "en")
    user = UserFactory(is_staff=role != LEARNERS, **fields)
    user.groups.add(group(role))
    return user


def instructor(**fields: Any) -> Any:
    return user_in(INSTRUCTORS, **fields)


def training_manager(**fields: Any) -> Any:
    return user_in(TRAINING_MANAGERS, **fields)


def plain_learner(**fields: Any) -> Any:
    return user_in(LEARNERS, **fields)


CHECK = {
    "key": "k1",
    "prompt": "Does the charter forbid it?",
    "options": [
        {"key": "a", "text": "Nothing forbids it", "correct": True, "feedback": "Criticism stays."},
        {"key": "b", "text": "It is an insult", "correct": False, "feedback": "Nobody is insulted."},
    ],
}


@dataclass
class Tree:
    """Pages by language: `tree.course["fr"]`, `tree.module["fr"]`, `tree.lessons["fr"][0]`."""

    home: dict[str, HomePage]
    catalogue: dict[str, CataloguePage]
    course: dict[str, CoursePage]
    module: dict[str, ModulePage]
    lessons: dict[str, list[LessonPage]]

    @property
    def course_key(self) -> UUID:
        return UUID(str(self.course["fr"].translation_key))


def add_child(parent: Page, model: type[Any], title: str, slug: str, key: UUID, **fields: Any) -> Any:
    """Publish a child page in its parent's language."""
    page = model(title=title, slug=slug, locale=parent.locale, translation_key=key, **fields)
    parent.add_child(instance=page)
    return page


def plant_course(catalogue: dict[str, Any], *, slug: str = "moderation", lessons: int = 2) -> dict[str, Any]:
    """Publish a course with one module and some lessons in both languages."""
    course_key, module_key, lesson_keys = uuid4(), uuid4(), [uuid4() for _ in range(lessons)]
    planted: dict[str, Any] = {"course": {}, "module": {}, "lessons": {}}
    for language, parent in catalogue.items():
        course = add_child(parent, CoursePage, f"{slug} {language}", slug, course_key, summary="A course.")
        module = add_child(course, ModulePage, f"Module {language}", "module-1", module_key)
        planted["course"][language], planted["module"][language] = course, module
        planted["lessons"][language] = [
            add_child(module, LessonPage, f"Lesson {n} {language}", f"lesson-{n}", key, minutes=5, body=body(language))
            for n, key in enumerate(lesson_keys, start=1)
        ]
    return planted


def body(language: str) -> list[tuple[str, Any]]:
    return [("text", f"## Heading {language}\n\nSome **strong** text."), ("check", CHECK)]


@replanted(lambda lessons=2: lessons)
def plant_tree(*, lessons: int = 2) -> Tree:
    homes = bootstrap()
    catalogue = {language: CataloguePage.objects.child_of(home).get() for language, home in homes.items()}
    return Tree(home=homes, catalogue=catalogue, **plant_course(catalogue, lessons=lessons))

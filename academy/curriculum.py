"""A curriculum in memory, between its files and its pages.

`curriculum_reading` makes it from files, `curriculum_files` writes it to files, `curriculum_loading` writes it to pages,
`curriculum_export` makes it from pages. What one writes the other reads.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from courses.formats.course import Activity, Course, Module
from courses.formats.lesson import Lesson
from courses.loading import key_of

LANGUAGES = ("fr", "en")
FOLDER = Path(__file__).resolve().parent.parent / "courses" / "curriculum"
# The order of the academy's own courses; others follow by name, unless their files give a position.
ORDER = ("strategy", "moderation", "ethics", "crisis")
LAST = ("scenario", "quiz")  # files without a number close a module, in this order
MINUTES_PER_QUESTION = 1
DEBRIEF_MINUTES = 8

Images = Mapping[str, Callable[[], bytes]]  # path beside the text, such as images/feed.png → its content


@dataclass
class Item:
    """A page of a module: a lesson, or a quiz or scenario with its definition as plain data."""

    stem: str
    kind: str  # lesson, quiz or scenario
    texts: dict[str, Any]  # Lesson or Activity, by language
    definition: dict[str, Any] | None = None
    pool: dict[str, dict[str, Any]] = field(default_factory=dict)  # further scenarios of an exam, by identifier

    def definitions(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each quiz or scenario of the page with its file beside the page's."""
        if self.definition is not None:
            yield f"{self.stem}.yaml", self.definition
        for identifier, scenario in self.pool.items():
            yield f"pool/{identifier}.yaml", scenario


@dataclass
class ModuleFolder:
    stem: str
    texts: dict[str, Module]
    items: list[Item]
    images: Images = field(default_factory=dict)


@dataclass
class CourseFolder:
    stem: str
    texts: dict[str, Course]
    modules: list[ModuleFolder]
    images: Images = field(default_factory=dict)


@dataclass
class Curriculum:
    """Courses in the order of the catalogue. `left_out`: pages an export could not write, and why."""

    courses: list[CourseFolder] = field(default_factory=list)
    awards: dict[str, Any] | None = None
    awards_text: str = ""  # as in its file, to name the line of what is wrong
    left_out: list[tuple[str, str]] = field(default_factory=list)


def page_key(texts: Mapping[str, Course | Module | Lesson | Activity], *stems: str) -> UUID:
    """Return the translation key of the page these files describe."""
    explicit = next(iter(texts.values())).key
    return UUID(explicit) if explicit else key_of(*stems)


def usual_order(folder: CourseFolder) -> tuple[int, str]:
    """Return what sorts a course among the others when no position is given."""
    return (ORDER.index(folder.stem) if folder.stem in ORDER else len(ORDER), folder.stem)


def item_order(stem: str) -> tuple[int, str]:
    return (LAST.index(stem) + 1 if stem in LAST else 0, stem)


def usual_minutes(kind: str, definition: Mapping[str, Any]) -> int:
    """Return how long a quiz or a scenario takes, from its definition."""
    if kind == "scenario":
        return round(float(definition["duration"]) / float(definition.get("pace") or 8)) + DEBRIEF_MINUTES
    return int(definition.get("time_limit") or 0) or MINUTES_PER_QUESTION * _asked(definition)


def _asked(quiz: Mapping[str, Any]) -> int:
    """Return how many questions an attempt asks, those drawn from the bank included."""
    sections = [section["draw"] for section in quiz.get("sections", ()) if section.get("draw")]
    return sum(map(int, sections)) or int(quiz.get("draw") or len(quiz["questions"]))


def usual_activity(kind: str, module: Module) -> Activity:
    """Return the page a module gives a quiz or scenario that has no page file of its own."""
    if kind == "scenario":
        return Activity(module.file, module.scenario_title or module.title, module.scenario_slug)
    return Activity(module.file, module.quiz_title or "Quiz", module.quiz_slug)

"""A curriculum as files: path → bytes, in one canonical form. The inverse of `curriculum_reading`. Nothing is written."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from academy.curriculum import CourseFolder, Curriculum, Item, ModuleFolder, usual_activity
from courses.certification.writing import awards_data
from courses.formats.course import Module
from courses.formats.writer import write_activity, write_course, write_lesson, write_module
from courses.formats.yaml_writer import dump
from quizzes.checking import check_quiz
from quizzes.writing import quiz_data
from sandbox.engine.parsing import from_dict
from sandbox.writing import to_dict

DEFINITIONS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "quiz": lambda data: quiz_data(check_quiz(data)),
    "scenario": lambda data: to_dict(from_dict(data)),
}


def files_of(curriculum: Curriculum) -> dict[str, bytes]:
    """Return every file of a curriculum by its path below the root, in the order of the paths."""
    files: dict[str, bytes] = {}
    for folder in curriculum.courses:
        files |= dict(_course(folder))
    if curriculum.awards is not None:
        files["awards.yaml"] = dump(awards_data(curriculum.awards)).encode()
    return dict(sorted(files.items()))


def _course(folder: CourseFolder) -> Iterator[tuple[str, bytes]]:
    for language, text in folder.texts.items():
        yield f"{folder.stem}/course.{language}.md", write_course(text).encode()
    for name, content in folder.images.items():
        yield f"{folder.stem}/{name}", content()
    for module in folder.modules:
        for name, data in _module(module):
            yield f"{folder.stem}/{module.stem}/{name}", data


def _module(folder: ModuleFolder) -> Iterator[tuple[str, bytes]]:
    texts = {language: _without_activities(text) for language, text in folder.texts.items()}
    for item in folder.items:
        for name, definition in item.definitions():
            yield name, dump(DEFINITIONS[item.kind](definition)).encode()
        short = _in_short(item, texts)
        texts = short or texts
        for language, text in item.texts.items() if short is None else ():
            write = write_lesson if item.kind == "lesson" else write_activity
            yield f"{item.stem}.{language}.md", write(text).encode()
    for language, module in texts.items():
        yield f"module.{language}.md", write_module(module).encode()
    for name, content in folder.images.items():
        yield name, content()


def _without_activities(module: Module) -> Module:
    return replace(module, quiz_title=None, quiz_slug="quiz", scenario_title=None, scenario_slug="scenario")


def _in_short(item: Item, texts: dict[str, Module]) -> dict[str, Module] | None:
    """Return the module's texts with the title and slug of this quiz or scenario, where they say all there is to say."""
    if item.stem != item.kind or set(item.texts) != set(texts):
        return None
    named = {
        language: replace(module, **{f"{item.kind}_title": text.title, f"{item.kind}_slug": text.slug})
        for language, module in texts.items()
        for text in (item.texts[language],)
    }
    told = {language: usual_activity(item.kind, module) for language, module in named.items()}
    return named if told == item.texts else None


def write_files(files: dict[str, bytes], folder: Path) -> None:
    """Write files below `folder`, which is made; what else stands there is left alone."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

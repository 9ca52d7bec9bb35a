"""What must be unique across a curriculum, because records and addresses hang on it."""

from collections.abc import Iterator, Mapping
from typing import Any

from academy.curriculum import Curriculum, Item, page_key
from courses.formats.errors import FileError


def check_unique(curriculum: Curriculum) -> None:
    """Check that no two places claim the same key or identifier.

    Errors: FileError naming the second of them. The same quiz or scenario may stand in several places, if it is the same.
    """
    seen: dict[tuple[str, str], tuple[str, Any]] = {}
    for kind, name, file, line, content in _claims(curriculum):
        if (kind, name) in seen:
            first, there = seen[kind, name]
            if content is None or content != there:
                raise FileError(file, line, f"the {kind} “{name}” is also in {first}")
        seen.setdefault((kind, name), (file, content))


def _claims(curriculum: Curriculum) -> Iterator[tuple[str, str, str, int, Any]]:
    """Yield (kind, name, file, line, content) for each thing that may exist once; equal contents may stand twice."""
    for course in curriculum.courses:
        yield _page(course.texts, course.stem)
        for module in course.modules:
            yield _page(module.texts, course.stem, module.stem)
            for item in module.items:
                yield _page(item.texts, course.stem, module.stem, item.stem)
                yield from _checks(item) if item.kind == "lesson" else _definition(item, f"{course.stem}/{module.stem}")


def _page(texts: Mapping[str, Any], *stems: str) -> tuple[str, str, str, int, Any]:
    return "key", str(page_key(texts, *stems)), "/".join(stems), 0, None


def _checks(item: Item) -> Iterator[tuple[str, str, str, int, Any]]:
    lesson = next(iter(item.texts.values()))
    for block in lesson.body:
        if isinstance(block.value, dict) and "key" in block.value:
            yield "check", block.value["key"], f"{lesson.file}", block.line, None


def _definition(item: Item, folder: str) -> Iterator[tuple[str, str, str, int, Any]]:
    for name, data in item.definitions():
        file = f"{folder}/{name}"
        yield item.kind, data[item.kind], file, 0, data
        for question in data.get("questions", ()):
            yield "question", question["id"], file, 0, question

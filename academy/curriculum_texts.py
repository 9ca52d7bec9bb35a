"""From a page to the text of its file."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from academy.curriculum import usual_minutes
from courses.formats.assets import ASSETS, Asset
from courses.formats.course import Activity, Course, Module
from courses.formats.lesson import Block, Lesson
from courses.loading import content_of
from courses.models import CoursePage, LessonPage, ModulePage
from quizzes.models import QuizPage
from quizzes.writing import plan_of, quiz_data
from sandbox.models import ScenarioPage
from sandbox.writing import to_dict

FRONT = ("title", "slug", "summary")


class CannotWriteError(Exception):
    """A page holds what the files have no words for."""


class ImageNames:
    """The images and documents of one folder: each has one name, whatever shows it.

    `find(pk, is_image)` gives the image or the document.
    """

    def __init__(self, find: Callable[[int, bool], Any]) -> None:
        self.find = find
        self.names: dict[tuple[bool, int], str] = {}
        self.files: dict[str, Callable[[], bytes]] = {}

    def name(self, pk: int | None, asset: Asset) -> str:
        item = self.find(pk, asset.is_image) if pk else None
        if item is None:
            raise CannotWriteError(
                "the image of a figure is gone" if asset.is_image else "a recording or a file is gone"
            )
        key = (asset.is_image, item.pk)
        if key not in self.names:
            path = PurePath(re.sub(r"[^A-Za-z0-9_.-]", "-", PurePath(item.file.name).name).lstrip(".-"))
            name = f"{asset.folder}/{path.name}"
            if name in self.files:
                name = f"{asset.folder}/{path.stem}-{item.get_file_hash()[:8]}{path.suffix}"
            self.names[key] = name
            self.files[name] = lambda: _content(item)
        return self.names[key]


def _content(image: Any) -> bytes:
    with image.file.storage.open(image.file.name) as file:
        content: bytes = file.read()
    return content


def text_of(page: Any, images: ImageNames, identity: Mapping[str, Any]) -> Any:
    """Return the Course, Module, Lesson or Activity a page is in its language.

    Errors: CannotWriteError for a kind of page or block the files do not know.
    """
    content = _tidy(content_of(page))
    front = {"file": page.url_path, **{name: content[name] for name in FRONT}, **identity}
    match page:
        case CoursePage():
            return _course(content, front, images)
        case ModulePage():
            return Module(**front)
        case LessonPage():
            return _lesson(content, front, images)
        case QuizPage() | ScenarioPage():
            return Activity(**front, minutes=page.minutes, **_exam(page))
    raise CannotWriteError(f"the files know no {page.specific_class._meta.verbose_name}")


def _course(content: Mapping[str, Any], front: Mapping[str, Any], images: ImageNames) -> Course:
    fields = {name: content[name] for name in ("level", "colour", "prerequisites")}
    fields |= {"instructor": content.get("instructor", ""), "stage": content.get("stage", "course")}
    return Course(
        **front,
        **fields,
        audience=_lines(content["audience"]),
        objectives=_lines(content["objectives"]),
        body=_blocks(content["body"], images),
    )


def _lesson(content: Mapping[str, Any], front: Mapping[str, Any], images: ImageNames) -> Lesson:
    fields = {name: content[name] for name in ("minutes", "sector", "open_to_all")}
    return Lesson(
        **front,
        **fields,
        objectives=tuple({"id": b["value"]["key"], "text": b["value"]["text"]} for b in content["objectives"]),
        glossary=tuple({name: b["value"][name] for name in ("term", "definition")} for b in content["glossary"]),
        sources=_lines(content["sources"]),
        body=_blocks(content["body"], images),
    )


def _lines(blocks: Any) -> tuple[str, ...]:
    return tuple(block["value"] for block in blocks if block["value"])


def _blocks(blocks: Any, images: ImageNames) -> tuple[Block, ...]:
    return tuple(_block(block["type"], block["value"], images) for block in blocks if block["value"])


def _block(kind: str, value: Any, images: ImageNames) -> Block:
    value = _flat(value)
    for asset in ASSETS.get(kind, ()):
        pk = value[asset.page_field]
        path = images.name(pk, asset) if pk or asset.name == "file" else ""
        rest = {name: member for name, member in value.items() if name != asset.page_field}
        value = {asset.name: path} | rest
    return Block(kind, value)


def _flat(value: Any) -> Any:
    """Return a block's value with its lists as plain lists, without the envelope of their items."""
    if isinstance(value, list):
        return [_flat(member["value"] if isinstance(member, dict) and "type" in member else member) for member in value]
    if isinstance(value, dict):
        return {name: _flat(member) for name, member in value.items()}
    return value


def _tidy(value: Any) -> Any:
    """Return plain content as files hold it: no outer blanks, Unix line ends."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, list):
        return [_tidy(member) for member in value]
    if isinstance(value, dict):
        return {name: _tidy(member) for name, member in value.items()}
    return value


def _exam(page: Any) -> dict[str, Any]:
    """Return what the page of a scenario says beyond that of a quiz."""
    if not isinstance(page, ScenarioPage):
        return {}
    pool = tuple(scenario.identifier for scenario in page.pooled())
    return {"mode": page.mode, "pool": pool, "marks_first": page.marks_first}


def pool_of(page: Any) -> list[Any]:
    """Return the further scenarios of an exam; no other page has any."""
    return page.pooled() if isinstance(page, ScenarioPage) else []


def definition_of(page: Any) -> tuple[str, dict[str, Any] | None]:
    """Return the kind of an activity, and the published definition of a quiz or a scenario."""
    if isinstance(page, QuizPage):
        if not page.quiz.live:
            raise CannotWriteError("its quiz was never published")
        return "quiz", quiz_data(plan_of(page.quiz))
    if isinstance(page, ScenarioPage):
        if not page.scenario.live:
            raise CannotWriteError("its scenario was never published")
        return "scenario", to_dict(page.scenario.parsed())
    return "lesson", None


def pool_definitions(page: Any) -> dict[str, dict[str, Any]]:
    """Return the further scenarios of an exam as their files hold them, by identifier.

    Errors: CannotWriteError.
    """
    pool = pool_of(page)
    if not all(scenario.live for scenario in pool):
        raise CannotWriteError("a scenario of its pool was never published")
    return {scenario.identifier: to_dict(scenario.parsed()) for scenario in pool}


def without_usual_minutes(text: Activity, kind: str, definition: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what to change in an activity's text so that it does not repeat what its definition says."""
    return {"minutes": None} if text.minutes == usual_minutes(kind, definition) else {}

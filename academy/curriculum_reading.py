"""Reading a curriculum folder: every file parsed and checked before anything is written."""

from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError

from academy.curriculum import (
    LANGUAGES,
    CourseFolder,
    Curriculum,
    Images,
    Item,
    ModuleFolder,
    item_order,
    usual_activity,
    usual_order,
)
from academy.curriculum_checks import check_unique
from courses.certification.award_file import AwardError, check_awards
from courses.formats.assets import assets_of, is_what_it_says
from courses.formats.course import Activity, Module, parse_activity, parse_course, parse_module, same_shape
from courses.formats.errors import FileError
from courses.formats.front_matter import load_yaml
from courses.formats.lesson import Block, parse_lesson
from courses.formats.yaml_lines import line_of
from quizzes.checking import QuizFileError, check_quiz
from sandbox.loading import ScenarioError, check_scenario

IMAGE_FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
MAXIMUM_IMAGE = 10 * 2**20  # bytes, as for an upload in the admin
MAXIMUM_MEDIA = 50 * 2**20
KINDS: dict[str, tuple[Callable[[Any], Any], type[Exception]]] = {
    "quiz": (check_quiz, QuizFileError),
    "scenario": (check_scenario, ScenarioError),
}


def read_curriculum(root: Path) -> Curriculum:
    """Read and check every file below `root`.

    Errors: FileError naming file, line and reason; nothing was written then.
    """
    if not root.is_dir():
        raise FileError(str(root), 0, "there is no such folder")
    folders = [_course(path, root) for path in sorted(root.iterdir()) if any(path.glob("course.*.md"))]
    courses = sorted(folders, key=lambda folder: (_position(folder), usual_order(folder)))
    curriculum = Curriculum(courses)
    if (awards := root / "awards.yaml").exists():
        text = curriculum.awards_text = _text(awards, awards.name)
        data = load_yaml(text, file=awards.name)
        curriculum.awards = _checked(data, text, awards.name, check_awards, AwardError)
    check_unique(curriculum)
    return curriculum


def _position(folder: CourseFolder) -> int:
    return next(iter(folder.texts.values())).position or 0


def _course(path: Path, root: Path) -> CourseFolder:
    texts = _in_each_language(path, "course", root, parse_course)
    modules = sorted(child for child in path.iterdir() if child.is_dir() and any(child.glob("module.*.md")))
    images = _images(path, root, [(text.file, text.body) for text in texts.values()])
    return CourseFolder(path.name, texts, [_module(module, root, set(texts)) for module in modules], images)


def _module(path: Path, root: Path, languages: set[str]) -> ModuleFolder:
    texts = _in_each_language(path, "module", root, parse_module)
    _within(texts, languages)
    stems = {file.name.split(".")[0] for pattern in ("*.md", "*.yaml") for file in path.glob(pattern)}
    items = [_item(path, stem, root, texts) for stem in sorted(stems - {"module", "README"}, key=item_order)]
    bodies = [(text.file, text.body) for item in items if item.kind == "lesson" for text in item.texts.values()]
    return ModuleFolder(path.name, texts, items, _images(path, root, bodies))


def _item(path: Path, stem: str, root: Path, module: dict[str, Module]) -> Item:
    definition = path / f"{stem}.yaml"
    if definition.exists():
        kind, data = _definition(definition, root)
        if any(path.glob(f"{stem}.*.md")):
            texts = _in_each_language(path, stem, root, parse_activity)
            item = Item(stem, kind, texts, data, _pool(path, next(iter(texts.values())), kind, root))
        else:
            item = Item(stem, kind, {code: usual_activity(kind, text) for code, text in module.items()}, data)
    else:
        item = Item(stem, "lesson", _in_each_language(path, stem, root, parse_lesson))
    _within(item.texts, set(module))
    return item


def _pool(folder: Path, text: Activity, kind: str, root: Path) -> dict[str, dict[str, Any]]:
    """Return the further scenarios a page names."""
    found = {}
    for identifier in text.pool:
        file = folder / "pool" / f"{identifier}.yaml"
        if kind != "scenario" or not file.is_file():
            why = "only a scenario has a pool" if kind != "scenario" else f"there is no file pool/{file.name} beside it"
            raise FileError(text.file, 1, why)
        _, found[identifier] = _definition(file, root)
        if found[identifier].get("scenario") != identifier:
            raise FileError(
                str(file.relative_to(root)), 1, f"it holds no scenario named “{identifier}”, as its file is"
            )
    return found


def _definition(file: Path, root: Path) -> tuple[str, dict[str, Any]]:
    """Return what a YAML file of a module defines, and its content."""
    name = str(file.relative_to(root))
    text = _text(file, name)
    data = load_yaml(text, file=name)
    usual = "scenario" if file.stem == "scenario" else "quiz"
    kind = next((kind for kind in KINDS if isinstance(data, dict) and kind in data), usual)
    return kind, _checked(data, text, name, *KINDS[kind])


def _in_each_language(folder: Path, stem: str, root: Path, parse: Callable[..., Any]) -> dict[str, Any]:
    """Return the page's texts by language: in all of them, unless the one that exists says it is not translated."""
    texts = {}
    for language in LANGUAGES:
        file = folder / f"{stem}.{language}.md"
        if file.exists():
            name = str(file.relative_to(root))
            texts[language] = parse(_text(file, name), file=name)
    missing = [language for language in LANGUAGES if language not in texts]
    if missing and not (texts and all(text.untranslated for text in texts.values())):
        name = str((folder / f"{stem}.{missing[0]}.md").relative_to(root))
        raise FileError(name, 0, f"the file is missing; every page exists in {' and '.join(LANGUAGES)}")
    for text in texts.values():
        if text.untranslated and not missing:
            raise FileError(text.file, 1, "it says “untranslated”, and yet every language is there")
    same_shape(texts)
    return texts


def _within(texts: dict[str, Any], languages: set[str]) -> None:
    """Refuse a page in a language its parent does not have."""
    for language, text in texts.items():
        if language not in languages:
            raise FileError(text.file, 0, f"there is no page in “{language}” for it to stand under")


def _text(file: Path, name: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FileError(name, error.object[: error.start].count(b"\n") + 1, "the file is not UTF-8 text") from error


def _images(folder: Path, root: Path, bodies: Iterable[tuple[str, Iterable[Block]]]) -> Images:
    """Return the files blocks show. Errors: FileError where one is missing or is not what its name says."""
    images: dict[str, Callable[[], bytes]] = {}
    for file, body in bodies:
        for block in body:
            for asset, name in assets_of(block.kind, block.value):
                place = FileError(file, block.line, "")
                _check_image(folder / name, place) if asset.is_image else _check_media(folder / name, place)
                images[name] = (folder / name).read_bytes
    return images


def _check_media(path: Path, place: FileError) -> None:
    refuse = partial(FileError, place.file, place.line)
    if not path.is_file() or path.is_symlink():
        raise refuse(f"there is no file media/{path.name} beside the lesson")
    if path.stat().st_size > MAXIMUM_MEDIA:
        raise refuse(f"media/{path.name} is larger than {MAXIMUM_MEDIA // 2**20} MB")
    with path.open("rb") as file:
        if not is_what_it_says(path.suffix.removeprefix("."), file.read(4096)):
            raise refuse(f"media/{path.name} is not what its name says")


def _check_image(path: Path, place: FileError) -> None:
    refuse = partial(FileError, place.file, place.line)
    if not path.is_file() or path.is_symlink():
        raise refuse(f"there is no image images/{path.name} beside the lesson")
    if path.stat().st_size > MAXIMUM_IMAGE:
        raise refuse(f"images/{path.name} is larger than {MAXIMUM_IMAGE // 2**20} MB")
    try:
        with Image.open(BytesIO(path.read_bytes())) as image:
            image.verify()
            found = image.format
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise refuse(f"images/{path.name} is not an image that can be read") from error
    if found != IMAGE_FORMATS[path.suffix.lower().removeprefix(".")]:
        raise refuse(f"images/{path.name} is in fact {found}; name it so")


def _checked(
    data: Any, text: str, name: str, check: Callable[[Any], Any], error_class: type[Exception]
) -> dict[str, Any]:
    """Return a YAML file's data once `check` accepts it."""
    try:
        check(data)
    except error_class as error:
        raise refusal(name, text, error) from error
    return dict(data)


def refusal(name: str, text: str, error: Any) -> FileError:
    """Return the first problem with its line; further problems follow in the reason, each with its own."""
    problems = getattr(error, "problems", None) or [(error.path, getattr(error, "reason", str(error)))]
    (path, reason), *others = problems
    more = [f"\n{name}:{line_of(text, where)}: {where}: {why}" for where, why in others]
    said = reason if reason.startswith(path) else f"{path}: {reason}"
    return FileError(name, line_of(text, path), said + "".join(more))

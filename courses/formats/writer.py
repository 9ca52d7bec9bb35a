"""Course, module, activity and lesson files, written in their one canonical form. Pure; the inverse of the readers.

`parse_lesson(write_lesson(x)) == x`, and so for the others, for texts without outer blanks and with Unix line ends.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from courses.formats.blocks import SHAPES, write_block, write_remarks
from courses.formats.course import Activity, Course, Module
from courses.formats.lesson import CLOSING, OPENING, Block, Lesson
from courses.formats.yaml_writer import Literal, dump


def write_course(course: Course) -> str:
    """Return the text of course.LANG.md."""
    front = {
        **_head(course),
        "position": course.position,
        "summary": course.summary,
        "level": course.level,
        "colour": course.colour,
        "untranslated": course.untranslated or None,
        "audience": list(course.audience) or None,
        "objectives": list(course.objectives) or None,
        "prerequisites": course.prerequisites or None,
        "instructor": course.instructor or None,
        "stage": None if course.stage == "course" else course.stage,
    }
    return _document(front, course.body)


def write_module(module: Module) -> str:
    """Return the text of module.LANG.md."""
    front = {**_head(module), "summary": module.summary, "untranslated": module.untranslated or None}
    if module.quiz_title is not None:
        front |= {"quiz_title": module.quiz_title, "quiz_slug": module.quiz_slug}
    if module.scenario_title is not None:
        front |= {"scenario_title": module.scenario_title, "scenario_slug": module.scenario_slug}
    return _document(front, ())


def write_activity(activity: Activity) -> str:
    """Return the text of a quiz's or a scenario's own page file."""
    front = {
        **_head(activity),
        "minutes": activity.minutes,
        "summary": activity.summary or None,
        "mode": None if activity.mode == "practice" else activity.mode,
        "pool": list(activity.pool) or None,
        "marks_first": activity.marks_first or None,
        "untranslated": activity.untranslated or None,
    }
    return _document(front, ())


def write_lesson(lesson: Lesson) -> str:
    """Return the text of a lesson file."""
    front = {
        **_head(lesson),
        "minutes": lesson.minutes,
        "sector": lesson.sector or None,
        "summary": lesson.summary,
        "open_to_all": lesson.open_to_all or None,
        "untranslated": lesson.untranslated or None,
        "objectives": _pairs(lesson.objectives, "id", "text") or None,
        "glossary": _pairs(lesson.glossary, "term", "definition") or None,
        "sources": list(lesson.sources) or None,
    }
    return _document(front, lesson.body)


def _pairs(entries: Iterable[Mapping[str, str]], *names: str) -> list[dict[str, str]]:
    return [{name: entry[name] for name in names} for entry in entries]


def _head(page: Course | Module | Activity | Lesson) -> dict[str, Any]:
    return {"title": page.title, "slug": page.slug, "key": page.key or None}


def _document(front: Mapping[str, Any], body: Iterable[Block]) -> str:
    fields = {name: value for name, value in front.items() if value is not None}
    return f"---\n{dump(fields)}---\n{write_body(body)}"


def write_body(blocks: Iterable[Block]) -> str:
    """Return a body: blocks in fences, text outside them where nothing could be taken for something else.

    Errors: KeyError for a kind of block the files do not know.
    """
    parts: list[str] = []
    after_text = False
    for block in blocks:
        bare = block.kind == "text" and not after_text and not any(map(_is_fence, block.value.split("\n")))
        parts.append(block.value if bare else _fenced(block))
        after_text = bare
    return "\n\n".join(parts) + "\n" if parts else ""


def _fenced(block: Block) -> str:
    if block.kind in SHAPES:
        argument, inside = "", dump(write_block(block.kind, block.value)).removesuffix("\n")
    else:
        argument, inside = _WRITERS[block.kind](block.value)
    # Longer than any fence inside, so that a text may show how blocks are written.
    fences = [len(line.strip()) - len(line.strip().lstrip(":")) for line in inside.split("\n") if _is_fence(line)]
    fence = ":" * (max(fences, default=2) + 1)
    return f"{fence}{block.kind}{argument and ' ' + argument}\n{inside}\n{fence}"


def _is_fence(line: str) -> bool:
    return bool(OPENING.match(line.rstrip()) or CLOSING.match(line.strip()))


def _text(value: str) -> tuple[str, str]:
    return "", value


def _markdown(value: Mapping[str, Any]) -> tuple[str, str]:
    return "", value["text"]


def _callout(value: Mapping[str, Any]) -> tuple[str, str]:
    return value["kind"], value["text"]


def _case(value: Mapping[str, Any]) -> tuple[str, str]:
    return value["title"], value["text"]


def _fields(value: Mapping[str, Any]) -> tuple[str, str]:
    """Return a block's fields as YAML, without those left blank."""
    return "", dump({name: member for name, member in value.items() if member != ""}).removesuffix("\n")


def _post(value: Mapping[str, Any]) -> tuple[str, str]:
    names = ("author", "handle", "network", "text", "likes", "replies")
    remarks = {"remarks": write_remarks(value["remarks"])} if value.get("remarks") else {}
    texts = {"text": Literal(value["text"] + "\n")}
    return _fields({name: value[name] for name in names} | texts | remarks | {"note": value["note"]})


def _reveal(value: Mapping[str, Any]) -> tuple[str, str]:
    return _fields({"id": value["key"], "prompt": value["prompt"], "answer": Literal(value["answer"] + "\n")})


def _figure(value: Mapping[str, Any]) -> tuple[str, str]:
    return _fields({name: value[name] for name in ("file", "alt", "caption")})


def _check(value: Mapping[str, Any]) -> tuple[str, str]:
    return _fields({"id": value["key"], "prompt": value["prompt"], "options": [_option(o) for o in value["options"]]})


def _option(option: Mapping[str, Any]) -> dict[str, Any]:
    correct = {"correct": True} if option["correct"] else {}
    return {"id": option["key"], "text": option["text"], **correct, "feedback": option["feedback"]}


_WRITERS: dict[str, Callable[[Any], tuple[str, str]]] = {
    "text": _text,
    "callout": _callout,
    "situation": _markdown,
    "case": _case,
    "remember": _markdown,
    "post": _post,
    "check": _check,
    "reveal": _reveal,
    "figure": _figure,
}

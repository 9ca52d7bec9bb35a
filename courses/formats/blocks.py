"""The blocks of a lesson whose files are YAML alone: their fields, and what must agree among them. Pure.

A new kind of block has its line in SHAPES; docs/formats/lesson.md describes each.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from courses.formats.remarks import MOST, PARTS, REMARK_FAULTS, remark_faults
from courses.formats.shapes import Fields, Flag, Many, Number, Source, Text, distinct, read, read_member, write

Value = Mapping[str, Any]
LINE = Text()
LONG = Text(long=True)
OPTIONAL = Text(default="")
OPTIONAL_LONG = Text(default="", long=True)

SORT = Fields(
    {
        "id": LINE,
        "prompt": LINE,
        "categories": Many(Fields({"id": LINE, "label": LINE}), 2, 5),
        "items": Many(Fields({"id": LINE, "text": LINE, "category": LINE, "feedback": LINE}), 2, 12),
    }
)
ORDER = Fields(
    {"id": LINE, "prompt": LINE, "items": Many(Fields({"id": LINE, "text": LINE}), 3, 8), "answer": LONG},
)
REPLY = Fields({"text": LONG, "remark": LINE})
COMPARE = Fields(
    {
        "id": LINE,
        "prompt": LINE,
        "message": OPTIONAL_LONG,
        "a": REPLY,
        "b": REPLY,
        "better": Text(one_of=("a", "b")),
        "answer": LONG,
    }
)
ENDINGS = ("", "good", "mixed", "bad")
STORY = Fields(
    {
        "id": LINE,
        "title": LINE,
        "scenes": Many(
            Fields(
                {
                    "id": LINE,
                    "title": OPTIONAL,
                    "text": LONG,
                    "ending": Text(default="", one_of=ENDINGS),
                    "choices": Many(Fields({"id": LINE, "text": LINE, "to": LINE}), 0, 4),
                }
            ),
            3,
            24,
        ),
    }
)
GRID = Fields(
    {
        "id": LINE,
        "title": LINE,
        "prompt": LINE,
        "scale": Many(LINE, 3, 6),
        "rows": Many(Fields({"id": LINE, "label": LINE, "text": LINE, "advice": OPTIONAL}), 2, 15),
    }
)
PLACE = Number(least=0, most=100, whole=False)
HOTSPOT = Fields(
    {
        "id": LINE,
        "prompt": LINE,
        "file": LINE,
        "alt": LINE,
        "spots": Many(
            Fields({"id": LINE, "x": PLACE, "y": PLACE, "label": LINE, "correct": Flag(), "feedback": LINE}), 2, 10
        ),
    }
)
TIMELINE = Fields(
    {"title": LINE, "entries": Many(Fields({"when": LINE, "title": LINE, "text": OPTIONAL}), 2, 20)},
)
CHART = Fields(
    {
        "title": LINE,
        "form": Text(default="bars", one_of=("bars", "line")),
        "unit": OPTIONAL,
        "says": LINE,
        "series": Many(LINE, 1, 4),
        "rows": Many(Fields({"label": LINE, "values": Many(Number(whole=False), 1, 4)}), 2, 24),
        "source": OPTIONAL,
    }
)
REMARK = Fields({"part": Text(default="text", one_of=PARTS), "quote": OPTIONAL, "text": LINE})
REMARKS = Many(REMARK, 0, MOST)
VIDEO = Fields({"title": LINE, "file": LINE, "captions": OPTIONAL, "transcript": LONG})
AUDIO = Fields({"title": LINE, "file": LINE, "transcript": LONG})
DOWNLOAD = Fields({"title": LINE, "file": LINE, "text": OPTIONAL})


def _check_sort(value: Value, source: Source) -> None:
    categories = distinct(value["categories"], "categories", source)
    distinct(value["items"], "items", source)
    for position, item in enumerate(value["items"]):
        if item["category"] not in categories:
            raise source.refuse(f"items[{position}].category", f"there is no category “{item['category']}”")


def _check_order(value: Value, source: Source) -> None:
    distinct(value["items"], "items", source)


def _check_story(value: Value, source: Source) -> None:
    distinct(value["scenes"], "scenes", source)
    for position, scene in enumerate(value["scenes"]):
        distinct(scene["choices"], f"scenes[{position}].choices", source)
    for position, fault, name in story_faults(value["scenes"]):
        raise source.refuse(f"scenes[{position}]", STORY_FAULTS[fault].format(name=name))


STORY_FAULTS = {
    "neither": "the scene “{name}” needs choices, or an ending, and not both",
    "unknown": "there is no scene “{name}”",
    "back": "a choice leads back to “{name}”: scenes go forward, in the order written",
    "lost": "no choice leads to “{name}”",
    "endings": "a story has two endings or more",
}


def story_faults(scenes: Sequence[Value]) -> list[tuple[int, str, str]]:
    """Return what is wrong with the way scenes lead to each other: (position of the scene, fault, scene it is about).

    Every scene is reached from the first, leads on or ends, never back; there are two endings or more.
    """
    places = {scene["key"]: n for n, scene in enumerate(scenes)}
    faults = []
    for n, scene in enumerate(scenes):
        if bool(scene["ending"]) == bool(scene["choices"]):
            faults.append((n, "neither", scene["key"]))
        for choice in scene["choices"]:
            if choice["to"] not in places:
                faults.append((n, "unknown", choice["to"]))
            elif places[choice["to"]] <= n:
                faults.append((n, "back", choice["to"]))
    aims = {choice["to"] for scene in scenes for choice in scene["choices"]}
    faults += [(n, "lost", s["key"]) for n, s in enumerate(scenes) if n and s["key"] not in aims]
    if sum(bool(scene["ending"]) for scene in scenes) < 2:
        faults.append((0, "endings", ""))
    return faults


def _check_rows(value: Value, source: Source) -> None:
    distinct(value["rows"], "rows", source)


def _check_hotspot(value: Value, source: Source) -> None:
    distinct(value["spots"], "spots", source)


def _check_chart(value: Value, source: Source) -> None:
    for position, row in enumerate(value["rows"]):
        if len(row["values"]) != len(value["series"]):
            raise source.refuse(
                f"rows[{position}].values", f"needs one number for each of the {len(value['series'])} series"
            )


SHAPES: dict[str, tuple[Fields, Callable[[Value, Source], None] | None]] = {
    "sort": (SORT, _check_sort),
    "order": (ORDER, _check_order),
    "compare": (COMPARE, None),
    "story": (STORY, _check_story),
    "grid": (GRID, _check_rows),
    "hotspot": (HOTSPOT, _check_hotspot),
    "timeline": (TIMELINE, None),
    "chart": (CHART, _check_chart),
    "video": (VIDEO, None),
    "audio": (AUDIO, None),
    "download": (DOWNLOAD, None),
}


def read_block(kind: str, inner: str, *, file: str, line: int) -> dict[str, Any]:
    """Return the value of a block from the YAML between its fences; `line` is that of the first. Errors: FileError."""
    shape, check = SHAPES[kind]
    source = Source(inner, file, line)
    value = read(shape, source)
    if check:
        check(value, source)
    return value


def read_remarks(data: Any, text: str, source: Source) -> list[dict[str, Any]]:
    """Return the numbered remarks of a post on its `text`. Errors: FileError."""
    remarks: list[dict[str, Any]] = read_member(REMARKS, data, "remarks", source)
    for number, fault in remark_faults(text, remarks):
        raise source.refuse(f"remarks[{number - 1}]", REMARK_FAULTS[fault])
    return remarks


def write_remarks(remarks: Sequence[Value]) -> list[dict[str, Any]]:
    """Return a post's remarks as plain data in the order of its file."""
    return [write(REMARK, remark) for remark in remarks]


def write_block(kind: str, value: Value) -> dict[str, Any]:
    """Return a block's value as plain data in the order of its file."""
    return write(SHAPES[kind][0], value)

"""From the canonical mapping of a scenario (docs/formats/scenario.md) to its frozen value, or a `ScenarioError`."""

import re
from typing import Any

from . import codes, constants
from .checks import check
from .parts import (
    read_appeal,
    read_background,
    read_comment,
    read_each,
    read_identifier,
    read_inject,
    read_macro,
    read_persona,
    read_post,
    read_reaction,
    read_rule,
)
from .reader import Reader, ScenarioError, gettext_noop, read_text
from .scenario import Brand, Crisis, Scenario, Text

FORMAT = 1
HOUR = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)$")


def from_dict(data: object) -> Scenario:
    """Return the scenario described by `data`.

    Errors: ScenarioError with the path of the field and the reason; nothing is guessed, an unknown field is refused.
    """
    root = Reader(data)
    if root.whole("format", 1, 99, FORMAT) != FORMAT:
        raise root.refuse("format", gettext_noop("only format %(number)s is known"), number=FORMAT)
    duration = root.number("duration", 1, 1440)
    scenario = Scenario(
        id=read_identifier(root, "scenario"),
        title=root.text("title"),
        summary=root.text("summary"),
        brief=root.text("brief"),
        brand=_brand(root.child("brand")),
        duration=duration,
        charter=tuple(read_each(root.items("charter"), read_rule)),
        personas={p.id: p for p in read_each(root.items("personas"), read_persona)},
        posts=tuple(sorted(read_each(root.items("posts"), lambda r: read_post(r, duration)), key=lambda p: p.minute)),
        comments=tuple(read_each(root.items("comments"), lambda r: read_comment(r, duration))),
        reactions=tuple(read_each(root.items("reactions"), read_reaction)),
        injects={i.id: i for i in read_each(root.items("injects"), lambda r: read_inject(r, duration))},
        background=tuple(read_each(root.items("background"), read_background)),
        macros=tuple(read_each(root.items("macros"), read_macro)),
        appeals={a.id: a for a in read_each(root.items("appeals"), read_appeal)},
        objectives=_texts(root, "objectives"),
        topics=root.codes("topics", tuple(codes.REASON_CATEGORY)),
        crisis=_crisis(root),
        **_dials(root),
    )
    root.done()
    check(scenario)
    return scenario


def _dials(root: Reader) -> dict[str, Any]:
    levels, question, appeal = _service_levels(root)
    return {
        "starts_at": _clock(root),
        "pace": root.number("pace", 0.1, 120, constants.PACE),
        "seed": root.whole("seed", 0, 2**53, 0),
        "pass_mark": root.number("pass_mark", 0, 1, constants.PASS_MARK),
        "severity_cap": root.whole("severity_cap", 0, 4, 4),
        "tension": root.number("tension", 0, 1, constants.START_TENSION),
        "background_rate": root.number("background_rate", 0, 5, constants.BACKGROUND_RATE),
        "service_levels": levels,
        "question_level": question,
        "appeal_level": appeal,
        "explain": root.flag("explain"),
    }


def _clock(root: Reader) -> int:
    value = root.string("starts_at", "09:00")
    match = HOUR.match(value)
    if not match:
        raise root.refuse("starts_at", gettext_noop('an hour between quotes is required, like "09:00"'))
    return int(match[1]) * 60 + int(match[2])


def _service_levels(root: Reader) -> tuple[dict[int, float], float, float]:
    given = root.mapping("service_levels")
    levels, question, appeal = dict(constants.SERVICE_LEVELS), constants.QUESTION_LEVEL, constants.APPEAL_LEVEL
    for name, minutes in given.items():
        path = f"service_levels.{name}"
        if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not 0 < minutes <= 1440:
            raise ScenarioError(path, gettext_noop("a number of minutes from 0 to 1440 is required"))
        if str(name) == "question":
            question = float(minutes)
        elif str(name) == "appeal":
            appeal = float(minutes)
        elif str(name) in "1234":
            levels[int(name)] = float(minutes)
        else:
            raise ScenarioError(path, gettext_noop("a severity from 1 to 4, “question” or “appeal” is required"))
    return levels, question, appeal


def _texts(root: Reader, name: str) -> tuple[Text, ...]:
    value = root.take(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise root.refuse(name, gettext_noop("a list of texts is required"))
    return tuple(read_text(each, f"{name}[{i}]") for i, each in enumerate(value))


def _brand(reader: Reader) -> Brand:
    brand = Brand(reader.string("name"), reader.string("handle"), reader.text("sector"), reader.text("tone"))
    reader.done()
    return brand


def _crisis(root: Reader) -> Crisis | None:
    if root.take("crisis") is None:
        return None
    reader = root.child("crisis")
    crisis = Crisis(reader.code("responsibility", codes.RESPONSIBILITIES), reader.codes("fitting", codes.STRATEGIES))
    reader.done()
    return crisis

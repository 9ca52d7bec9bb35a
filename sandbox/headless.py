"""Files for a shift without a browser: a scenario in YAML, acts in JSON; what is wrong is named with file, line, reason."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courses.formats.errors import FileError
from courses.formats.front_matter import load_yaml
from courses.formats.yaml_lines import line_of
from sandbox.engine import codes
from sandbox.engine.acts import UNDO, Act
from sandbox.engine.parsing import from_dict
from sandbox.engine.reader import ScenarioError
from sandbox.engine.scenario import Scenario

FIELDS = ("minute", "comment", "action", "reason", "desk", "text", "strategy", "key", "target", "ground")
CODES = {
    "action": (*codes.ACTIONS, codes.UPHOLD, UNDO),
    "reason": ("", *codes.REASON_CATEGORY),
    "desk": ("", *codes.DESKS),
}


def read_scenario(path: Path) -> Scenario:
    """Return the scenario of a YAML file. Errors: FileError."""
    text = _text(path)
    try:
        return from_dict(load_yaml(text, file=str(path)))
    except ScenarioError as error:
        raise FileError(str(path), line_of(text, error.path), f"{error.path}: {error.reason}") from error


def read_acts(path: Path, scenario: Scenario) -> tuple[Act, ...]:
    """Return the acts of a JSON file, in its order. What the rules refuse on the way is no fault of the file.

    Errors: FileError for what can never be meant: an unknown field, code or comment, a minute that is no number.
    """
    text = _text(path)
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        raise FileError(str(path), error.lineno, f"not valid JSON: {error.msg}") from error
    if not isinstance(items, list):
        raise FileError(str(path), 1, "a list of acts is expected")
    acts = []
    for number, (line, item) in enumerate(_with_lines(text), 1):
        reason = _fault(item, scenario)
        if reason:
            raise FileError(str(path), line, f"act {number}: {reason}")
        acts.append(_act(item, number))
    return tuple(acts)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError(str(path), 0, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise FileError(str(path), error.object.count(b"\n", 0, error.start) + 1, "not UTF-8 text") from error


def _with_lines(text: str) -> Iterator[tuple[int, Any]]:
    """Yield each value of a valid JSON list with the line it begins on."""
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    while True:
        while text[at] in " \t\r\n,":
            at += 1
        if text[at] == "]":
            return
        item, end = decoder.raw_decode(text, at)
        yield text.count("\n", 0, at) + 1, item
        at = end


def _fault(item: Any, scenario: Scenario) -> str:
    """Return why `item` is no act, or ""."""
    if not isinstance(item, dict) or "minute" not in item or "action" not in item:
        return "a minute and an action are needed"
    for name, value in item.items():
        fault = _field_fault(name, value)
        if fault:
            return fault
    comment = item.get("comment", "")
    return f"the scenario has no comment “{comment}”" if comment and comment not in scenario.find else ""


def _field_fault(name: str, value: Any) -> str:
    if name not in FIELDS:
        return f"unknown field {name}; known: {', '.join(FIELDS)}"
    if name == "minute":
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if number and math.isfinite(value) and value >= 0 else "the minute must be a number from 0"
    if name == "strategy":
        known = isinstance(value, list) and all(each in codes.STRATEGIES for each in value)
        return "" if known else f"strategy must be a list of: {', '.join(codes.STRATEGIES)}"
    if not isinstance(value, str):
        return f"{name} must be a text"
    if name in CODES and value not in CODES[name]:
        return f"{name} “{value}” is not one of: {', '.join(c for c in CODES[name] if c)}"
    return ""


def _act(item: dict[str, Any], number: int) -> Act:
    fields = item | {
        "minute": float(item["minute"]),
        "strategy": tuple(item.get("strategy", ())),
        "key": item.get("key") or f"act-{number}",
    }
    return Act(sequence=number, **fields)

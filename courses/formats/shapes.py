"""What a block's fields look like in a file: declared once, read and written from that. Pure.

`read(shape, write(shape, value)) == value`, for values the shape allows, without outer blanks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.formats.errors import FileError
from courses.formats.front_matter import load_yaml
from courses.formats.yaml_lines import line_of
from courses.formats.yaml_writer import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """A text. `long`: written over several lines. `one_of`: nothing else is accepted. Needed unless there is a default."""

    default: str | None = None
    long: bool = False
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds, both included. Needed unless there is a default."""

    default: float | None = None
    least: float | None = None
    most: float | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false; false where nothing is said."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Named members, in the order they are written. `id` in a file is `key` in a page."""

    members: Mapping[str, "Kind"]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `least` to `most` members of one kind."""

    of: "Text | Number | Fields"
    least: int = 1
    most: int = 50


Kind = Text | Number | Flag | Fields | Many
NAMES = {"id": "key"}


@dataclass(frozen=True, slots=True)
class Source:
    """A block's YAML and where it stands, to name the line of what is wrong. `line` is that of the block's fence."""

    text: str
    file: str
    line: int

    def refuse(self, path: str, reason: str) -> FileError:
        line = self.line + line_of(self.text, path) if path else self.line
        return FileError(self.file, line, f"{path}: {reason}" if path else reason)


def read(shape: Fields, source: Source) -> dict[str, Any]:
    """Return the value a block's YAML describes.

    Errors: FileError with the line of the first fault.
    """
    data = load_yaml(source.text, file=source.file, line=source.line + 1)
    return _fields(shape, data, "", source)


def _fields(shape: Fields, data: Any, path: str, source: Source) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise source.refuse(path, f"must be a mapping with {', '.join(shape.members)}")
    for name in data:
        if name not in shape.members:
            raise source.refuse(path, f"“{name}” means nothing here; known: {', '.join(shape.members)}")
    prefix = f"{path}." if path else ""
    return {
        NAMES.get(name, name): _value(kind, data.get(name), f"{prefix}{name}", source)
        for name, kind in shape.members.items()
    }


def _value(kind: Kind, data: Any, path: str, source: Source) -> Any:
    match kind:
        case Text():
            return _text(kind, data, path, source)
        case Number():
            return _number(kind, data, path, source)
        case Flag():
            if not isinstance(data or False, bool):
                raise source.refuse(path, f"must be true or false, not {data!r}")
            return bool(data)
        case Fields():
            return _fields(kind, data, path, source)
        case Many():
            return _many(kind, data, path, source)


def _text(kind: Text, data: Any, path: str, source: Source) -> str:
    if data is None and kind.default is not None:
        return kind.default
    if not isinstance(data, str) or not data.strip():
        raise source.refuse(path, "needs a text (quote it if it holds a colon or is a number)")
    if kind.one_of and data.strip() not in kind.one_of:
        raise source.refuse(path, f"is one of {', '.join(kind.one_of)}, not “{data.strip()}”")
    return data.strip()


def _number(kind: Number, data: Any, path: str, source: Source) -> float:
    if data is None and kind.default is not None:
        return kind.default
    if isinstance(data, bool) or not isinstance(data, int if kind.whole else int | float):
        raise source.refuse(path, f"must be a {'whole ' if kind.whole else ''}number, not {data!r}")
    if (kind.least is not None and data < kind.least) or (kind.most is not None and data > kind.most):
        raise source.refuse(path, f"must lie between {kind.least} and {kind.most}, not {data!r}")
    return data if kind.whole else float(data)


def _many(kind: Many, data: Any, path: str, source: Source) -> list[Any]:
    members = [] if data is None else data
    if not isinstance(members, list) or not kind.least <= len(members) <= kind.most:
        raise source.refuse(path, f"needs a list of {kind.least} to {kind.most}")
    return [_value(kind.of, member, f"{path}[{n}]", source) for n, member in enumerate(members)]


def read_member(kind: Kind, data: Any, path: str, source: Source) -> Any:
    """Return one member of a block whose other members are read elsewhere. Errors: FileError."""
    return _value(kind, data, path, source)


def write(shape: Fields, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return `value` as its file says it: in order, without what is empty or usual."""
    written = {name: _plain(kind, value[NAMES.get(name, name)]) for name, kind in shape.members.items()}
    return {name: plain for name, plain in written.items() if not _usual(shape.members[name], plain)}


def _plain(kind: Kind, value: Any) -> Any:
    match kind:
        case Text(long=True) if value:
            return Literal(value + "\n")
        case Number(whole=False):
            return float(value)
        case Fields():
            return write(kind, value)
        case Many():
            return [_plain(kind.of, member) for member in value]
    return value


def _usual(kind: Kind, plain: Any) -> bool:
    if isinstance(kind, Text | Number):
        return kind.default is not None and plain == kind.default
    return plain in (False, [], {}) and not isinstance(plain, float)


def distinct(values: Sequence[Mapping[str, Any]], path: str, source: Source, *, name: str = "key") -> set[str]:
    """Return the identifiers of a list's members. Errors: FileError when two are the same."""
    seen: set[str] = set()
    for position, value in enumerate(values):
        if value[name] in seen:
            raise source.refuse(f"{path}[{position}]", f"“{value[name]}” is used twice")
        seen.add(value[name])
    return seen

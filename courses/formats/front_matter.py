"""Markdown files with YAML front matter, read with the line numbers an author needs."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from courses.formats.errors import FileError
from courses.formats.yaml_lines import line_of

MAXIMUM_ALIASES = 20  # a few shared values are handy; many, nested, unfold into a flood


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: `fields` from the front matter, `body` the text after it, starting at line `body_line`."""

    file: str
    fields: Mapping[str, Any]
    body: str
    body_line: int
    front: str = ""

    def line_of(self, path: str) -> int:
        """Return the line of the front-matter value at `path`, or of the front matter where it is absent."""
        return line_of(self.front, path) + 1 if path.split("[", maxsplit=1)[0] in self.fields else 1


class _Strict(Composer, SafeConstructor):
    """Refuses what safe YAML lets pass: a name written twice, a flood of aliases."""

    aliases = 0
    check_event: Any  # the parser's, which each reader below brings
    peek_event: Any

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            self.aliases += 1
            if self.aliases > MAXIMUM_ALIASES:
                raise yaml.MarkedYAMLError(problem="too many aliases", problem_mark=self.peek_event().start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for name in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if name.value in seen:
                raise yaml.MarkedYAMLError(problem=f"“{name.value}” is written twice", problem_mark=name.start_mark)
            seen.add(name.value)
        return super().construct_mapping(node, deep=deep)


class _Quick(_Strict, CParser, Resolver):
    """Words read by libyaml, six times as fast, and composed here; what it says of a fault is less exact."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)


class _Exact(_Strict, yaml.SafeLoader):
    """Names the line and the reason of a fault."""


def load_yaml(text: str, *, file: str, line: int = 1) -> Any:
    """Parse YAML that starts at `line` of `file`.

    Errors: FileError with the line of the fault.
    """
    with suppress(yaml.YAMLError, ValueError, RecursionError):
        return _Quick(text).get_single_data()
    try:
        return _Exact(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FileError(file, line + (mark.line if mark else 0), f"not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2026-02-30
        raise FileError(file, line, f"not valid YAML: {error}") from error
    except RecursionError as error:
        raise FileError(file, line, "not valid YAML: nested too deep") from error


def read(text: str, *, file: str) -> Document:
    """Split `text` into front matter and body.

    Errors: FileError when the front matter is missing, not closed, or not a mapping.
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].strip() != "---":
        raise FileError(file, 1, "the file must begin with front matter between two lines of ---")
    try:
        end = next(i for i, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    except StopIteration:
        raise FileError(file, 1, "the front matter is not closed by a line of ---") from None
    front = "\n".join(lines[1:end])
    fields = load_yaml(front, file=file, line=2) or {}
    if not isinstance(fields, dict):
        raise FileError(file, 2, "the front matter must be a list of “name: value” lines")
    return Document(file, fields, "\n".join(lines[end + 1 :]), end + 2, front)


def only(document: Document, *names: str) -> None:
    """Refuse front-matter fields that mean nothing here: most of them are typing errors."""
    for name in document.fields:
        if name not in names:
            reason = f"“{name}” means nothing here; known: {', '.join(names)}"
            raise FileError(document.file, document.line_of(str(name)), reason)


def require(document: Document, name: str, kind: type, *, default: Any = ...) -> Any:
    """Return the front-matter field `name`, which must be of `kind`.

    Errors: FileError when it is absent (and has no default) or of another kind.
    """
    value = document.fields.get(name)
    if value is None:
        if default is ...:
            raise FileError(document.file, 1, f"“{name}” is missing from the front matter")
        return default
    if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
        reason = f"“{name}” must be {_KIND_WORDS.get(kind, kind.__name__)}, not {value!r}"
        raise FileError(document.file, document.line_of(name), reason)
    return value


def require_lines(document: Document, name: str, *, default: Any = ...) -> list[str]:
    """Return a front-matter list of non-empty strings."""
    values = require(document, name, list, default=default)
    for position, value in enumerate(values):
        if not isinstance(value, str) or not value.strip():
            reason = f"every line of “{name}” must be text; quote it if it holds a colon: {value!r}"
            raise FileError(document.file, document.line_of(f"{name}[{position}]"), reason)
    return list(values)


_KIND_WORDS = {str: "text", int: "a whole number", list: "a list", dict: "a mapping", bool: "true or false"}

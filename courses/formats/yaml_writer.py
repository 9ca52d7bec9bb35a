"""YAML as the curriculum's files write it: one spelling for each value, so that equal contents are equal bytes. Pure.

Texts in a language (under `fr` and `en`) stand between double quotes; any other string is plain where YAML reads it
back as that string. Several lines become a literal block. Nothing is folded, only control characters are escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from typing import Any

from yaml.emitter import Emitter
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

# Short lists and mappings under these names stand on one line; members of the others have lines of their own.
FLOW = frozenset(
    {"tags", "topics", "reasons", "companion", "fitting", "key", "votes", "when", "then", "service_levels", "fr", "en"}
)
# Members of these lists are set apart by an empty line.
SPACED = frozenset({"questions", "awards"})
LANGUAGES = frozenset({"fr", "en"})
WIDTH = 120
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
PRINTABLE = ((" ", "~"), ("\xa0", "\ud7ff"), ("\ue000", "\ufffd"), ("\U00010000", "\U0010ffff"))
BREAKS = "\x85\u2028\u2029\ufeff"


class Literal(str):
    """A text written as a literal block even when it is one line."""

    __slots__ = ()


def dump(value: Mapping[str, Any]) -> str:
    """Return `value` (mappings, lists, strings, numbers, booleans) as YAML ending with a line end.

    `yaml.safe_load(dump(value)) == value`, numbers compared as numbers; `Literal` texts end with one line end.
    Errors: TypeError for anything else, None included: leave out what is empty.
    """
    return "\n".join(_mapping(value, "")) + "\n" if value else "{}\n"


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, member in value.items():
        yield from _member(f"{indent}{_scalar(name)}:", str(name), member, indent)


def _member(head: str, name: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, str):
        yield from _string(head, value, indent, quoted=name in LANGUAGES)
    elif isinstance(value, Mapping | Sequence):
        flow = _flow(value) if name in FLOW or not value else None
        if flow is not None and len(head) + len(flow) < WIDTH:
            yield f"{head} {flow}"
        else:
            yield head
            deeper = indent + "  "
            yield from _mapping(value, deeper) if isinstance(value, Mapping) else _sequence(name, value, deeper)
    else:
        yield f"{head} {_scalar(value)}"


def _sequence(name: str, values: Sequence[Any], indent: str) -> Iterator[str]:
    for position, value in enumerate(values):
        if position and name in SPACED:
            yield ""
        if isinstance(value, str):
            yield from _string(f"{indent}-", value, indent, quoted=False)
        elif isinstance(value, Mapping) and value:
            first, *rest = _mapping(value, indent + "  ")
            yield f"{indent}- {first.lstrip(' ')}"
            yield from rest
        else:
            yield f"{indent}- {_flow(value, always=True)}"


def _string(head: str, text: str, indent: str, *, quoted: bool) -> Iterator[str]:
    if ("\n" in text or isinstance(text, Literal)) and _can_be_literal(text):
        yield f"{head} |" + ("" if text.endswith("\n") else "-")
        yield from (f"{indent}  {line}" if line else "" for line in text.removesuffix("\n").split("\n"))
    else:
        yield f"{head} {_quote(text) if quoted else _scalar(text)}"


def _can_be_literal(text: str) -> bool:
    lines = text.removesuffix("\n").split("\n")
    return (
        not lines[0].startswith((" ", "\t"))
        and bool(lines[0].strip())
        and bool(lines[-1].strip())
        and not any(line.strip() in ("---", "...") for line in lines)  # the first would close a front matter
        and all(character == "\n" or _printable(character) for character in text)
    )


def _flow(value: Any, *, always: bool = False) -> str | None:
    """Return `value` on one line, or None if a member would rather have several, unless `always`."""
    if isinstance(value, Mapping):
        members = [(_scalar(name, flow=True), _flow(member, always=always)) for name, member in value.items()]
        return None if any(m is None for _, m in members) else "{" + ", ".join(f"{n}: {m}" for n, m in members) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        inside = [_flow(member, always=always) for member in value]
        return None if None in inside else "[" + ", ".join(filter(None, inside)) + "]"
    return None if isinstance(value, str) and "\n" in value and not always else _scalar(value, flow=True)


def _scalar(value: Any, *, flow: bool = False) -> str:
    if isinstance(value, str):
        return value if _reads_back(value, flow) else _quote(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return number(value)
    raise TypeError(f"no YAML for {value!r}")


def number(value: float | Decimal) -> str:
    """Return a number in its one spelling: 1, 0.5, 4.25."""
    exact = Decimal(str(value))
    text = format(exact, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if exact else "0"


@lru_cache(maxsize=4096)
def _reads_back(text: str, flow: bool) -> bool:
    """Tell whether `text`, written plainly, is read as that very string, by people too: 002 and 09:30 are quoted."""
    if text[:1].isdigit():
        return False
    analysis = Emitter(StringIO(), allow_unicode=True).analyze_scalar(text)
    plain = analysis.allow_flow_plain if flow else analysis.allow_block_plain
    read_as: object = Resolver().resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(plain) and not analysis.multiline and read_as == STRING


STRING = "tag:yaml.org,2002:str"


def _quote(text: str) -> str:
    return '"' + "".join(ESCAPES.get(c) or (c if _printable(c) else _escape(c)) for c in text) + '"'


def _printable(character: str) -> bool:
    if character in BREAKS:
        return False
    return any(low <= character <= high for low, high in PRINTABLE)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"

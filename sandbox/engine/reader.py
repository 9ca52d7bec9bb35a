"""Reading untrusted nested data: each refusal names the path and the reason, in words its author can act on."""

from collections.abc import Iterator, Sequence
from typing import Any

from .scenario import Text


def gettext_noop(text: str) -> str:
    """Mark a reason for the catalogue of translations. The engine knows no language: who shows the reason translates it."""
    return text


class ScenarioError(ValueError):
    """A scenario that cannot be played. `path` says where ("comments[3].text.fr"), `reason` says why.

    `template` and `facts` are the reason before and for its filling-in (`template % facts`), for a translator.
    """

    def __init__(self, path: str, template: str, /, **facts: object) -> None:
        self.path = path
        self.template = template
        self.facts = facts
        self.reason = template % facts if facts else template
        super().__init__(f"{path}: {self.reason}")


class Reader:
    """A mapping under `path`, whose fields are taken one by one; `done` refuses what nobody took."""

    def __init__(self, data: object, path: str = "") -> None:
        if not isinstance(data, dict):
            raise ScenarioError(path or "scenario", gettext_noop("a mapping of fields is expected here"))
        self.data: dict[str, Any] = data
        self.path = path
        self.taken: set[str] = set()

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def refuse(self, name: str, template: str, /, **facts: object) -> ScenarioError:
        return ScenarioError(self.at(name), template, **facts)

    def take(self, name: str) -> object:
        self.taken.add(name)
        return self.data.get(name)

    def done(self) -> None:
        for name in self.data:
            if name not in self.taken:
                raise self.refuse(
                    str(name), gettext_noop("unknown field; known here: %(known)s"), known=", ".join(sorted(self.taken))
                )

    def string(self, name: str, default: str | None = None) -> str:
        value = self.take(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(name, gettext_noop("a text is required"))
        return value.strip()

    def code(self, name: str, allowed: Sequence[str], default: str | None = None) -> str:
        value = self.string(name, default)
        if value not in allowed:
            raise self.refuse(
                name,
                gettext_noop("“%(value)s” is not one of: %(known)s"),
                value=value,
                known=", ".join(c for c in allowed if c),
            )
        return value

    def number(self, name: str, low: float, high: float, default: float | None = None) -> float:
        value = self.take(name)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.refuse(
                name, gettext_noop("a number from %(low)s to %(high)s is required"), low=f"{low:g}", high=f"{high:g}"
            )
        return float(value)

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        value = self.number(name, low, high, default)
        if value != int(value):
            raise self.refuse(name, gettext_noop("a whole number is required"))
        return int(value)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.refuse(name, gettext_noop("true or false is required"))
        return value

    def text(self, name: str, required: bool = True) -> Text:
        value = self.take(name)
        if value is None and not required:
            return Text()
        return read_text(value, self.at(name), required)

    def codes(self, name: str, allowed: Sequence[str], default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.take(name)
        if value is None:
            return default
        if not isinstance(value, list):
            raise self.refuse(name, gettext_noop("a list of codes is required"))
        for i, each in enumerate(value):
            if each not in allowed:
                raise self.refuse(
                    f"{name}[{i}]",
                    gettext_noop("“%(value)s” is not one of: %(known)s"),
                    value=each,
                    known=", ".join(allowed),
                )
        return tuple(value)

    def mapping(self, name: str, required: bool = False) -> dict[str, Any]:
        value = self.take(name)
        if value is None and not required:
            return {}
        if not isinstance(value, dict) or (required and not value):
            raise self.refuse(name, gettext_noop("a mapping is required"))
        return value

    def items(self, name: str) -> Iterator["Reader"]:
        value = self.take(name)
        if value is None:
            return
        if not isinstance(value, list):
            raise self.refuse(name, gettext_noop("a list is required"))
        for i, each in enumerate(value):
            yield Reader(each, f"{self.at(name)}[{i}]")

    def child(self, name: str) -> "Reader":
        return Reader(self.take(name), self.at(name))


def read_text(value: object, path: str, required: bool = True) -> Text:
    """Return the `{fr: …, en: …}` at `path`.

    A required one must be written in both languages, an optional one in both or none.
    """
    if not isinstance(value, dict):
        raise ScenarioError(path, gettext_noop("a text in both languages is required: {fr: …, en: …}"))
    for language in value:
        if language not in ("fr", "en"):
            raise ScenarioError(f"{path}.{language}", gettext_noop("only fr and en are known here"))
    both = {}
    for language in ("fr", "en"):
        each = value.get(language) or ""
        if not isinstance(each, str):
            raise ScenarioError(f"{path}.{language}", gettext_noop("a text is required; put it between quotes"))
        both[language] = each.strip()
    missing = [language for language in ("fr", "en") if not both[language]]
    if missing and (required or len(missing) == 1):
        raise ScenarioError(f"{path}.{missing[0]}", gettext_noop("this language is missing"))
    return Text(**both)

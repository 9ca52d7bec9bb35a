"""Reading what an author wrote: every refusal names the place and says what to do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn
from unicodedata import normalize

LANGUAGES = ("fr", "en")
_MISSING = object()


class SpecError(ValueError):
    """An authored question cannot be used. `path` reads like `questions[3].options[1].text.fr`.

    `template` and `params` make the reason; they are kept apart so that the editor can say it in another language.
    """

    def __init__(self, path: str, template: str, params: Mapping[str, object] | None = None) -> None:
        self.path, self.template, self.params = path, template, dict(params or {})
        self.reason = template % self.params if self.params else template
        super().__init__(f"{path}: {self.reason}" if path else self.reason)


def clean(text: str) -> str:
    """Return `text` composed (NFC), with Unix line ends and no outer blank."""
    return normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands in the author's document."""

    data: Any
    path: str = ""

    def fail(self, template: str, **params: object) -> NoReturn:
        raise SpecError(self.path, template, params)

    def __getitem__(self, key: str) -> "Node":
        """Return the value under `key`. Errors: SpecError if there is none."""
        found = self._mapping().get(key, _MISSING)
        child = self._under(key)
        if found is _MISSING or found is None:
            Node(None, child).fail("this is missing")
        return Node(found, child)

    def get(self, key: str) -> "Node | None":
        """Return the value under `key`, or None where it is absent or empty."""
        found = self._mapping().get(key)
        return None if found is None else Node(found, self._under(key))

    def only(self, allowed: frozenset[str]) -> None:
        """Refuse keys that mean nothing here: most of them are typing errors."""
        for key in self._mapping():
            if key not in allowed:
                Node(None, self._under(str(key))).fail(
                    "unknown word; here one may write %(words)s", words=", ".join(sorted(allowed))
                )

    def items(self, least: int, most: int) -> Iterator["Node"]:
        """Yield the members of a list of `least` to `most` members."""
        if not isinstance(self.data, list | tuple):
            self.fail("a list is expected")
        if not least <= len(self.data) <= most:
            self.fail(
                "%(least)s to %(most)s entries are expected, not %(found)s",
                least=least,
                most=most,
                found=len(self.data),
            )
        for index, member in enumerate(self.data):
            yield Node(member, f"{self.path}[{index}]")

    def string(self) -> str:
        if isinstance(self.data, bool) or not isinstance(self.data, str | int | Decimal):
            self.fail("a word or a sentence is expected")
        if not (text := clean(str(self.data))):
            self.fail("this is empty")
        return text

    def identifier(self) -> str:
        text = self.string()
        if not (text.isascii() and text.replace("-", "").replace("_", "").isalnum() and len(text) <= 80):
            self.fail("use letters without accents, digits, - and _ only")
        return text

    def text(self) -> dict[str, str]:
        """Return a text in both languages."""
        if not isinstance(self.data, Mapping):
            self.fail("a text in both languages is expected: {fr: …, en: …}")
        self.only(frozenset(LANGUAGES))
        return {language: self[language].string() for language in LANGUAGES}

    def boolean(self) -> bool:
        if not isinstance(self.data, bool):
            self.fail("true or false is expected")
        return self.data

    def decimal(self, low: Decimal | int, high: Decimal | int) -> Decimal:
        try:
            value = Decimal(str(self.data)) if not isinstance(self.data, bool) else Decimal("NaN")
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or not low <= value <= high:
            self.fail("a number from %(low)s to %(high)s is expected", low=low, high=high)
        return value

    def one_of(self, words: Mapping[str, Any] | frozenset[str]) -> str:
        word = self.string()
        if word not in words:
            self.fail("“%(word)s” is unknown; choose among %(words)s", word=word, words=", ".join(sorted(words)))
        return word

    def _mapping(self) -> Mapping[str, Any]:
        if not isinstance(self.data, Mapping):
            self.fail("named values are expected")
        return self.data

    def _under(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def plain(number: Decimal) -> str:
    """Return a decimal in its one canonical spelling: 1, 0.5, 4.25."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text

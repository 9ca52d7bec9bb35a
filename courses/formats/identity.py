"""What says which page a file is, where its name does not: an explicit key, and being in one language only."""

from typing import TypedDict
from uuid import UUID

from courses.formats.errors import FileError
from courses.formats.front_matter import Document, require


class Identity(TypedDict):
    """`key`: the page's translation key, "" when it follows from the names of its files."""

    key: str
    untranslated: bool


def identity_of(document: Document) -> Identity:
    """Read `key` and `untranslated`. Errors: FileError."""
    key = require(document, "key", str, default="")
    if key:
        try:
            key = str(UUID(key))
        except ValueError:
            raise FileError(document.file, document.line_of("key"), f"“key” is the page’s UUID, not “{key}”") from None
    return {"key": key, "untranslated": require(document, "untranslated", bool, default=False)}

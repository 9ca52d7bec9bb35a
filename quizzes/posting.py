"""Posted fields, sorted by question.

A field is named `q3` (the question itself), `q3-ab12cd34` (one of its rows), `q3-p0-ab12cd34` (a row of a question of a
case); only fields that were posted count, so a question that is not on the page keeps its answer.
"""

import re
from collections.abc import Iterable, Sequence

_FIELD = re.compile(r"q([1-9][0-9]{0,2})(?:-([a-z0-9]{1,16}(?:-[a-z0-9]{1,16})?))?")
_LONGEST_VALUE = 25_000  # an essay; each type cuts its own


def sort_fields(fields: Iterable[tuple[str, Sequence[str]]]) -> dict[int, dict[str, list[str]]]:
    """Return slot number → field suffix → values; fields of another kind are passed over, long values cut."""
    sorted_fields: dict[int, dict[str, list[str]]] = {}
    for name, values in fields:
        if match := _FIELD.fullmatch(name):
            slot = sorted_fields.setdefault(int(match[1]), {})
            slot[match[2] or ""] = [str(value)[:_LONGEST_VALUE].replace("\0", "") for value in values]
    return sorted_fields

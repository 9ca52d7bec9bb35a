"""What a candidate posted, read against the form they were given: rows, choices, typed words."""

from collections.abc import Mapping
from dataclasses import replace

from quizzes.types.base import BadResponse, Face, Layout, Raw, Response
from quizzes.types.reader import clean

LONGEST = 200  # characters of a typed answer


def chosen(layout: Layout, raw: Raw, field: str = "") -> tuple[str, ...]:
    """Return the authored ids behind the tokens posted in one field, blanks aside. Errors: BadResponse."""
    known = dict(layout.items)
    try:
        return tuple(dict.fromkeys(known[token] for token in raw.get(field, ()) if token))
    except KeyError as error:
        raise BadResponse("an option of another form") from error


def values(layout: Layout, raw: Raw, allowed: frozenset[str]) -> dict[str, str]:
    """Return authored id → the one value posted for its row, blanks aside. Errors: BadResponse."""
    known = dict(layout.items)
    found: dict[str, str] = {}
    for token, posted in raw.items():
        if token and token not in known:
            raise BadResponse("a row of another form")
        given = [v for v in posted if v]
        if not given:
            continue
        if not token or len(given) > 1 or given[0] not in allowed:
            raise BadResponse("a value this row does not offer")
        found[known[token]] = given[0]
    return {i: found[i] for _t, i in sorted(layout.items, key=lambda pair: pair[1]) if i in found}


def progress_of(response: Response, needed: int) -> str:
    """Return empty, partial or complete."""
    return "empty" if not response else "complete" if len(response) >= needed else "partial"


def pooled(face: Face, layout: Layout, texts: Mapping[str, str]) -> Face:
    """Return `face` with the choices its rows share; each row's value becomes the token of its choice."""
    tokens = {identifier: token for token, identifier in layout.pool}
    lines = tuple(replace(line, value=tokens.get(line.value, "")) for line in face.lines)
    return replace(face, lines=lines, pool=tuple((token, texts[i]) for token, i in layout.pool))


def typed(layout: Layout, raw: Raw) -> dict[str, str]:
    """Return authored id → the text typed in its row, blanks aside. Errors: BadResponse."""
    known = dict(layout.items)
    found: dict[str, str] = {}
    for token, posted in raw.items():
        given = [text for v in posted if (text := clean(v)[:LONGEST])]
        if (token and token not in known) or (given and not token) or len(given) > 1:
            raise BadResponse("a row of another form")
        if given:
            found[known[token]] = given[0]
    return {i: found[i] for _t, i in sorted(layout.items, key=lambda pair: pair[1]) if i in found}

"""Reading a table of ratings: one row per item, one column per rater, a blank where a rater left a gap."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sandbox.engine.codes import LADDER

from .figures import Level, Rating

SEPARATORS: Final = (",", ";", "\t")
# Headings under which a first column holds names, not ratings.
NAME_HEADINGS: Final = frozenset(
    {"", "id", "item", "items", "unit", "name", "comment", "élément", "unité", "nom", "commentaire", "n°", "no", "#"}
)


class RatingsError(ValueError):
    """A table that cannot be read. `line` counts from 1, as a text editor does; 0 where no line is to blame."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ratings:
    """`rows[i][r]` is the rating of item i by rater r, None for a gap. `header`, `named`: what was found in the file."""

    raters: tuple[str, ...]
    items: tuple[str, ...]
    rows: tuple[tuple[Rating | None, ...], ...]
    header: bool
    named: bool

    def pair(self, one: int, other: int) -> list[tuple[Rating | None, Rating | None]]:
        return [(row[one], row[other]) for row in self.rows]


Line = tuple[int, list[str]]


def read_ratings(
    text: str,
    level: Level = "nominal",
    *,
    order: Sequence[str] = (),
    header: bool | None = None,
    named: bool | None = None,
) -> Ratings:
    """Return the ratings written in `text`, separated by commas, semicolons or tabs.

    `header` and `named` say whether the first row holds raters and the first column items; None lets the table tell.
    Ordinal ratings become numbers: themselves, their place in `order` (lowest first), or their level on the ladder.
    Errors: RatingsError with the line and the reason.
    """
    lines = _lines(text.removeprefix("\ufeff"))
    header = _is_header(lines) if header is None else header
    heading, body = (lines[0][1], lines[1:]) if header else ([], lines)
    if not body:
        raise RatingsError(0, "there is no row of ratings")
    named = _is_named(heading, body) if named is None else named
    first = 1 if named else 0
    raters = tuple(_rater(heading, column, first) for column in range(first, len(body[0][1])))
    if len(raters) < 2:
        raise RatingsError(body[0][0], "two raters at least are needed, each in a column of their own")
    to_rating = _reading(level, _scale(order, body, first))
    rows = tuple(
        tuple(to_rating(line, *pair) for pair in zip(raters, cells[first:], strict=True)) for line, cells in body
    )
    items = tuple(cells[0] if named else str(n) for n, (_, cells) in enumerate(body, 1))
    return Ratings(raters, items, rows, header, named)


def _lines(text: str) -> list[Line]:
    """Return the rows that hold something, each with the line it ends on; refuse a ragged table."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[Line] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                lines.append((reader.line_num, cells))
    except csv.Error as error:
        raise RatingsError(reader.line_num, f"not a table: {error}") from error
    if not lines:
        raise RatingsError(0, "the file is empty")
    width = len(lines[0][1])
    for line, cells in lines:
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if len(cells) != width:
            raise RatingsError(line, f"{_cells(len(cells))} where line {lines[0][0]} has {width}")
    return lines


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


def _separator(text: str) -> str:
    """The separator is the one the first line uses most; a comma when none appears."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _is_header(lines: Sequence[Line]) -> bool:
    """A first row of names: besides the corner some cell is no number, and none of its cells is met further down."""
    cells = {cell for cell in lines[0][1] if cell}
    below = {cell for _, row in lines[1:] for cell in row}
    return any(cell and _number(cell) is None for cell in lines[0][1][1:]) and below.isdisjoint(cells)


def _is_named(heading: Sequence[str], body: Sequence[Line]) -> bool:
    """A first column of names: headed so, or one of its own for each row where ratings would repeat themselves."""
    if heading and heading[0].casefold() in NAME_HEADINGS:
        return True
    if len(body[0][1]) < 3 or len(body) < 2:
        return False
    firsts = [cells[0] for _, cells in body]
    elsewhere = {cell for _, cells in body for cell in cells[1:] if cell}
    distinct = "" not in firsts and len(set(firsts)) == len(firsts)
    return distinct and (elsewhere.isdisjoint(firsts) or len(firsts) > len(elsewhere))


def _rater(heading: Sequence[str], column: int, first: int) -> str:
    return (heading[column] if heading else "") or f"rater {column - first + 1}"


def _number(cell: str) -> float | None:
    """Return the number a cell holds, its decimals after a point or a comma, or None."""
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None  # neither infinite nor "nan"


def _scale(order: Sequence[str], body: Sequence[Line], first: int) -> Mapping[str, float] | None:
    """Return the place of each word that is a rating, lowest first; None when ratings are numbers."""
    if order:
        return {word: float(place) for place, word in enumerate(order)}
    words = {cell for _, cells in body for cell in cells[first:] if cell}
    return {word: float(LADDER[word]) for word in words} if words <= LADDER.keys() else None


def _reading(level: Level, scale: Mapping[str, float] | None) -> Callable[[int, str, str], Rating | None]:
    """Return what makes a rating of (line, rater, cell); a blank cell is a gap."""

    def read(line: int, rater: str, cell: str) -> Rating | None:
        if not cell:
            return None
        return _place(line, rater, cell, scale) if level == "ordinal" else cell

    return read


def _place(line: int, rater: str, cell: str, scale: Mapping[str, float] | None) -> float:
    place = _number(cell) if scale is None else scale.get(cell)
    if place is not None:
        return place
    if scale is None:
        raise RatingsError(line, f"{rater}: “{cell}” is no number; words need their order, lowest first")
    raise RatingsError(line, f"{rater}: “{cell}” is not in the order given: {', '.join(scale)}")

"""The agreement in a table of ratings, as plain data and as lines of text: the same table gives the same bytes."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from statistics import fmean
from typing import Any

from .figures import Figure, Level, Rating, Weights, cohen_kappa, fleiss_kappa, krippendorff_alpha
from .ratings import Ratings

DIGITS = 6
KAPPAS: dict[Level, tuple[Weights, ...]] = {"nominal": ("none",), "ordinal": ("none", "linear", "quadratic")}
LABELS: dict[Weights, str] = {"none": "κ", "linear": "κ linear", "quadratic": "κ quadratic"}


def as_data(ratings: Ratings, level: Level) -> dict[str, Any]:
    """Return every figure of `ratings`; one without a value says why."""
    given = sum(r is not None for row in ratings.rows for r in row)
    return {
        "level": level,
        "items": len(ratings.rows),
        "raters": list(ratings.raters),
        "ratings": given,
        "blanks": len(ratings.rows) * len(ratings.raters) - given,
        "header": ratings.header,
        "names": ratings.named,
        "alpha": _figure(krippendorff_alpha(ratings.rows, level)),
        "fleiss": _figure(_fleiss(ratings)),
        "cohen": {weights: _cohen(ratings, weights) for weights in KAPPAS[level]},
    }


def _figure(figure: Figure) -> dict[str, Any]:
    value = None if figure.value is None else round(figure.value, DIGITS)
    return {"value": value, "items": figure.n} | ({"why": figure.why} if figure.why else {})


def _fleiss(ratings: Ratings) -> Figure:
    """Fleiss' κ asks for equally many ratings of each item: only those everybody rated count."""
    complete: list[Counter[Rating]] = [
        Counter(r for r in row if r is not None) for row in ratings.rows if None not in row
    ]
    return fleiss_kappa(complete) if complete else Figure(None, 0, "no item was rated by everybody")


def _cohen(ratings: Ratings, weights: Weights) -> dict[str, Any]:
    pairs = []
    for one, other in combinations(range(len(ratings.raters)), 2):
        figure = _figure(cohen_kappa(ratings.pair(one, other), weights))
        pairs.append({"raters": [ratings.raters[one], ratings.raters[other]], **figure})
    known = [p["value"] for p in pairs if p["value"] is not None]
    return {"mean": round(fmean(known), DIGITS) if known else None, "pairs": pairs}


def as_text(data: dict[str, Any]) -> str:
    return "\n".join(_lines(data))


def _lines(data: dict[str, Any]) -> Iterator[str]:
    raters = len(data["raters"])
    yield f"{data['items']} items, {raters} raters, {data['ratings']} ratings, {data['blanks']} blanks, {data['level']}"
    yield f"First row: {'raters' if data['header'] else 'ratings'}. First column: " + (
        "names of items." if data["names"] else "ratings."
    )
    yield f"\nKrippendorff’s α  {_value(data['alpha'])}"
    yield f"Fleiss’ κ         {_value(data['fleiss'])}"
    for weights, cohen in data["cohen"].items():
        mean = "–" if cohen["mean"] is None else f"{cohen['mean']:.3f}"
        yield f"\nCohen’s {LABELS[weights]}, mean of the pairs {mean}"
        for pair in cohen["pairs"]:
            yield f"  {_value(pair)}  {' / '.join(pair['raters'])}"


def _value(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return f"none: {figure['why']}"
    return f"{figure['value']:6.3f}  ({figure['items']} items)"

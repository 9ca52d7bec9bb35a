"""The names an export gives to files: those they were loaded from where these still say the order. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from django.utils.text import slugify

from academy.curriculum import LAST, item_order

NUMBER = re.compile(r"^\d+-")


def stems_in_order(known: Sequence[str], slugs: Sequence[str]) -> list[str]:
    """Return a stem for each page of a list, sorting in its order.

    `known` holds the stems they were loaded under, "" for pages made in the admin, which are named by place and slug.
    When the known ones no longer sort (an instructor has moved a page), all but a closing scenario and quiz are
    numbered anew.
    """
    stems = [
        stem or f"{n:02d}-{_ascii(slug)}" for n, (stem, slug) in enumerate(zip(known, slugs, strict=True), start=1)
    ]
    if _sorted(stems):
        return stems
    closing = len(stems)
    while closing and stems[closing - 1] in LAST and _sorted(stems[closing - 1 :]):
        closing -= 1
    numbered = [f"{n:02d}-{NUMBER.sub('', stem)}" for n, stem in enumerate(stems[:closing], start=1)]
    return numbered + stems[closing:]


def _sorted(stems: Sequence[str]) -> bool:
    keys = [item_order(stem) for stem in stems]
    return all(left < right for left, right in pairwise(keys))


def distinct_stems(known: Sequence[str], slugs: Sequence[str]) -> list[str]:
    """Return a stem for each course: the one it was loaded under or its slug, no two alike."""
    taken = {stem for stem in known if stem}
    stems = []
    for stem, slug in zip(known, slugs, strict=True):
        base = name = _ascii(slug)
        number = 2
        while not stem and name in taken:
            name, number = f"{base}-{number}", number + 1
        taken.add(stem or name)
        stems.append(stem or name)
    return stems


def _ascii(slug: str) -> str:
    return slugify(slug) or "page"

"""Signal detection: does the person tell what needs a restriction from what does not, and which way do they lean."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from .. import codes, constants
from .items import Item

_Z = NormalDist().inv_cdf


@dataclass(frozen=True, slots=True)
class Detection:
    """`d_prime` is sensitivity (0 = chance, above 2 = very good).

    `bias` below 0 removes too easily, above 0 lets too much stand.
    """

    signals: int
    noises: int
    hits: int
    false_alarms: int
    d_prime: float
    bias: float


def sensitivity(hits: int, signals: int, false_alarms: int, noises: int) -> tuple[float, float]:
    """Return (d′, c) with the log-linear correction: h = (hits + 0.5)/(n + 1), likewise f.

    Source: model, section 4.3; 18 hits of 20 and 4 false alarms of 20 give d′ 1.971, c −0.194.
    """
    h = (hits + 0.5) / (signals + 1)
    f = (false_alarms + 0.5) / (noises + 1)
    return _Z(h) - _Z(f), -(_Z(h) + _Z(f)) / 2


def leaning(found: Detection, mistakes: int = 0) -> str:
    """Return "easily" (takes down too easily), "much" (lets too much stand) or "" (neither way).

    `mistakes` are those needed that way before anything is said.
    """
    if found.bias < -constants.LEANING and found.false_alarms >= mistakes:
        return "easily"
    if found.bias > constants.LEANING and found.signals - found.hits >= mistakes:
        return "much"
    return ""


def detect(items: Iterable[Item]) -> Detection | None:
    """Return how well signal was told from noise; None unless both were met."""
    everything = tuple(items)
    signals = [i for i in everything if i.signal]
    noises = [i for i in everything if not i.signal]
    if not signals or not noises:
        return None
    hits = sum(1 for i in signals if i.level >= constants.RESTRICTION_LEVEL)
    alarms = sum(1 for i in noises if i.level >= constants.RESTRICTION_LEVEL)
    return Detection(len(signals), len(noises), hits, alarms, *sensitivity(hits, len(signals), alarms, len(noises)))


@dataclass(frozen=True, slots=True)
class Share:
    """Of `total` comments of one sort, `restricted` were restricted; they should all have been (`signal`), or none."""

    sort: str
    signal: bool
    total: int
    restricted: int


def by_reason(items: Iterable[Item]) -> tuple[Share, ...]:
    """Return detection by the reason to restrict, then by what had to stay (criticism, speech, none), largest first."""
    groups: dict[tuple[bool, str], list[bool]] = {}
    for item in items:
        sort = item.comment.reasons[0] if item.signal else item.comment.protected
        groups.setdefault((item.signal, sort), []).append(item.level >= constants.RESTRICTION_LEVEL)
    shares = [Share(sort, signal, len(group), sum(group)) for (signal, sort), group in groups.items()]
    return tuple(sorted(shares, key=lambda s: (not s.signal, -s.total, s.sort)))


ALL_GROUPS: Final = "all"


@dataclass(frozen=True, slots=True)
class GroupLean:
    """Detection over the comments about one `group` (ALL_GROUPS: about any), and which way one leans there."""

    group: str
    found: Detection
    leaning: str


def by_group(items: Iterable[Item]) -> tuple[GroupLean, ...]:
    """Return where one leans by group addressed, for the groups with comments enough to say so, then for all together.

    Enough: GROUP_LEAST comments that need a restriction and as many that must stay; the others are not told at all.
    """
    about = [i for i in items if i.comment.group]
    met = [group for group in codes.GROUPS if any(i.comment.group == group for i in about)]
    leans = [_lean(group, [i for i in about if i.comment.group == group]) for group in met]
    if len(met) > 1:
        leans.append(_lean(ALL_GROUPS, about))
    return tuple(lean for lean in leans if lean)


def _lean(group: str, items: list[Item]) -> GroupLean | None:
    found = detect(items)
    if found is None or min(found.signals, found.noises) < constants.GROUP_LEAST:
        return None
    return GroupLean(group, found, leaning(found, constants.GROUP_MISTAKES))

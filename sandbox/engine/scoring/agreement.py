"""Agreement with the key: Cohen's kappa with quadratic weights on the ladder."""

from collections import Counter
from collections.abc import Iterable, Sequence

from .. import constants
from .items import Item


def weighted_kappa(pairs: Sequence[tuple[int, int]], top: int = constants.TOP_LEVEL) -> float | None:
    """Return Cohen's κ with quadratic weights for (one, other) levels in 0..top; None without variation to agree on.

    Source: Cohen, "Weighted kappa", Psychological Bulletin 70 (1968).
    """
    n = len(pairs)
    if not n:
        return None
    observed = sum(((a - b) / top) ** 2 for a, b in pairs) / n
    ones, others = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(x * y * ((a - b) / top) ** 2 for a, x in ones.items() for b, y in others.items()) / n**2
    return None if by_chance == 0 else 1 - observed / by_chance


def agreement(items: Iterable[Item]) -> float | None:
    """Return κ between the levels reached and the levels expected."""
    return weighted_kappa([(i.level, i.expected) for i in items])

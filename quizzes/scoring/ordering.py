"""Orderings: how close one order is to another.

`places` is the answer read in the key's order: places[i] is the 0-based place given to the element that belongs at i.
Source: the ordering question types of Moodle (nine rules), and rank distance for judgement.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, permutations
from math import factorial

from quizzes.scoring.numbers import ONE, ZERO, clamp, ratio

Places = Sequence[int]


def _given(places: Places) -> list[int]:
    """Return the elements in the order given by the candidate."""
    order = [0] * len(places)
    for element, place in enumerate(places):
        order[place] = element
    return order


def absolute_position(places: Places) -> Decimal:
    """Right places / n."""
    return ratio(sum(i == p for i, p in enumerate(places)), len(places))


def next_excluding_last(places: Places) -> Decimal:
    """Correct successors / (n − 1)."""
    order = _given(places)
    return ratio(sum(b == a + 1 for a, b in pairwise(order)), len(order) - 1)


def next_including_last(places: Places) -> Decimal:
    """Correct successors, the end being the last one's, / n."""
    order = _given(places)
    pairs = zip(order, [*order[1:], len(order)], strict=True)
    return ratio(sum(b == a + 1 for a, b in pairs), len(order))


def one_previous_and_next(places: Places) -> Decimal:
    """Correct predecessors and successors, ends included, / 2n."""
    order = [-1, *_given(places), len(places)]
    links = sum(b == a + 1 for a, b in pairwise(order))
    ends = (order[1] == 0) + (order[-2] == len(places) - 1)
    return ratio(2 * links - ends, 2 * len(places))


def all_pairs(places: Places) -> Decimal:
    """Share of the n(n − 1)/2 pairs in the right order."""
    n = len(places)
    right = sum(places[i] < places[j] for i in range(n) for j in range(i + 1, n))
    return ratio(right, n * (n - 1) // 2)


def longest_ordered_subset(places: Places) -> Decimal:
    """Length of the longest increasing subsequence / n; a length of 1 counts 0."""
    best = [1] * len(places)
    for j in range(len(places)):
        best[j] = 1 + max((best[i] for i in range(j) if places[i] < places[j]), default=0)
    return ratio(max(best), len(places)) if max(best) > 1 else ZERO


def longest_contiguous_subset(places: Places) -> Decimal:
    """Length of the longest run of correct successors / n; a length of 1 counts 0."""
    order = _given(places)
    longest = run = 1
    for a, b in pairwise(order):
        run = run + 1 if b == a + 1 else 1
        longest = max(longest, run)
    return ratio(longest, len(order)) if longest > 1 else ZERO


def relative_to_correct(places: Places) -> Decimal:
    """Σ max(0, n − 1 − |shift|) / (n(n − 1))."""
    n = len(places)
    return ratio(sum(n - 1 - abs(i - p) for i, p in enumerate(places)), n * (n - 1))


def rank_distance(places: Places) -> Decimal:
    """1 − Σ|shift| / ⌊n²/2⌋."""
    n = len(places)
    return clamp(ONE - ratio(sum(abs(i - p) for i, p in enumerate(places)), n * n // 2))


RULES: dict[str, Callable[[Places], Decimal]] = {
    rule.__name__: rule
    for rule in (
        absolute_position,
        next_excluding_last,
        next_including_last,
        one_previous_and_next,
        all_pairs,
        longest_ordered_subset,
        longest_contiguous_subset,
        relative_to_correct,
        rank_distance,
    )
}


def score_order(rule: str, places: Places) -> Decimal:
    """Return the fraction earned. Errors: KeyError if the rule is unknown, ValueError if `places` is no permutation."""
    if len(places) < 2 or sorted(places) != list(range(len(places))):
        raise ValueError("an order places each element once, two at least")
    return RULES[rule](places)


def partial_rank_distance(places: Sequence[int | None]) -> Decimal:
    """Return rank distance where an element without a place of its own (None) is as far off as it could be.

    So an unfinished ranking earns less than any way of finishing it, and never less than 0.
    """
    n = len(places)
    shifts = (max(i, n - 1 - i) if p is None else abs(i - p) for i, p in enumerate(places))
    return clamp(ONE - ratio(sum(shifts), n * n // 2))


def chance_of_rank_distance(n: int) -> Decimal:
    """Return what an order drawn at random earns on average: 1 − ((n² − 1)/3) / ⌊n²/2⌋."""
    return ONE - ratio(n * n - 1, 3) / (n * n // 2)


def filled(places: Sequence[int | None]) -> list[int]:
    """Return a whole order: elements without a place take the free ones in the reverse of the right order."""
    taken = {p for p in places if p is not None}
    free = iter(sorted((p for p in range(len(places)) if p not in taken), reverse=True))
    return [next(free) if p is None else p for p in places]


@lru_cache(maxsize=64)
def chance_of_order(rule: str, n: int) -> Decimal:
    """Return what an order of `n` elements drawn at random earns on average; the two longest subsets are counted
    out, so `n` should stay below 9. Errors: KeyError if the rule is unknown."""
    known = {
        "all_pairs": Decimal("0.5"),
        "rank_distance": chance_of_rank_distance(n),
        "relative_to_correct": ratio(2 * n - 1, 3 * n),
        **dict.fromkeys(
            ("absolute_position", "next_excluding_last", "next_including_last", "one_previous_and_next"), ratio(1, n)
        ),
    }
    if rule in known:
        return known[rule]
    score = RULES[rule]
    return ratio(sum((score(order) for order in permutations(range(n))), ZERO), factorial(n))

"""Multiple response: six rules that turn ticks into a fraction.

Source: the measured rules of Moodle, Canvas, Open edX and PrairieLearn. c keyed options, w others, R keyed options
ticked, W others ticked. An empty answer earns 0 under every rule: doing nothing is not a decision.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import comb

from quizzes.scoring.numbers import ONE, ZERO, clamp, ratio


@dataclass(frozen=True, slots=True)
class Ticks:
    """How a selection meets its key. Errors: ValueError when the counts cannot be."""

    keyed: int  # c, at least 1
    others: int  # w, 0 or more
    right: int  # R, from 0 to c
    wrong: int  # W, from 0 to w

    def __post_init__(self) -> None:
        if self.keyed < 1 or self.others < 0:
            raise ValueError("a key needs one keyed option at least")
        if not (0 <= self.right <= self.keyed and 0 <= self.wrong <= self.others):
            raise ValueError("more ticks than options")

    @property
    def empty(self) -> bool:
        return not (self.right or self.wrong)


def all_or_nothing(t: Ticks) -> Decimal:
    """1 if exactly the keyed options are ticked."""
    return ONE if t.right == t.keyed and not t.wrong else ZERO


def per_option_penalty_floor0(t: Ticks) -> Decimal:
    """max(0, R/c − W/w); with no other option, R/c."""
    penalty = ratio(t.wrong, t.others) if t.others else ZERO
    return clamp(ratio(t.right, t.keyed) - penalty)


def right_minus_wrong_floor0(t: Ticks) -> Decimal:
    """max(0, (R − W)/c)."""
    return clamp(ratio(t.right - t.wrong, t.keyed))


def every_decision_counts(t: Ticks) -> Decimal:
    """(R + w − W)/(c + w): each tick and each abstention is a decision."""
    return ratio(t.right + t.others - t.wrong, t.keyed + t.others)


def coverage(t: Ticks) -> Decimal:
    """R/c × R/(R + W)."""
    return ratio(t.right, t.keyed) * ratio(t.right, t.right + t.wrong)


def per_option_no_penalty(t: Ticks) -> Decimal:
    """R/c: ticking everything earns 1, so only where the number of ticks is capped."""
    return ratio(t.right, t.keyed)


RULES: dict[str, Callable[[Ticks], Decimal]] = {
    rule.__name__: rule
    for rule in (
        all_or_nothing,
        per_option_penalty_floor0,
        right_minus_wrong_floor0,
        every_decision_counts,
        coverage,
        per_option_no_penalty,
    )
}
DEFAULT_RULE = "per_option_penalty_floor0"


def score_ticks(rule: str, ticks: Ticks) -> Decimal:
    """Return the fraction earned. Errors: KeyError if the rule is unknown."""
    score = RULES[rule]
    return ZERO if ticks.empty else score(ticks)


def chance_of_ticks(rule: str, keyed: int, others: int) -> Decimal:
    """Return what blind guessing earns on average, every non-empty selection being equally likely."""
    total = ZERO
    for right in range(keyed + 1):
        for wrong in range(others + 1):
            ways = comb(keyed, right) * comb(others, wrong)
            total += ways * score_ticks(rule, Ticks(keyed, others, right, wrong))
    return ratio(total, 2 ** (keyed + others) - 1)

"""The mood of the crowd: one step per simulated minute (model, section 1; weights are teaching choices, not data)."""

from dataclasses import dataclass

from . import constants as k


@dataclass(slots=True)
class Pressure:
    """What weighs on the crowd during one minute."""

    impulses: float = 0.0  # injects and reactions
    overdue_questions: int = 0
    grave_items: int = 0
    criticism_removed: int = 0
    contradictions: int = 0
    holding_statements: int = 0
    good_answers: int = 0
    strategy: int = 0  # -1 fits, +1 misfits


def step(tension: float, p: Pressure) -> float:
    """Return the tension one minute later, in [0, 1]."""
    after = (
        k.MOOD_MEMORY * tension
        + p.impulses
        + k.MOOD_PER_OVERDUE_QUESTION * p.overdue_questions
        + k.MOOD_PER_GRAVE_ITEM * p.grave_items
        + k.MOOD_PER_CRITICISM_REMOVED * p.criticism_removed
        + k.MOOD_PER_CONTRADICTION * p.contradictions
        + k.MOOD_HOLDING_STATEMENT * p.holding_statements
        + k.MOOD_PER_GOOD_ANSWER * p.good_answers
        + k.MOOD_STRATEGY * p.strategy
    )
    return min(1.0, max(0.0, after))


def background_rate(base: float, tension: float) -> float:
    """Return the expected number of background comments per minute."""
    return base * (1 + k.BACKGROUND_SLOPE * tension)


def hostile_share(tension: float) -> float:
    """Return the share of hostile comments among those the background brings."""
    return k.HOSTILE_BASE + k.HOSTILE_SLOPE * tension

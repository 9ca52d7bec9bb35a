"""When a question that was missed comes back. The algorithm is FSRS, from the library of its authors: see
docs/decisions/0012-spaced-repetition.md. Days only, nothing random: equal answers give equal days."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from fsrs import Card, Rating, Scheduler

_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, desired_retention=0.9)
LEARNED = timedelta(days=60)  # a question that waits longer than this is known


def rating(fraction: Decimal) -> Rating:
    """Return how well a question was remembered: whole, partly, or not."""
    if fraction >= 1:
        return Rating.Good
    return Rating.Hard if fraction >= Decimal("0.5") else Rating.Again


def missed(card_id: int, now: datetime) -> dict[str, Any]:
    """Return the card of a question just missed: it comes back tomorrow."""
    return reviewed(dict(Card(card_id=card_id, due=now).to_dict()), Decimal(0), now)


def reviewed(card: dict[str, Any], fraction: Decimal, now: datetime) -> dict[str, Any]:
    """Return the card after an answer that earned `fraction`."""
    after, _log = _SCHEDULER.review_card(Card.from_dict(card), rating(fraction), now)  # type: ignore[arg-type]
    return dict(after.to_dict())


def due(card: dict[str, Any]) -> datetime:
    return Card.from_dict(card).due  # type: ignore[arg-type]


def learned(card: dict[str, Any]) -> bool:
    """Return whether the wait has grown so long that the question counts as known."""
    told = Card.from_dict(card)  # type: ignore[arg-type]
    return told.last_review is not None and told.due - told.last_review >= LEARNED

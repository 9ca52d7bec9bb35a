"""Whether a person may start an attempt now, and if not, why and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzes.delivery.networks import inside
from quizzes.delivery.rules import Rules
from quizzes.delivery.timing import NO_EXTRA, NO_LIMIT, Extra, closing


@dataclass(frozen=True, slots=True)
class History:
    """A person's finished attempts: how many, and when the last one ended."""

    attempts: int = 0
    last_ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no attempt may start: not_yet, closed, used_up, wait or outside; `until` when that changes by itself."""

    code: str
    until: datetime | None = None


def refusal(
    rules: Rules, history: History, now: datetime, extra: Extra = NO_EXTRA, whole: timedelta = NO_LIMIT
) -> Refusal | None:
    """Return why no attempt may start `now`, or None. The reason that lasts longest is told first; `whole` is the time of
    all sections, where each has its own."""
    closes_at = closing(rules, extra, whole)
    if closes_at and now >= closes_at:
        return Refusal("closed")
    if rules.max_attempts and history.attempts >= rules.max_attempts:
        return Refusal("used_up")
    if rules.opens_at and now < rules.opens_at:
        return Refusal("not_yet", rules.opens_at)
    again = next_start(rules, history)
    if again and now < again:
        return Refusal("closed") if closes_at and again >= closes_at else Refusal("wait", again)
    return None


def outside(rules: Rules, address: str) -> Refusal | None:
    """Return the refusal of whoever is not on one of the networks of the quiz."""
    return None if inside(rules.networks, address) else Refusal("outside")


def next_start(rules: Rules, history: History) -> datetime | None:
    """Return when the delay after the last attempt is over; None without one."""
    delay = rules.first_delay if history.attempts == 1 else rules.second_delay
    if not (history.attempts and delay and history.last_ended_at):
        return None
    return history.last_ended_at + timedelta(minutes=delay)


def attempts_left(rules: Rules, history: History) -> int | None:
    """Return how many attempts remain; None without a limit."""
    return max(0, rules.max_attempts - history.attempts) if rules.max_attempts else None

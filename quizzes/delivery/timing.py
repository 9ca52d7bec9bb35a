"""The clock of an attempt. The server's alone: a deadline is set at the start, and moves only with extra time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzes.delivery.rules import Rules

# An answer sent in time may arrive late: the network has this long. Documented in docs/formats/quiz.md.
NETWORK = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Extra:
    """A person's extra time: per cent of the time limit, and minutes beside."""

    percent: int = 0
    minutes: int = 0


NO_EXTRA = Extra()


NO_LIMIT = timedelta(0)


def longer(limit: timedelta, extra: Extra) -> timedelta:
    """Return how much longer the person has."""
    return limit * extra.percent / 100 + timedelta(minutes=extra.minutes)


def closing(rules: Rules, extra: Extra, whole: timedelta = NO_LIMIT) -> datetime | None:
    """Return when the quiz closes for the person: extra time counts after the closing too, or the last to start lose it."""
    return rules.closes_at + longer(limit_of(rules, whole), extra) if rules.closes_at else None


def whole_of(minutes: Sequence[int]) -> timedelta:
    """Return the time of all sections together where each has its own; else no limit."""
    return timedelta(minutes=sum(minutes)) if minutes and all(minutes) else NO_LIMIT


def limit_of(rules: Rules, whole: timedelta = NO_LIMIT) -> timedelta:
    """Return the time of an attempt: its own limit, or the `whole` time of its sections or questions if that is shorter."""
    return min((limit for limit in (timedelta(minutes=rules.time_limit), whole) if limit), default=NO_LIMIT)


def deadline(
    rules: Rules, started_at: datetime, extra: Extra = NO_EXTRA, whole: timedelta = NO_LIMIT
) -> datetime | None:
    """Return when an attempt ends: at its limit or at the closing, whichever comes first."""
    limit = limit_of(rules, whole)
    ends = [started_at + limit + longer(limit, extra)] if limit else []
    closes_at = closing(rules, extra, whole)
    return min([*ends, closes_at]) if closes_at else min(ends, default=None)


def last_call(deadline: datetime, grace: str, grace_minutes: int) -> datetime:
    """Return until when an attempt may still be submitted: after that it is closed, or not counted."""
    return deadline + max(NETWORK, timedelta(minutes=grace_minutes) if grace == "wait" else NETWORK)

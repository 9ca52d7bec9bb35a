"""The server's clock of a shift, in simulated minutes. Pure: the time is passed in."""

from datetime import datetime


def minute_at(*, minute: float, since: datetime | None, pace: float, now: datetime, duration: float) -> float:
    """Return the simulated minute at `now`, rounded to a thousandth, never beyond the end.

    `minute` was reached at `since`, None while paused; `pace` in simulated minutes per real minute. A clock that
    steps back
    never takes the shift back.
    """
    elapsed = max(0.0, (now - since).total_seconds() / 60) if since else 0.0
    return min(round(minute + elapsed * pace, 3), duration)


def wall(minute: float, starts_at: int) -> str:
    """Return the hour shown on the desk at `minute` of a shift that began `starts_at` minutes after midnight."""
    total = int(starts_at + minute) % 1440
    return f"{total // 60:02d}:{total % 60:02d}"

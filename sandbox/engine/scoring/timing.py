"""What being late costs."""


def tau(delay: float | None, deadline: float | None) -> float:
    """Return 1 in time, halved for each further service level of delay, 0 when nothing was ever done."""
    if delay is None:
        return 0.0
    if deadline is None or delay <= deadline:
        return 1.0
    return float(2 ** (-(delay - deadline) / deadline))

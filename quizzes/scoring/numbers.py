"""Exact decimals: a third is not a float, and three thirds make one."""

from decimal import ROUND_HALF_EVEN, Decimal

ZERO = Decimal(0)
ONE = Decimal(1)
GRAIN = Decimal("0.000000001")


def ratio(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """Return part / whole with 28 digits. Errors: ZeroDivisionError if `whole` is 0."""
    if not whole:
        raise ZeroDivisionError("a share of nothing")
    return Decimal(part) / Decimal(whole)


def clamp(value: Decimal) -> Decimal:
    """Return `value` brought back between 0 and 1."""
    return min(ONE, max(ZERO, value))


def settle(value: Decimal) -> Decimal:
    """Return `value` to the billionth, so that 3 × 0.333… meets 1 and a cut is compared with what was earned."""
    return value.quantize(GRAIN, rounding=ROUND_HALF_EVEN)

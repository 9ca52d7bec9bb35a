"""Chance without a stream: each draw is named, so that one more act never reshuffles the others."""

import math
from hashlib import blake2b

_TOP = 1 << 53


def draw(seed: int, *name: object) -> float:
    """Return the uniform number in [0, 1) that belongs to `seed` and `name`; the same on every machine."""
    text = "\x1f".join(map(str, (seed, *name)))
    return (int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 11) / _TOP


def poisson(rate: float, uniform: float, top: int) -> int:
    """Return how many arrivals `uniform` stands for at `rate`, at most `top`.

    By inversion, so the count never falls when the rate rises for the same draw.
    """
    term = math.exp(-rate)
    reached, count = term, 0
    while uniform >= reached and count < top:
        count += 1
        term *= rate / count
        reached += term
    return count


def shuffled(seed: int, name: str, ids: list[str]) -> list[str]:
    """Return `ids` in an order that depends only on the seed and on each identifier."""
    return sorted(ids, key=lambda each: (draw(seed, name, each), each))

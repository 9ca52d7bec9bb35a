"""Item exposure: how often a question was asked of late, and which ones a draw holds back."""

from collections.abc import Mapping
from decimal import Decimal

WINDOW = 100  # newest attempts at the quiz over which the rate is counted


def held_back(asked: Mapping[int, int], attempts: int, cap: Decimal) -> dict[int, int]:
    """Return question → how often it was asked, for each that one more attempt would bring above the rate `cap`.

    Shapes: `asked` counts over the last `attempts` papers; a cap of 0 holds nothing back.
    Source: the restricted maximum exposure method (Revuelta and Ponsoda, 1998): a rate is times asked / tests given,
    and what has reached its maximum is not eligible for the next test.
    """
    if not cap:
        return {}
    return {question: count for question, count in asked.items() if count + 1 > cap * (attempts + 1)}

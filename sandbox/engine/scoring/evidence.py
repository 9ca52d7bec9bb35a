"""Is an exam sure enough of its result to certify it (model, section 4.8)?"""

from collections.abc import Callable
from dataclasses import dataclass

from .. import constants
from ..dice import draw
from .appeals import AppealItem
from .items import Item

Result = Callable[[tuple[Item, ...], tuple[AppealItem, ...]], float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many decisions were scored, and the interval that holds the result with the wanted confidence."""

    scored: int
    low: float
    high: float

    @property
    def failures(self) -> tuple[str, ...]:
        if self.scored < constants.EXAM_ITEMS:
            return ("too_few",)
        return () if self.low > constants.EXAM_FLOOR else ("uncertain",)

    @property
    def enough(self) -> bool:
        return not self.failures


def evidence(seed: int, items: tuple[Item, ...], appeals: tuple[AppealItem, ...], result: Result) -> Evidence:
    """Return the percentile bootstrap interval of `result` over the scored decisions, drawn again with the shift's seed."""
    everything: tuple[Item | AppealItem, ...] = (*items, *appeals)
    n = len(everything)
    if not n:
        return Evidence(0, 0.0, 0.0)
    results = []
    for k in range(constants.BOOTSTRAP_DRAWS):
        drawn = [everything[int(draw(seed, "bootstrap", k, i) * n)] for i in range(n)]
        results.append(
            result(tuple(i for i in drawn if isinstance(i, Item)), tuple(a for a in drawn if isinstance(a, AppealItem)))
        )
    results.sort()
    tail = (1 - constants.EXAM_CONFIDENCE) / 2
    return Evidence(n, results[int(tail * len(results))], results[-1 - int(tail * len(results))])

"""Which scenario an exam gives a person: one of its pool that they have never met.

The order is the person's own and always the same, so what the page announces is what begins, and nothing need be stored. Staff may
grant one person one more go at a scenario: it comes first.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from sandbox.engine.dice import shuffled
from sandbox.models import FurtherGo, Scenario, ScenarioPage, Shift
from sandbox.models.pages import Mode


def next_of(
    pool: Sequence[str], met: Collection[str], *, person: int, activity: str, again: Collection[str] = ()
) -> str | None:
    """Return the identifier of the scenario to give, or None once every one of `pool` is among the `met`.

    `pool`, `met` and `again` (granted once more, given first) hold identifiers; `person` and `activity` name whose draw it
    is. Pure.
    """
    order = shuffled(person, f"pool {activity}", list(pool))
    granted = (identifier for identifier in order if identifier in again)
    return next(granted, next((identifier for identifier in order if identifier not in met), None))


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page gives to play next; `go` is the decision that gives it once more."""

    scenario: Scenario | None
    go: FurtherGo | None = None


def scenario_for(page: ScenarioPage, user: Any) -> Scenario | None:
    """Return the scenario `user` plays at `page` next, as `offer_of` has it."""
    return offer_of(page, user).scenario


def offer_of(page: ScenarioPage, user: Any) -> Offer:
    """Return what `user` plays at `page` next: its own scenario in practice; in an exam one they have not met.

    An exam with none left for them offers None; authors, who try it, are given one all the same. At most three queries.
    """
    if page.mode != Mode.EXAM or not user.is_authenticated:
        return Offer(page.scenario)
    pool = {each.identifier: each for each in page.scenarios() if each.live}
    met = Shift.objects.visible_to(user).filter(version__scenario__in=list(pool.values()))
    names = set(met.values_list("version__scenario__identifier", flat=True))
    goes = _goes(page, user) if names else {}
    found = next_of(list(pool), names, person=user.pk, activity=str(page.translation_key), again=goes)
    if found is None:
        return Offer(page.scenario if user.has_perm("sandbox.change_scenario") else None)
    return Offer(pool[found], goes.get(found))


def _goes(page: ScenarioPage, user: Any) -> dict[str, FurtherGo]:
    goes = FurtherGo.objects.of(user, page.translation_key).unused()
    return {go.identifier: go for go in goes.annotate(identifier=F("after__version__scenario__identifier"))}


def exam_scenarios() -> list[Scenario]:
    """Return every scenario that some exam may give, by identifier."""
    exams = ScenarioPage.objects.filter(mode=Mode.EXAM).select_related("scenario")
    return sorted({each for page in exams for each in page.scenarios()}, key=lambda each: each.identifier)


def under_way(shift: Shift) -> Scenario:
    """Return the scenario a shift plays."""
    return Scenario.objects.get(versions=shift.version_id)

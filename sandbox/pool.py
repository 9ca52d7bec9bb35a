"""Which scenario an exam gives a person: one of its pool that they have never met.

The order is the person's own and always the same, so what the page announces is what begins, and nothing need be stored.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sandbox.engine.dice import shuffled
from sandbox.models import Scenario, ScenarioPage, Shift
from sandbox.models.pages import Mode


def next_of(pool: Sequence[str], met: Collection[str], *, person: int, activity: str) -> str | None:
    """Return the identifier of the scenario to give, or None once every one of `pool` is among the `met`.

    `pool` and `met` hold identifiers; `person` and `activity` name whose draw it is. Pure.
    """
    order = shuffled(person, f"pool {activity}", list(pool))
    return next((identifier for identifier in order if identifier not in met), None)


def scenario_for(page: ScenarioPage, user: Any) -> Scenario | None:
    """Return the scenario `user` plays at `page` next: its own in practice; in an exam one they have not met.

    None when the exam has none left for them; authors, who try it, are given one all the same. At most two queries.
    """
    if page.mode != Mode.EXAM or not user.is_authenticated:
        return page.scenario
    pool = {each.identifier: each for each in page.scenarios() if each.live}
    met = Shift.objects.visible_to(user).filter(version__scenario__in=list(pool.values()))
    names = set(met.values_list("version__scenario__identifier", flat=True))
    found = next_of(list(pool), names, person=user.pk, activity=str(page.translation_key))
    if found is None:
        return page.scenario if user.has_perm("sandbox.change_scenario") else None
    return pool[found]


def under_way(shift: Shift) -> Scenario:
    """Return the scenario a shift plays."""
    return Scenario.objects.get(versions=shift.version_id)

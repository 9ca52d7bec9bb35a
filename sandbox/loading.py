"""Writing a scenario file into the database, without ever overwriting what an instructor changed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sandbox import content
from sandbox.engine.parsing import from_dict
from sandbox.engine.reader import ScenarioError
from sandbox.models import Scenario

__all__ = ["ScenarioError", "check_scenario", "load_scenario"]


def check_scenario(data: object) -> None:
    """Raise ScenarioError (its `path` and `reason` name the culprit) unless `data` is a scenario that can be played."""
    from_dict(data)


@transaction.atomic
def load_scenario(data: dict[str, Any], *, force: bool = False) -> str:
    """Create or update the scenario `data` describes, publish it, and say what was done.

    Returns "created", "updated", "unchanged", or "kept" when an instructor has changed it since it was last loaded
    (or wrote it
    by hand) and `force` is off. Errors: ScenarioError before anything is written.
    """
    check_scenario(data)
    fields = content.to_fields(data)
    wanted = content.fingerprint(Scenario(**fields).data())
    scenario = Scenario.objects.filter(identifier=fields["identifier"]).first()
    if scenario is None:
        _publish(Scenario(live=False), fields, wanted)
        return "created"
    current = content.fingerprint(scenario.data())
    if current == wanted and not scenario.has_unpublished_changes:
        Scenario.objects.filter(pk=scenario.pk).exclude(loaded_hash=wanted).update(loaded_hash=wanted)
        return "unchanged"
    touched = current != scenario.loaded_hash or scenario.has_unpublished_changes
    if touched and not force:
        return "kept"
    _publish(scenario, fields, wanted)
    return "updated"


def _publish(scenario: Scenario, fields: Mapping[str, Any], fingerprint: str) -> None:
    for name, value in fields.items():
        setattr(scenario, name, value)
    scenario.loaded_hash = fingerprint
    scenario.save()
    scenario.save_revision(clean=False).publish()

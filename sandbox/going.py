"""Granting one more go at an exam's scenario. Each grant follows one shift, so that a second click grants nothing."""

from datetime import datetime
from typing import Any

from django.db import transaction

from sandbox import playing
from sandbox.models import FurtherGo, Scenario, Shift
from sandbox.models.pages import Mode
from sandbox.services import finish_shift


class NoGo(ValueError):  # noqa: N818 (a rule's word, not a fault)
    """No further go can be granted; `code` says why: never_sat, still_running, passed."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def last_sitting(user: Any, scenario: Scenario) -> Shift | None:
    """Return the user's latest shift at the scenario taken as an exam."""
    sat = Shift.objects.filter(user=user, version__scenario=scenario, mode=Mode.EXAM)
    return sat.select_related("version").defer("version__data").order_by("-pk").first()


def _over(shift: Shift, now: datetime) -> Shift:
    """Return the shift marked, if its time is past and its candidate has not come back since. Errors: NoGo."""
    if playing.minute_of(shift, now) < playing.scenario_of(shift).duration:
        raise NoGo("still_running")
    return finish_shift(shift=shift, now=now)


@transaction.atomic
def grant_go(*, user: Any, scenario: Scenario, reason: str, by: Any, now: datetime) -> tuple[FurtherGo, bool]:
    """Let `user` sit `scenario` once more where they sat it last; return the decision, and whether it is a new one.

    A go not used yet is returned as it stands, its reason unchanged. Errors: NoGo; nothing is written then.
    """
    shift = last_sitting(user, scenario)
    if shift is None:
        raise NoGo("never_sat")
    if shift.running:
        shift = _over(shift, now)
    if shift.passed:
        raise NoGo("passed")
    decided = {"reason": reason, "granted_by": by, "granted_at": now}
    return FurtherGo.objects.get_or_create(after=shift, defaults=decided)

"""What falls due: a registry that each app adds to, so that nobody asks which kinds of activity there are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from courses.certification.models import Certificate

SOON = timedelta(days=60)  # what the dashboard announces
LATE = timedelta(days=14)  # how long it still tells of what was missed


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment that matters to a learner. `key` names it for good: a calendar moves the entry when the moment moves."""

    key: str
    title: str
    due: datetime
    url: str
    says: str = ""
    late: bool = False


Source = Callable[..., Iterable[Deadline]]
_sources: list[Source] = []


def announces_deadlines(source: Source) -> Source:
    """Register `source(*, user, now)`: the deadlines of one person, titles in the active language."""
    if source not in _sources:
        _sources.append(source)
    return source


def deadlines_of(user: Any, *, now: datetime) -> list[Deadline]:
    """Return everything that falls due for `user`, the soonest first. A few queries, however much there is."""
    found = [deadline for source in _sources for deadline in source(user=user, now=now)]
    return sorted(found, key=lambda deadline: (deadline.due, deadline.key))


def due_soon(user: Any, *, now: datetime) -> list[Deadline]:
    """Return what a dashboard announces: the next weeks, and what was just missed."""
    return [deadline for deadline in deadlines_of(user, now=now) if now - LATE <= deadline.due <= now + SOON]


@announces_deadlines
def expiring_certificates(*, user: Any, now: datetime) -> Iterable[Deadline]:
    """Yield the end of each certificate that runs out, and of the days in which it can be renewed. One query."""
    rows = Certificate.objects.current().real().filter(user=user, valid_until__gte=now - LATE).select_related("award")
    for certificate in rows:
        until = certificate.valid_until
        if until is None:
            continue
        says = ""
        if certificate.award.renewal_requirements:
            opens, _closes = certificate.award.renewal_window(until)
            says = _("It can be renewed now.") if opens <= now else _("It can be renewed in the weeks before.")
        yield Deadline(
            f"certificate-{certificate.code}",
            _("Your certificate expires: %(title)s") % {"title": certificate.title},
            until,
            certificate.get_absolute_url(),
            says,
            until < now,
        )

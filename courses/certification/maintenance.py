"""What must happen every day, however often it is asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from courses.certification import background, batches
from courses.certification.background import durable_task
from courses.certification.models import Certificate, StatusList
from courses.certification.publishing import fresh_status_list
from courses.certification.reminders import send_reminders


@dataclass(frozen=True, slots=True)
class Report:
    lists: int
    reminders: int
    expired: int
    abandoned: int
    retried: int
    removed: int


def daily(*, now: datetime) -> Report:
    """Sign the status lists anew, send reminders, try failed work again, clear what is old."""
    lists = list(StatusList.objects.all())
    for status_list in lists:
        fresh_status_list(status_list=status_list, now=now)
    abandoned = background.find_abandoned(now=now)
    background.forget_finished(now=now)
    return Report(
        lists=len(lists),
        reminders=send_reminders(now=now),
        expired=Certificate.objects.real().expired_at(now).filter(valid_until__gte=now - timedelta(days=1)).count(),
        abandoned=abandoned,
        retried=background.retry_due(now=now),
        removed=batches.remove_old(now=now),
    )


@durable_task
def daily_task(now: str) -> None:
    daily(now=datetime.fromisoformat(now))

"""Making, renewing and revoking the private address of one's calendar."""

from datetime import datetime
from typing import Any

from django.db import transaction

from courses.models import CalendarAddress
from courses.models.calendars import new_token


@transaction.atomic
def renew_address(*, user: Any, now: datetime) -> CalendarAddress:
    """Give the learner a new private address; the old one, if any, leads nowhere from now on."""
    address, _made = CalendarAddress.objects.update_or_create(
        user=user, defaults={"token": new_token(), "made_at": now}
    )
    return address


def revoke_address(*, user: Any) -> None:
    """Take the address away; twice is once."""
    CalendarAddress.objects.filter(user=user).delete()

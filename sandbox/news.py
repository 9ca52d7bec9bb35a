"""What has come to a trainee lately: which shift, how many of its texts; the marks themselves stay in the debrief."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from sandbox.models import Mark

LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Marked:
    """A shift of which an instructor has marked some texts."""

    shift: UUID
    texts: int
    at: datetime


def marked_lately(user: Any, *, now: datetime) -> dict[UUID, Marked]:
    """Return, by activity, the shift of `user` an instructor marked last. One query."""
    marks = Mark.objects.filter(own=False, act__shift__user=user, marked_at__gt=now - LATELY)
    found = (
        marks.values_list("act__shift__activity_key", "act__shift__key")
        .annotate(texts=Count("act", distinct=True), at=Max("marked_at"))
        .order_by("at")
    )
    return {activity: Marked(shift, texts, at) for activity, shift, texts, at in found}  # the last one stays

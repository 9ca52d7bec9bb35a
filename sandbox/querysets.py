"""Named questions; who may see what is a filter."""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Replace

from sandbox.engine.acts import UNSAY
from sandbox.engine.codes import WRITTEN

TEXT = models.TextField()


def _bare(key: Any) -> Replace:
    """Return a key without dashes: databases differ on whether a key as text has them."""
    return Replace(key, Value("-"), Value(""), output_field=TEXT)


class ShiftQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def visible_to(self, user: Any) -> "ShiftQuerySet":
        """A shift belongs to the person who works it."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def of_activity(self, activity_key: UUID) -> "ShiftQuerySet":
        return self.filter(activity_key=activity_key)

    def running(self) -> "ShiftQuerySet":
        return self.filter(state="running")

    def ended(self) -> "ShiftQuerySet":
        return self.filter(state="ended")


class ActQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def written(self) -> "ActQuerySet":
        """Replies and statements of shifts that are over; what was taken back in practice was never said."""
        back = self.model._default_manager.filter(shift=OuterRef("shift"), action=UNSAY)
        named = back.annotate(of=_bare(KT("payload__target"))).filter(of=_bare(Cast(OuterRef("key"), TEXT)))
        return self.filter(action__in=sorted(WRITTEN), shift__state="ended").exclude(Exists(named))

    def to_mark_by(self, user: Any) -> "ActQuerySet":
        """What this person may mark: other people's texts."""
        marks: Any = self.model._meta.get_field("marks").related_model
        marked = marks.objects.filter(act=OuterRef("pk"), own=False)
        return self.written().exclude(shift__user=user.pk).annotate(marked=Exists(marked))

    def waiting(self) -> "ActQuerySet":
        """Those of `to_mark_by` that nobody has marked, oldest first."""
        return self.filter(marked=False).order_by("received_at", "pk")


class FurtherGoQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def of(self, user: Any, activity_key: UUID) -> "FurtherGoQuerySet":
        return self.filter(after__user=user.pk, after__activity_key=activity_key)

    def with_use(self) -> "FurtherGoQuerySet":
        """Say of each whether the scenario has been sat again (`is_used`)."""
        shifts: Any = self.model._meta.get_field("after").related_model
        later = shifts.objects.filter(
            user=OuterRef("after__user"),
            activity_key=OuterRef("after__activity_key"),
            version__scenario=OuterRef("after__version__scenario"),
            pk__gt=OuterRef("after"),
        )
        return self.annotate(is_used=Exists(later))

    def unused(self) -> "FurtherGoQuerySet":
        return self.with_use().filter(is_used=False)

"""Named questions about learners' records."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models

from courses.words import fold

if TYPE_CHECKING:
    from courses.models import ActivityRecord, Enrolment, Note  # noqa: F401


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, user: Any) -> Self:
        """Return the user's own enrolments; none for a visitor."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def visible_to(self, user: Any) -> Self:
        """Return one's own; everybody's for those who may view enrolments."""
        return self.all() if user.has_perm("courses.view_enrolment") else self.of(user)

    def completed(self) -> Self:
        return self.filter(completed_at__isnull=False)


class ActivityRecordQuerySet(models.QuerySet["ActivityRecord"]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user) if user.is_authenticated else self.none()

    def done_keys(self, *, user: Any, activity_keys: Iterable[UUID]) -> set[UUID]:
        """Return which of these activities the user has done, in whatever course they were then."""
        rows = self.filter(user=user, activity_key__in=list(activity_keys), state="done")
        return set(rows.values_list("activity_key", flat=True))


class NoteQuerySet(models.QuerySet["Note"]):
    """A learner's own: nobody else sees a row, whatever their permissions."""

    def of(self, user: Any) -> Self:
        return self.filter(user=user) if user.is_authenticated else self.none()

    def written(self) -> Self:
        """Return the notes that hold a text or a highlight, the last changed first."""
        return self.exclude(folded="").order_by("-written_at", "-pk")

    def bookmarked(self) -> Self:
        """Return the bookmarks, the last set first."""
        return self.filter(bookmarked_at__isnull=False).order_by("-bookmarked_at", "-pk")

    def holding(self, query: str) -> Self:
        """Return the notes in which every word of `query` occurs, whatever its case and accents."""
        found = self
        for word in fold(query).split()[:8]:
            found = found.filter(folded__contains=word)
        return found

"""Named questions about the bank and about attempts."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Max

if TYPE_CHECKING:
    from quizzes.models import Attempt, MarkedAnswer, QuestionVersion  # noqa: F401


class QuestionVersionQuerySet(models.QuerySet["QuestionVersion"]):
    def current_of(self, question_ids: Iterable[int]) -> Self:
        """Return the newest version of each question, in one query."""
        newest = (
            self.filter(question_id__in=list(question_ids)).order_by().values("question_id").annotate(pk_max=Max("pk"))
        )
        return self.filter(pk__in=newest.values("pk_max"))


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: Any) -> Self:
        """Return the attempts `user` may open: their own."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def on(self, activity_key: UUID) -> Self:
        return self.filter(activity_key=activity_key)

    def open(self) -> Self:
        return self.filter(state="open")

    def overdue(self, now: datetime) -> Self:
        """Return the open attempts that take no answer any more; a few may still be submitted."""
        from quizzes.models import GRACE  # the models are made with this query set

        return self.open().filter(deadline__lt=now - GRACE)

    def submitted(self) -> Self:
        return self.filter(state="submitted")


class MarkedAnswerQuerySet(models.QuerySet["MarkedAnswer"]):
    def waiting(self) -> Self:
        return self.filter(marked_at=None)

    def not_of(self, user: Any) -> Self:
        """Return the answers `user` may mark: nobody marks their own."""
        return self.exclude(attempt__user=user)

"""Questions a learner missed, and when each comes back."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.bank import Question


class MistakeQuerySet(models.QuerySet["Mistake"]):
    def of(self, user: Any) -> Self:
        """Return a person's own mistakes whose question is still in use."""
        return self.filter(user=user, question__live=True) if user.is_authenticated else self.none()

    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now).order_by("due_at", "pk")


class Mistake(models.Model):
    """One row a learner and question; `card` is the scheduler's memory, `reviews` how often it came back."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mistakes", verbose_name=_("learner")
    )
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="mistakes", verbose_name=_("question")
    )
    activity_key = models.UUIDField(_("activity"))
    card = models.JSONField()
    due_at = models.DateTimeField(_("due"))
    reviews = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(_("made"))

    objects = MistakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("mistake")
        verbose_name_plural = _("mistakes")
        constraints = [models.UniqueConstraint(fields=["user", "question"], name="mistake_once")]
        indexes = [models.Index(fields=["user", "due_at"], name="mistake_due")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.question_id}"

"""A quiz frozen at publication: numbered, never changed. Attempts are drawn from it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.quiz import Quiz


class QuizVersion(models.Model):
    """Rules, sections and questions of a quiz as they were published; for an exam also the questions' own versions."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="versions", verbose_name=_("quiz"))
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    digest = models.CharField(_("digest"), max_length=64)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("version of a quiz")
        verbose_name_plural = _("versions of quizzes")
        constraints = [models.UniqueConstraint(fields=["quiz", "number"], name="quiz_version_number")]

    def __str__(self) -> str:
        return f"{self.quiz_id} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not kwargs.get("force_insert"):
            raise TypeError("a version never changes; publish the quiz to make the next one")
        super().save(*args, **kwargs)

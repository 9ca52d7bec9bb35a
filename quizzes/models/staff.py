"""What staff decide about a person's attempts, and what happened to an attempt. Both are only ever added to."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.attempts import Attempt


class Accommodation(models.Model):
    """A person's extra time. A new line takes the place of an earlier one for the same quiz; none is ever changed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accommodations", verbose_name=_("learner")
    )
    quiz = models.ForeignKey(
        "quizzes.Quiz",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accommodations",
        verbose_name=_("quiz"),
        help_text=_("Empty: every quiz."),
    )
    extra_percent = models.PositiveSmallIntegerField(
        _("extra time, per cent of the limit"),
        default=0,
        validators=[MaxValueValidator(300)],
        help_text=_("33 for a third more. 0 takes an earlier one back."),
    )
    extra_minutes = models.PositiveSmallIntegerField(
        _("extra time, minutes"), default=0, validators=[MaxValueValidator(1440)]
    )
    reason = models.CharField(
        _("reason"), max_length=300, help_text=_("For the record. Never a diagnosis: “decision of 3 March” is enough.")
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted"))

    class Meta:
        verbose_name = _("extra time")
        verbose_name_plural = _("extra time")
        ordering = ["-granted_at", "-pk"]
        indexes = [models.Index(fields=["user", "-granted_at"], name="accommodation_by_user")]

    def __str__(self) -> str:
        return f"{self.user} · +{self.extra_percent} % +{self.extra_minutes} min"


class AttemptEvent(models.Model):
    """A line of an attempt's log."""

    class Kind(models.TextChoices):
        HONOUR = "honour", _("Agreed to the statement on honour")
        DEADLINE = "deadline", _("Deadline moved")
        TAKEN_OVER = "taken_over", _("Gone on in another tab or on another device")
        NOT_COUNTED = "not_counted", _("Not counted: not submitted in time")
        WATCHED = "watched", _("Agreed to the log of focus and network")
        FOCUS_LOST = "focus_lost", _("The page lost the focus")
        FOCUS_BACK = "focus_back", _("The page has the focus again")
        NETWORK = "network", _("Another network")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="events", verbose_name=_("attempt"))
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind)
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("event of an attempt")
        verbose_name_plural = _("events of attempts")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.kind}"

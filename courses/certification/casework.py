"""Tables of the staff's desk: corrections asked for, work in bulk, and background work that failed."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.certification.models import Award, Certificate


class NameCorrection(models.Model):
    """A holder says that the name on a certificate is wrong; staff decide."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("correction", "Waiting for a decision")
        APPROVED = "approved", pgettext_lazy("correction", "Approved")
        REFUSED = "refused", pgettext_lazy("correction", "Refused")

    certificate = models.ForeignKey(
        Certificate, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("certificate")
    )
    name = models.CharField(_("name as it must read"), max_length=120)
    reason = models.CharField(_("reason"), max_length=500)
    asked_at = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(_("answer to the holder"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("correction of a name")
        verbose_name_plural = _("corrections of names")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=models.Q(state="asked"), name="name_correction_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate.holder} → {self.name}"


class Batch(models.Model):
    """Work on many certificates at once: prepared, looked at, then done in the background, one line after another."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        ISSUE = "issue", pgettext_lazy("batch", "Issue")
        REVOKE = "revoke", pgettext_lazy("batch", "Revoke")
        ARCHIVE = "archive", pgettext_lazy("batch", "Collect the PDFs")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    award = models.ForeignKey(Award, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("award"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("prepared"))
    started_at = models.DateTimeField(_("started"), null=True)
    public_reason = models.CharField(max_length=300, blank=True)
    internal_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("work in bulk")
        verbose_name_plural = _("works in bulk")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("certificate_batch", args=[self.uuid])

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lines are in each state."""
        found: Any = self.lines.values_list("state").annotate(many=Count("pk")).order_by()
        return dict.fromkeys(BatchLine.State.values, 0) | dict(found)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def remaining(self) -> int:
        return self.counts[BatchLine.State.WAITING]

    @property
    def is_done(self) -> bool:
        return self.started_at is not None and not self.remaining


class BatchLine(models.Model):
    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        LEFT_OUT = "left_out", pgettext_lazy("batch", "Left out")
        WAITING = "waiting", pgettext_lazy("batch", "Waiting")
        DONE = "done", pgettext_lazy("batch", "Done")
        FAILED = "failed", pgettext_lazy("batch", "Failed")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, null=True, related_name="+")
    given = models.CharField(max_length=254, blank=True)  # the address as it was pasted, where nobody has it
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    qualifies = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a work in bulk")
        verbose_name_plural = _("lines of works in bulk")
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "state"], name="batch_line_by_state")]

    def __str__(self) -> str:
        return f"{self.given or self.user_id} · {self.state}"


class TaskFailureQuerySet(models.QuerySet["TaskFailure"]):
    def open(self) -> Any:
        return self.filter(solved_at=None)

    def due(self, now: datetime) -> Any:
        return self.open().filter(next_try_at__lte=now)


class TaskFailure(models.Model):
    """Background work that failed: kept until it goes through, tried again later and later."""

    mark = models.CharField(max_length=64, unique=True, editable=False)  # task and arguments: one row for one work
    task = models.CharField(_("work"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=dict)
    error = models.CharField(_("error"), max_length=500)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    first_at = models.DateTimeField(_("first failed"))
    last_at = models.DateTimeField(_("last failed"))
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    solved_at = models.DateTimeField(_("solved"), null=True, blank=True)

    objects: ClassVar[Any] = TaskFailureQuerySet.as_manager()

    class Meta:
        verbose_name = _("failed task")
        verbose_name_plural = _("failed tasks")
        ordering = ["-last_at"]
        indexes = [models.Index(fields=["next_try_at"], name="task_failure_by_next_try")]

    def __str__(self) -> str:
        return f"{self.task.rsplit('.', 1)[-1]} · {self.error}"

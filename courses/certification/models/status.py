"""The published lists of bits that say which certificates were taken back."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.certification import statuslist


class StatusList(models.Model):
    """A published list of bits. Its signed form is kept, and signed anew at each change and every day."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    signed = models.TextField(blank=True, editable=False)
    signed_at = models.DateTimeField(_("signed"), null=True, editable=False)

    class Meta:
        verbose_name = _("status list")
        verbose_name_plural = _("status lists")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"#{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("credentials_status", args=[self.number])


class StatusEntry(models.Model):
    """One bit. It outlives the certificate it was drawn for: erasing a person must not clear a revocation."""

    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="entries")
    index = models.PositiveIntegerField(validators=[MaxValueValidator(statuslist.SIZE - 1)])
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("status entry")
        verbose_name_plural = _("status entries")
        constraints = [models.UniqueConstraint(fields=["status_list", "index"], name="status_entry_once")]

    def __str__(self) -> str:
        return f"{self.status_list_id}:{self.index}"

"""One more go at an exam's scenario, granted by staff to one person: a power cut, an illness."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sandbox.models.shifts import Shift
from sandbox.querysets import FurtherGoQuerySet


class FurtherGo(models.Model):
    """The decision that `after` may be sat again, once. Only ever added; a later shift uses it up, nothing need be stored."""

    wagtail_reference_index_ignore = True

    # One for a shift, whoever clicks how often: the next one needs the next shift.
    after = models.OneToOneField(
        Shift, on_delete=models.CASCADE, related_name="further_go", verbose_name=_("shift sat before")
    )
    reason = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("Kept, and read by the learner. Never a diagnosis: “power cut on 3 March” is enough."),
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted"))

    objects = FurtherGoQuerySet.as_manager()

    class Meta:
        verbose_name = _("another go at an exam")
        verbose_name_plural = _("other goes at an exam")
        ordering = ["-granted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.after.user} · {self.after.version.scenario}"

"""What people think of a written reply: its author first, then an instructor."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sandbox.engine.scoring.replies import ReplyMark
from sandbox.models.shifts import Act


class Mark(models.Model):
    """One opinion on one reply or statement: 0 to 3 for each criterion of the rubric. Never replaced; the newest counts.

    One's own mark (`own`) is given once, before one sees any other; it is kept beside the instructors', not among them.
    """

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="marks", verbose_name=_("reply"))
    own = models.BooleanField(_("by the author of the reply"), default=False)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    levels = models.JSONField(_("levels"))  # criterion → 0 to 3
    capped = models.BooleanField(_("worth nothing"), default=False)
    remark = models.TextField(_("remark"), blank=True)
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("marker")
    )
    marked_at = models.DateTimeField(_("marked"))

    class Meta:
        verbose_name = _("mark of a reply")
        verbose_name_plural = _("marks of replies")
        ordering = ["act", "own", "-number"]
        constraints = [models.UniqueConstraint(fields=["act", "own", "number"], name="mark_number")]

    def __str__(self) -> str:
        return f"{self.act_id} · {self.number}"

    def value(self) -> ReplyMark:
        """Return the mark as the engine counts it."""
        return ReplyMark(str(self.act.key), self.levels, self.capped)

    def says(self, **fields: Any) -> bool:
        """Say whether this mark holds exactly these fields."""
        return all(getattr(self, name) == value for name, value in fields.items())

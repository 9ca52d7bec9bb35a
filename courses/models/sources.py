"""Where the files of a page are, so that what was loaded is exported under the names it had."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceFile(models.Model):
    """Hangs on the translation key: one name for every language. A page made in the admin has none."""

    key = models.UUIDField(unique=True)
    path = models.CharField(max_length=255, db_index=True)  # stems joined by /, such as moderation/01-why/quiz

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")

    def __str__(self) -> str:
        return self.path

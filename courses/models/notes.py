"""What a learner keeps for oneself. It hangs on translation keys, as records do."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.querysets import NoteQuerySet


class Note(models.Model):
    """A learner's own margin of a lesson: a text in Markdown, highlights, a bookmark. Nobody else ever reads it.

    One row for all of them, so that a lesson page asks once.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes", verbose_name=_("learner")
    )
    course_key = models.UUIDField(_("course"))
    activity_key = models.UUIDField(_("lesson"))
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True, editable=False)  # cleaned, rendered when saved
    folded = models.TextField(blank=True, editable=False)  # text and quotes, without case and accents: for the search
    highlights = models.JSONField(_("highlights"), default=list, blank=True)  # see courses.notes.highlights
    version = models.PositiveIntegerField(default=0)  # two tabs: the second to save is told of the first
    written_at = models.DateTimeField(_("written"), null=True, blank=True)
    bookmarked_at = models.DateTimeField(_("bookmarked"), null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [models.UniqueConstraint(fields=["user", "activity_key"], name="note_once")]
        indexes = [models.Index(fields=["user", "-written_at"], name="note_by_change")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.activity_key}"

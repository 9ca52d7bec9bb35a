"""What a person marks: the answers that wait, the opinions given on them, and the files candidates sent."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.attempts import Attempt
from quizzes.models.bank import QuestionVersion
from quizzes.querysets import MarkedAnswerQuerySet


class MarkedAnswer(models.Model):
    """An answer of a submitted attempt that a person marks. Its key names it to markers: no name, no attempt."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="marked_answers")
    slot = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="marked_answers")
    submitted_at = models.DateTimeField(_("submitted"))
    marked_at = models.DateTimeField(_("marked"), null=True, blank=True)

    objects = MarkedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to mark")
        verbose_name_plural = _("answers to mark")
        ordering = ["submitted_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="marked_answer_once_per_slot")]
        indexes = [models.Index(fields=["submitted_at"], condition=Q(marked_at=None), name="answers_that_wait")]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.slot}"


class Marking(models.Model):
    """One opinion on one answer: a level for each criterion, a remark. Never replaced; the newest counts."""

    answer = models.ForeignKey(MarkedAnswer, on_delete=models.CASCADE, related_name="markings")
    number = models.PositiveSmallIntegerField(_("number"))
    levels = models.JSONField(_("levels"))  # criterion → points of the level chosen
    comment = models.TextField(_("remark to the candidate"), blank=True)
    reason = models.CharField(_("reason of the change"), max_length=300, blank=True)
    fraction = models.DecimalField(max_digits=15, decimal_places=12)
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("marker")
    )
    marked_at = models.DateTimeField(_("marked"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["answer", "-number"]
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="marking_number")]

    def __str__(self) -> str:
        return f"{self.answer_id} · {self.number}"


def private_storage() -> FileSystemStorage:
    """Return the folder of candidates' files: beside the public media, with no address of its own."""
    return FileSystemStorage(location=Path(settings.DATA_DIR) / "answers", base_url=None)


def unguessable(upload: Any, _filename: str) -> str:
    return f"{upload.key.hex[:2]}/{upload.key.hex}"


class Upload(models.Model):
    """A file sent in an attempt. The name is the candidate's, the kind is what its content shows."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="uploads")
    slot = models.PositiveSmallIntegerField()
    file = models.FileField(storage=private_storage, upload_to=unguessable, max_length=100)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20)
    size = models.PositiveIntegerField(_("size"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("file of an answer")
        verbose_name_plural = _("files of answers")
        indexes = [models.Index(fields=["attempt", "slot"], name="uploads_of_a_slot")]

    def __str__(self) -> str:
        return self.name


def forget_the_file(*, instance: Upload, **_kwargs: Any) -> None:
    """Whatever deletes the row (an account erased, a newer file) takes the file with it."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


models.signals.post_delete.connect(forget_the_file, sender=Upload, dispatch_uid="quizzes-upload-file")

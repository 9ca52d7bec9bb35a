"""Who played what. A shift is its version, its seed and its acts; the feed itself is rebuilt, never stored."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sandbox.engine.codes import WRITTEN
from sandbox.models.pages import Mode
from sandbox.models.scenario import ScenarioVersion
from sandbox.querysets import ActQuerySet, ShiftQuerySet


class Shift(models.Model):
    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        ENDED = "ended", _("Ended")
        STOPPED = "stopped", _("Stopped")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shifts", verbose_name=_("learner")
    )
    version = models.ForeignKey(
        ScenarioVersion, on_delete=models.PROTECT, related_name="shifts", verbose_name=_("version")
    )
    course_key = models.UUIDField(_("course"))
    activity_key = models.UUIDField(_("activity"))
    seed = models.BigIntegerField(_("seed"))
    rules_version = models.PositiveSmallIntegerField(_("rules version"))
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.PRACTICE)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # The server's clock: simulated minute `clock_minute` was reached at `clock_from`; None while paused.
    clock_minute = models.FloatField(default=0)
    clock_from = models.DateTimeField(null=True, blank=True)
    pace = models.FloatField(_("pace"))
    # What the trainee chose not to meet; an exam leaves nothing out.
    left_out = models.JSONField(_("topics left out"), default=list, blank=True)
    severity_cap = models.PositiveSmallIntegerField(_("highest severity"), default=4)
    lightened = models.BooleanField(
        _("lightened"), default=False
    )  # something does not come for it: it counts for oneself
    marks_first = models.BooleanField(_("the pass waits for the marks of texts"), default=False)
    revision = models.PositiveIntegerField(default=0)  # number of acts so far: names a state, cheap to compare
    result = models.DecimalField(_("result"), max_digits=6, decimal_places=5, null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)
    words = models.TextField(_("own words"), blank=True)
    words_at = models.DateTimeField(null=True, blank=True)
    commitment = models.CharField(_("commitment"), max_length=300, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "activity_key"], condition=models.Q(state="running"), name="shift_one_running"
            ),
        ]
        indexes = [models.Index(fields=["user", "activity_key", "-started_at"], name="shift_by_learner")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.key}"

    @property
    def running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def practice(self) -> bool:
        return self.mode == Mode.PRACTICE

    @property
    def awaits_marks(self) -> bool:
        """It is over, and neither passed nor failed until its texts are marked."""
        return self.state == self.State.ENDED and self.passed is None

    @property
    def paused(self) -> bool:
        return self.running and self.clock_from is None


class StressNote(models.Model):
    """How a shift felt, for its author alone: never scored, shown to nobody else, not in the admin."""

    shift = models.OneToOneField(Shift, on_delete=models.CASCADE, related_name="stress_note", verbose_name=_("shift"))
    text = models.TextField(_("note"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")

    def __str__(self) -> str:
        return str(self.shift_id)


class Act(models.Model):
    """One act, as it was received; never changed, never deleted but with its shift."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="acts", verbose_name=_("shift"))
    key = models.UUIDField(help_text=_("Made by the form: a second sending of the same act counts once."))
    sequence = models.PositiveIntegerField()
    minute = models.FloatField(_("minute"))
    received_at = models.DateTimeField(_("received"))
    action = models.CharField(_("action"), max_length=20)
    comment = models.CharField(_("comment"), max_length=80, blank=True)
    payload = models.JSONField(default=dict)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["shift", "key"], name="act_once"),
            models.UniqueConstraint(fields=["shift", "sequence"], name="act_in_sequence"),
        ]
        indexes = [
            models.Index(fields=["received_at"], condition=models.Q(action__in=sorted(WRITTEN)), name="acts_written"),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} · {self.sequence} · {self.action}"

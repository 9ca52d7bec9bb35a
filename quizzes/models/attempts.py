"""What a candidate did. An attempt stores the form it drew, so that no later edit reaches it."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.delivery.timing import NETWORK, last_call
from quizzes.models.bank import QuestionVersion
from quizzes.models.quiz import Quiz
from quizzes.querysets import AttemptQuerySet

GRACE = NETWORK  # see quizzes.delivery.timing


class Attempt(models.Model):
    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of an attempt", "Open")
        SUBMITTED = "submitted", pgettext_lazy("state of an attempt", "Submitted")
        VOID = "void", pgettext_lazy("state of an attempt", "Not counted")

    class Closing(models.TextChoices):
        LEARNER = "learner", _("Submitted by the learner")
        DEADLINE = "deadline", _("Closed at the deadline")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiz_attempts", verbose_name=_("learner")
    )
    course_key = models.UUIDField(_("course"))
    activity_key = models.UUIDField(_("activity"))
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts", verbose_name=_("quiz"))
    quiz_version = models.ForeignKey(
        "quizzes.QuizVersion", on_delete=models.PROTECT, null=True, related_name="attempts", verbose_name=_("version")
    )
    number = models.PositiveIntegerField(_("number"), default=1)
    seed = models.BigIntegerField()
    # Versions, weights, order of options, rules of the quiz and engine: see quizzes.paper. No language in it.
    form = models.JSONField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    started_at = models.DateTimeField(_("started"))
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    closing = models.CharField(_("closing"), max_length=10, choices=Closing, blank=True)
    honour = models.TextField(_("statement agreed to"), blank=True)  # as it was read, in its language
    watched = models.BooleanField(_("agreed to the log of focus and network"), default=False)
    first_open = models.PositiveSmallIntegerField(_("first open question"), default=1)  # see quizzes.delivery.order
    clocks = models.JSONField(default=dict, editable=False)  # of sections and questions: see quizzes.delivery.clocks
    desk = models.UUIDField(null=True, editable=False)  # the window that answers now; another one takes over visibly
    points = models.DecimalField(_("points"), max_digits=18, decimal_places=9, null=True, blank=True)
    out_of = models.DecimalField(_("out of"), max_digits=18, decimal_places=9, null=True, blank=True)
    fraction = models.DecimalField(_("result"), max_digits=10, decimal_places=9, null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "activity_key"], condition=Q(state="open"), name="attempt_one_open"
            ),
            models.UniqueConstraint(fields=["user", "activity_key", "number"], name="attempt_number"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.quiz_id} · {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def awaits_a_marker(self) -> bool:
        """Return whether the answers are in but a person has still to mark some: there is no result yet."""
        return self.state == self.State.SUBMITTED and self.fraction is None

    @property
    def is_void(self) -> bool:
        return self.state == self.State.VOID

    @property
    def last_call(self) -> datetime | None:
        """Return until when the attempt may be submitted; the paper says what becomes of it then."""
        if self.deadline is None:
            return None
        rules = self.form.get("rules", {})
        return last_call(self.deadline, rules.get("grace", "submit"), rules.get("grace_minutes", 0))

    def takes_answers(self, now: datetime) -> bool:
        """Return whether an answer that arrives `now` still counts."""
        return self.is_open and (self.deadline is None or now <= self.deadline + GRACE)

    def is_overdue(self, now: datetime) -> bool:
        """Return whether the attempt is to be closed: no answer and no submission counts any more."""
        return self.last_call is not None and now > self.last_call


class Answer(models.Model):
    """The newest answer to one slot of an attempt."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    slot = models.PositiveSmallIntegerField()
    raw = models.JSONField()
    response = models.JSONField()
    sequence = models.BigIntegerField()
    saved_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)  # its correction was shown: it is settled
    hints = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="answer_once_per_slot")]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.slot}"


class ScoreLine(models.Model):
    """How one slot was scored. A later mark adds a line; none is ever replaced."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="score_lines")
    slot = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="score_lines")
    objective = models.CharField(max_length=80, blank=True)
    raw = models.JSONField()
    response = models.JSONField()
    rule = models.CharField(max_length=40)
    fraction = models.DecimalField(max_digits=15, decimal_places=12)
    hints = models.PositiveSmallIntegerField(default=0)  # their price is taken off the fraction already
    weight = models.DecimalField(max_digits=6, decimal_places=2)
    points = models.DecimalField(max_digits=18, decimal_places=12)
    scored_by = models.CharField(max_length=40, default="engine")
    engine = models.CharField(max_length=10)
    scored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("score line")
        verbose_name_plural = _("score lines")
        ordering = ["slot", "pk"]
        indexes = [models.Index(fields=["version", "scored_at"], name="score_line_by_version")]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.slot} · {self.fraction}"

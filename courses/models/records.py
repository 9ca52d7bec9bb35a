"""What a learner has done. Records hang on translation keys: one course, one enrolment, two languages."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.querysets import ActivityRecordQuerySet, EnrolmentQuerySet

VISIT_GAP = timedelta(minutes=30)  # a longer silence ends a visit


class Enrolment(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments", verbose_name=_("learner")
    )
    course_key = models.UUIDField(_("course"), help_text=_("Translation key of the course page."))
    enrolled_at = models.DateTimeField(_("enrolled"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    last_activity_key = models.UUIDField(_("last activity"), null=True, blank=True)
    last_seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    # The end of the visit before the current one: what was published since is news to the learner.
    previous_seen_at = models.DateTimeField(_("seen before that"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="enrolment_once")]
        indexes = [models.Index(fields=["course_key", "enrolled_at"], name="enrolment_by_course")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.course_key}"

    def seen_until(self, now: datetime) -> datetime:
        """Return when the learner's visit before this one ended; the enrolment, if this is the first."""
        if self.last_seen_at and now - self.last_seen_at > VISIT_GAP:
            return self.last_seen_at
        return self.previous_seen_at or self.enrolled_at

    def news_since(self, now: datetime) -> datetime:
        """Return from when a new activity is news: the end of the course, if the learner got there."""
        return self.completed_at or self.seen_until(now)


class ActivityRecord(models.Model):
    class State(models.TextChoices):
        BEGUN = "begun", _("Begun")
        DONE = "done", _("Done")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activity_records", verbose_name=_("learner")
    )
    course_key = models.UUIDField(_("course"))
    activity_key = models.UUIDField(_("activity"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.BEGUN)
    best_fraction = models.DecimalField(_("best result"), max_digits=6, decimal_places=5, null=True, blank=True)
    passed = models.BooleanField(_("passed"), default=False)
    place = models.CharField(
        _("place"), max_length=20, blank=True, help_text=_("Where in the lesson the learner stopped reading.")
    )
    begun_at = models.DateTimeField(_("begun"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"))

    objects = ActivityRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity record")
        verbose_name_plural = _("activity records")
        constraints = [models.UniqueConstraint(fields=["user", "activity_key"], name="activity_record_once")]
        indexes = [
            models.Index(fields=["user", "course_key"], name="activity_record_by_course"),
            models.Index(fields=["course_key", "activity_key"], name="activity_record_usage"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.activity_key} · {self.state}"


class ActivityPass(models.Model):
    """One pass of an activity and its result, never taken back: a renewal counts those since the certificate."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activity_passes")
    activity_key = models.UUIDField()
    fraction = models.DecimalField(max_digits=6, decimal_places=5, null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("pass of an activity")
        verbose_name_plural = _("passes of activities")
        constraints = [models.UniqueConstraint(fields=["user", "activity_key", "at"], name="activity_pass_once")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.activity_key} · {self.at:%Y-%m-%d}"


class CheckAnswer(models.Model):
    """The answer to an interactive block inside a lesson; the last one counts.

    `chosen` is what the block made of it (see `courses.blocks.interactive`); `correct` is empty where nothing is right
    or wrong, as in a self-assessment.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="check_answers")
    activity_key = models.UUIDField()
    check_key = models.CharField(max_length=60)
    chosen = models.JSONField(default=list)
    correct = models.BooleanField(null=True)
    tries = models.PositiveSmallIntegerField(default=1)
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer to a knowledge check")
        verbose_name_plural = _("answers to knowledge checks")
        constraints = [models.UniqueConstraint(fields=["user", "check_key"], name="check_answer_once")]
        indexes = [
            models.Index(fields=["user", "activity_key"], name="check_answer_by_activity"),
            models.Index(fields=["activity_key", "check_key"], name="check_answer_usage"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.check_key}"

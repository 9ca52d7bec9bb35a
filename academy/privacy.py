"""What the academy keeps of a person, for them to take away. The keys of quizzes and scenarios are nobody's own data.

Every table that points at a person is named here, or in NOT_THEIRS with the reason; a test holds it.
"""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Model

from courses.certification.models import Certificate
from courses.models import ActivityPass, ActivityRecord, CalendarAddress, CheckAnswer, Enrolment, Note
from quizzes.models import Accommodation, Answer, Attempt, Mistake
from sandbox.models import Act, FurtherGo, Shift

Table = tuple[type[Model], str, tuple[str, ...]]

PROFILE = ("email", "display_name", "certificate_name", "language", "time_zone", "date_joined", "last_login")
# name in the file: model, the way to its person, what is told of each row
TABLES: dict[str, Table] = {
    "addresses": (EmailAddress, "user", ("email", "verified", "primary")),
    "second_steps": (Authenticator, "user", ("type", "created_at", "last_used_at")),
    "sessions": (UserSession, "user", ("created_at", "ip", "user_agent", "last_seen_at")),
    "enrolments": (Enrolment, "user", ("course_key", "enrolled_at", "completed_at", "last_seen_at")),
    "results": (
        ActivityRecord,
        "user",
        ("course_key", "activity_key", "state", "best_fraction", "passed", "begun_at", "completed_at"),
    ),
    "passes": (ActivityPass, "user", ("activity_key", "fraction", "at")),
    "lesson_answers": (CheckAnswer, "user", ("activity_key", "check_key", "chosen", "tries", "answered_at")),
    "notes": (Note, "user", ("course_key", "activity_key", "text", "highlights", "written_at", "bookmarked_at")),
    "calendar": (CalendarAddress, "user", ("made_at",)),
    "quiz_attempts": (
        Attempt,
        "user",
        ("key", "activity_key", "number", "state", "started_at", "submitted_at"),
    ),
    "quiz_answers": (Answer, "attempt__user", ("attempt__key", "slot", "raw", "saved_at")),
    "questions_to_repeat": (Mistake, "user", ("activity_key", "due_at", "reviews", "made_at")),
    "extra_time": (Accommodation, "user", ("extra_percent", "extra_minutes", "reason", "granted_at")),
    "shifts": (Shift, "user", ("key", "activity_key", "mode", "state", "started_at", "ended_at", "result", "passed")),
    "shift_acts": (Act, "shift__user", ("shift__key", "minute", "action", "comment", "payload", "received_at")),
    "further_goes": (FurtherGo, "after__user", ("after__key", "reason", "granted_at")),
    "certificates": (
        Certificate,
        "user",
        ("code", "holder", "issued_at", "valid_until", "revoked_at", "public_reason"),
    ),
}
NOT_THEIRS = {
    "Page", "Revision", "WorkflowState", "TaskState", "Comment", "CommentReply", "PageSubscription",  # the team's work
    "Question", "Quiz", "Scenario", "Document", "Image", "UploadedFile",  # that they locked or brought for a course
    "UserProfile", "EditingSession", "FormState", "APIToken",  # settings of the authoring desk
}  # fmt: skip


def takeaway(*, user: Any, now: datetime) -> dict[str, Any]:
    """Return all that is kept of `user`, as plain values. One query a table."""
    kept: dict[str, Any] = {"written_at": now, "profile": {name: getattr(user, name) for name in PROFILE}}
    for name, (model, way, columns) in TABLES.items():
        kept[name] = list(model._default_manager.filter(**{way: user}).order_by("pk").values(*columns))
    return kept

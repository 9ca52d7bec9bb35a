"""When the quizzes of one's courses open and close, told to the learner's calendar."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.addresses import address_of
from courses.calendar.deadlines import LATE, Deadline, announces_deadlines
from courses.models import ActivityRecord, CoursePage, Enrolment
from courses.outline import COURSE_DEPTH
from quizzes.models import QuizPage


@announces_deadlines
def quiz_windows(*, user: Any, now: datetime) -> Iterable[Deadline]:
    """Yield the opening and the closing of each quiz the learner has not passed yet. One query."""
    taken = Enrolment.objects.filter(user=user).values("course_key")
    courses = CoursePage.objects.live().filter(translation_key__in=taken, locale__language_code=get_language())
    of_mine = courses.filter(path=Substr(OuterRef("path"), 1, COURSE_DEPTH * Page.steplen))
    passed = ActivityRecord.objects.filter(user=user, activity_key=OuterRef("translation_key"), passed=True)
    # Columns rather than pages: building the three tables' objects costs more than the question.
    windows = (
        QuizPage.objects.live()
        .filter(Q(quiz__opens_at__gt=now) | Q(quiz__closes_at__gte=now - LATE), locale__language_code=get_language())
        .filter(Exists(of_mine), ~Exists(passed))
        .values_list("translation_key", "title", "url_path", "quiz__opens_at", "quiz__closes_at")
    )
    for key, title, path, opens, closes in windows:
        if opens and opens > now:
            words = _("A quiz opens: %(title)s") % {"title": title}
            yield Deadline(f"quiz-opens-{key}", words, opens, address_of(path))
        if closes and closes >= now - LATE:
            words = _("A quiz closes: %(title)s") % {"title": title}
            yield Deadline(f"quiz-closes-{key}", words, closes, address_of(path), late=closes < now)

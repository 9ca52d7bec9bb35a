"""The scheduled closing: what is overdue is closed with what it has; the rest is left alone; twice changes nothing."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from quizzes import services
from quizzes.models import GRACE, Attempt, ScoreLine
from quizzes.posting import sort_fields
from tests.factories import UserFactory
from tests.quizzes.building import perfect_fields, plant_quiz, quiz_file, sitting_of

pytestmark = pytest.mark.django_db


def begin(planted, user, *, ago):
    return services.start_attempt(
        user=user,
        quiz=planted.quiz,
        course_key=planted.tree.course_key,
        activity_key=planted.key,
        seed=3,
        now=timezone.now() - ago,
    )


def close():
    said = StringIO()
    call_command("close_overdue_attempts", stdout=said)
    return said.getvalue()


def test_only_what_is_overdue_is_closed_and_only_once(tree, django_assert_num_queries):
    planted = plant_quiz(tree, quiz_file(time_limit=10))
    minute = dt.timedelta(minutes=1)
    late, timely, gracious = (
        begin(planted, UserFactory(), ago=ago) for ago in (20 * minute, 5 * minute, 10 * minute + GRACE / 3)
    )
    services.save_answers(
        sitting=sitting_of(late),
        posted=sort_fields(perfect_fields(sitting_of(late)).items()),
        sequence=None,
        now=late.started_at + minute,
    )
    assert close() == "1 attempts closed\n"
    late.refresh_from_db()
    assert (late.closing, late.submitted_at, late.passed) == ("deadline", late.deadline, True)
    assert set(Attempt.objects.open()) == {timely, gracious}
    lines = ScoreLine.objects.count()
    with django_assert_num_queries(1):
        assert close() == "0 attempts closed\n"
    assert ScoreLine.objects.count() == lines


def test_an_attempt_without_a_limit_is_never_closed(tree):
    begin(plant_quiz(tree), UserFactory(), ago=dt.timedelta(days=90))
    assert close() == "0 attempts closed\n"


def test_an_attempt_that_may_still_be_submitted_waits_for_its_last_call(tree):
    planted = plant_quiz(tree, quiz_file(time_limit=10, grace="wait", grace_minutes=5))
    minute = dt.timedelta(minutes=1)
    waiting = begin(planted, UserFactory(), ago=12 * minute)
    over = begin(planted, UserFactory(), ago=16 * minute)
    assert close() == "1 attempts closed\n"
    assert list(Attempt.objects.open()) == [waiting]
    over.refresh_from_db()
    assert (over.state, over.fraction) == ("void", None)

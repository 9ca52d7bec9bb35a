from decimal import Decimal
from uuid import uuid4

import pytest
from django.http import QueryDict

from courses import services
from courses.models import ActivityPass, ActivityRecord, CheckAnswer, Enrolment
from tests.conftest import NOW
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(tree, learner):
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    return tree


def finish(tree, learner, *lessons):
    for lesson in lessons:
        services.complete_lesson(user=learner, course_key=tree.course_key, activity_key=lesson.translation_key, now=NOW)


def test_enrolling_twice_keeps_the_first_enrolment(course, learner):
    services.enrol(user=learner, course_key=course.course_key, now=NOW.replace(year=2027))
    assert Enrolment.objects.get().enrolled_at == NOW


def test_a_result_keeps_the_best_fraction_and_never_takes_a_pass_back(course, learner):
    key = uuid4()
    for fraction, passed in ((0.4, False), (0.9, True), (0.2, False)):
        services.record_result(
            user=learner, course_key=course.course_key, activity_key=key, fraction=fraction, passed=passed, now=NOW
        )
    record = ActivityRecord.objects.get(activity_key=key)
    assert (record.best_fraction, record.passed, record.state) == (Decimal("0.9"), True, "done")


def test_every_pass_is_kept_once_with_its_own_result(course, learner):
    key = uuid4()
    later = NOW.replace(year=2027)
    for fraction, passed, at in ((0.4, False, NOW), (0.9, True, NOW), (0.9, True, NOW), (0.7, True, later)):
        services.record_result(
            user=learner, course_key=course.course_key, activity_key=key, fraction=fraction, passed=passed, now=at
        )
    passes = ActivityPass.objects.filter(activity_key=key).order_by("at").values_list("fraction", "at")
    assert list(passes) == [(Decimal("0.9"), NOW), (Decimal("0.7"), later)]


def test_a_failed_result_leaves_the_activity_begun(course, learner):
    key = uuid4()
    services.record_result(
        user=learner, course_key=course.course_key, activity_key=key, fraction=0.5, passed=False, now=NOW
    )
    assert ActivityRecord.objects.get(activity_key=key).state == "begun"


def test_the_enrolment_completes_when_every_activity_is_done(course, learner):
    first, second = course.lessons["fr"]
    finish(course, learner, first)
    assert Enrolment.objects.get().completed_at is None
    finish(course, learner, second)
    assert Enrolment.objects.get().completed_at == NOW


def test_lessons_read_in_either_language_count_together(course, learner):
    finish(course, learner, course.lessons["fr"][0], course.lessons["en"][1])
    assert Enrolment.objects.get().completed_at == NOW


def test_a_lesson_added_later_does_not_uncomplete_the_course(course, learner):
    from courses.models import LessonPage
    from tests.factories import add_child

    finish(course, learner, *course.lessons["fr"])
    late = add_child(course.module["fr"], LessonPage, "Late", "late", uuid4(), minutes=5)
    finish(course, learner, course.lessons["fr"][0])
    assert Enrolment.objects.get().completed_at == NOW
    assert late.translation_key in services.activity_keys(course.course_key)


def test_an_unpublished_lesson_is_not_asked_for(course, learner):
    for language in ("fr", "en"):
        course.lessons[language][1].unpublish()
    finish(course, learner, course.lessons["fr"][0])
    assert Enrolment.objects.get().completed_at == NOW


def test_listeners_hear_of_progress_with_the_result_itself(course, learner):
    heard = []

    def listener(**news):
        heard.append(news)

    services.on_progress(listener)
    try:
        finish(course, learner, course.lessons["fr"][0])
    finally:
        services._listeners.remove(listener)
    assert heard == [{"user_id": learner.pk, "now": NOW}]


def test_a_checks_last_answer_counts_and_tries_are_counted(course, learner):
    lesson = course.lessons["fr"][0]
    block, value = lesson.interactive("k1")
    for chosen in ("choice=b", "choice=b", "choice=a&choice=not-a-letter"):
        state = block.state_of(value, QueryDict(chosen))
        services.answer_block(user=learner, lesson=lesson, block=block, value=value, state=state, now=NOW)
    answer = CheckAnswer.objects.get()
    assert (answer.chosen, answer.correct, answer.tries) == (["a"], True, 2)


def test_one_learners_records_are_not_anothers(course, learner):
    finish(course, learner, *course.lessons["fr"])
    stranger = UserFactory()
    assert not ActivityRecord.objects.of(stranger).exists()
    assert (
        ActivityRecord.objects.done_keys(user=stranger, activity_keys=services.activity_keys(course.course_key))
        == set()
    )

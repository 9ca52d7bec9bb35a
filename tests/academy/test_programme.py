"""The programme as it is shipped: four attestations, the final exam and the capstone make a certified community manager."""

import pytest

from academy.curriculum import FOLDER
from academy.curriculum_loading import load
from academy.curriculum_reading import read_curriculum
from courses.certification import services
from courses.certification.models import Award, Certificate
from courses.loading import key_named
from courses.services import enrol, record_result
from quizzes.blueprints import report_on
from quizzes.models import Quiz, QuizPage
from sandbox.models import ScenarioPage
from tests.conftest import NOW
from tests.factories import UserFactory
from tests.planting import replanted

pytestmark = pytest.mark.django_db
ATTESTATIONS = ("strategy", "moderation", "ethics", "crisis")
EXAM, CAPSTONE = "programme/01-final-exam/quiz", "programme/02-capstone/scenario"


@replanted(lambda: "curriculum")
def plant_curriculum():
    load(read_curriculum(FOLDER))


@pytest.fixture
def curriculum(db):
    plant_curriculum()


@pytest.fixture
def holder(curriculum):
    """Somebody who holds the four attestations and is enrolled in the certification."""
    user = UserFactory()
    for slug in ATTESTATIONS:
        services.issue(user=user, award=Award.objects.get(slug=slug), now=NOW)
    enrol(user=user, course_key=key_named("programme"), now=NOW)
    return user


@pytest.fixture
def result(holder, django_capture_on_commit_callbacks):
    def record(path, *, passed=True):
        with django_capture_on_commit_callbacks(execute=True):
            record_result(
                user=holder, course_key=key_named("programme"), activity_key=key_named(path), fraction=0.8,
                passed=passed, now=NOW,
            )  # fmt: skip

    return record


def titled(user):
    return Certificate.objects.filter(user=user, award__slug="certified-community-manager").count()


def test_exam_and_capstone_passed_the_title_is_issued_at_once(holder, result):
    result(EXAM)
    assert titled(holder) == 0
    result(CAPSTONE)
    assert titled(holder) == 1
    result(CAPSTONE)
    assert titled(holder) == 1


@pytest.mark.parametrize("failed", [EXAM, CAPSTONE])
def test_one_of_them_failed_nothing_is_issued(holder, result, failed):
    for path in (EXAM, CAPSTONE):
        result(path, passed=path != failed)
    assert titled(holder) == 0


def test_an_attestation_missing_nothing_is_issued(holder, result):
    Certificate.objects.filter(user=holder, award__slug="ethics").delete()
    result(EXAM)
    result(CAPSTONE)
    assert titled(holder) == 0


def test_the_exam_asks_forty_questions_ten_from_each_course_in_an_hour(curriculum):
    quiz = Quiz.objects.get(identifier="programme-final-exam")
    assert (quiz.exam, quiz.time_limit, float(quiz.pass_mark), quiz.max_attempts) == (True, 60, 0.7, 3)
    assert (quiz.first_delay, quiz.second_delay) == (1440, 1440)
    report = report_on(quiz)
    assert report.problems == ()
    assert [section.asked for section in report.sections] == [10, 10, 10, 10]
    assert all(section.available >= 16 for section in report.sections)


def test_the_pages_of_exams_tell_the_time_they_take(curriculum):
    minutes = {page.quiz.identifier: page.minutes for page in QuizPage.objects.filter(quiz__exam=True)}
    assert minutes == {"programme-final-exam": 60, "programme-renewal-exam": 40}


def test_the_renewal_exam_is_shorter_and_can_be_drawn(curriculum):
    report = report_on(Quiz.objects.get(identifier="programme-renewal-exam"))
    assert report.problems == ()
    assert report.asked == 25


def test_the_capstone_lasts_thirty_minutes_and_is_drawn_from_a_pool(curriculum):
    page = ScenarioPage.objects.get(slug="shift", mode="exam", locale__language_code="en")
    assert len(page.scenarios()) >= 2
    for scenario in page.scenarios():
        assert scenario.duration / scenario.pace == 30
        assert float(scenario.pass_mark) == 0.7
    page.full_clean()


def test_nothing_the_programme_asks_for_is_still_announced(curriculum):
    for award in Award.objects.all():
        assert award.awaits() == ()

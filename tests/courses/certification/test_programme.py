"""The programme end to end: four attestations, a final exam and a capstone bring the certificate, at once and once."""

import datetime as dt
import json

import pytest
from django.core import mail

from courses.certification import services
from courses.certification.models import Certificate
from courses.services import record_result
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, plant_tree

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
COURSES = ("strategy", "moderation", "ethics", "crisis")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def tree():
    return plant_tree(lessons=6)


@pytest.fixture
def programme(tree):
    """As in awards.yaml, once the file names the exam and the capstone."""
    *quizzes, exam, capstone = tree.lessons["fr"]
    attestations = [
        make_award(slug, requirements=[("activity", {"activity": quiz, "percent": None})])
        for slug, quiz in zip(COURSES, quizzes, strict=True)
    ]
    return make_award(
        "certified-community-manager",
        requirements=[
            *(("award", {"award": award}) for award in attestations),
            ("activity", {"activity": exam, "percent": 70}),
            ("activity", {"activity": capstone, "percent": None}),
        ],
    )


@pytest.fixture
def person():
    return UserFactory(language="en")


@pytest.fixture
def do(tree, programme, person, django_capture_on_commit_callbacks):
    """Do the activity of that number (0 to 3: a course; 4: the exam; 5: the capstone)."""

    def act(number, fraction=0.8, passed=True):
        with django_capture_on_commit_callbacks(execute=True):
            record_result(
                user=person,
                course_key=tree.course_key,
                activity_key=tree.lessons["fr"][number].translation_key,
                fraction=fraction,
                passed=passed,
                now=NOW,
            )

    return act


def given(programme):
    return Certificate.objects.filter(award=programme)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (4, 0, 1, 5, 2, 3)])
def test_the_last_thing_missing_brings_it_at_once_whatever_the_order(do, programme, order):
    for number in order[:-1]:
        do(number)
    assert not given(programme).exists()
    do(order[-1])
    certificate = given(programme).get()
    assert not certificate.facts.given
    assert [
        line["requiredValue"] for line in achievement(certificate)["resultDescription"] if "requiredValue" in line
    ] == ["70"]
    assert len(certificate.facts.results) == 2
    assert Certificate.objects.count() == 5
    assert len(mail.outbox) == 5
    do(order[-1])
    assert given(programme).count() == 1


def test_a_critical_miss_in_the_capstone_brings_nothing_until_it_is_held(do, programme):
    for number in range(5):
        do(number)
    do(5, fraction=0.95, passed=False)
    assert not given(programme).exists()
    do(5, fraction=0.7)
    assert given(programme).exists()


def test_an_exam_passed_below_what_the_programme_asks_brings_nothing(do, programme):
    for number in (0, 1, 2, 3, 5):
        do(number)
    do(4, fraction=0.69)
    assert not given(programme).exists()
    do(4, fraction=0.7)
    assert given(programme).exists()


def test_an_attestation_taken_back_is_missing(do, programme):
    for number in range(5):
        do(number)
    lost = Certificate.objects.get(award__slug="ethics")
    services.revoke(certificate=lost, actor=None, public_reason="x", internal_reason="y", now=NOW)
    do(5)
    assert not given(programme).exists()


def achievement(certificate):
    return json.loads(certificate.embedded)["credentialSubject"]["achievement"]

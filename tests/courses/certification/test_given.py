"""A certificate never says more than is true: who met the requirements reads so, who was given it reads that."""

import datetime as dt
import io
import json

import pikepdf
import pytest
from django.urls import reverse

from courses.certification import files, rendering, services
from courses.certification.snapshots import DECISION
from courses.services import enrol, record_result
from tests.courses.certification.conftest import make_snapshot
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, plant_tree

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def tree():
    return plant_tree(lessons=1)


@pytest.fixture
def award(tree):
    return make_award(course=tree.course["fr"])


def finish(person, tree):
    enrol(user=person, course_key=tree.course_key, now=NOW)
    (lesson,) = tree.lessons["fr"]
    record_result(
        user=person,
        course_key=tree.course_key,
        activity_key=lesson.translation_key,
        fraction=None,
        passed=True,
        now=NOW,
    )


def words_of(snapshot, language):
    return json.loads(rendering._data(snapshot, language, "", {}))


def test_whoever_is_given_it_without_meeting_the_rule_reads_that(award):
    certificate = services.issue(user=UserFactory(), award=award, now=NOW)
    assert certificate.facts.given
    assert [line["genre"] for line in json.loads(certificate.embedded)["evidence"]] == [DECISION]
    assert words_of(certificate.facts, "en")["criteria"] == "Attestation of the course."


def test_whoever_met_the_rule_reads_that_though_staff_gave_it(award, tree):
    person = UserFactory()
    finish(person, tree)
    certificate = services.issue(user=person, award=award, now=NOW)
    assert not certificate.facts.given
    assert "evidence" not in json.loads(certificate.embedded)
    assert words_of(certificate.facts, "en")["criteria"] == "Completed the whole course."


def test_where_there_is_no_rule_the_team_judges_its_criteria_met():
    assert not services.issue(user=UserFactory(), award=make_award(), now=NOW).facts.given


def test_what_was_earned_stays_earned_when_the_rule_asks_for_more(award, tree):
    person = UserFactory()
    finish(person, tree)
    first = services.issue(user=person, award=award, now=NOW)
    award.requirements = [("award", {"award": make_award("another")})]
    award.save()
    first.refresh_from_db()
    assert not services.renew(certificate=first, now=NOW + dt.timedelta(days=600)).facts.given


def test_what_was_given_is_renewed_as_given_until_it_is_earned(award, tree):
    person = UserFactory()
    first = services.issue(user=person, award=award, now=NOW)
    second = services.renew(certificate=first, now=NOW + dt.timedelta(days=600))
    assert second.facts.given
    finish(person, tree)
    assert not services.renew(certificate=second, now=NOW + dt.timedelta(days=1200)).facts.given


@pytest.mark.parametrize(("language", "says"), [("fr", "Décernée par décision"), ("en", "Given by decision")])
def test_its_page_its_file_and_the_answer_to_employers_say_it(client, award, language, says):
    certificate = services.issue(user=UserFactory(), award=award, now=NOW)
    page = client.get(f"/{language}/verify/{certificate.code}/").content.decode()
    assert says in page
    assert certificate.facts.award.criteria[language] not in page
    upload = io.BytesIO(files.file_of(certificate, "pdf"))
    upload.name = "certificate.pdf"
    assert says in client.post(f"/{language}/verify/file/", {"file": upload}).content.decode()
    assert client.get(reverse("credential_check", args=[certificate.code])).json()["basis"] == "decision"


@pytest.mark.parametrize("layout", ["classic-1", "diploma-1", "ledger-1"])
def test_every_design_draws_it_and_a_layout_may_have_words_of_its_own(signed, layout):
    own = {**rendering.DEFAULT_LOOK, "texts": {"earned": {"fr": "gagné"}, "given": {"fr": "est fait membre de"}}}
    for look in ({}, own):
        made = rendering.pdf(make_snapshot(given=True, layout=layout, look=look), signed.embedded)
        assert made.archival
        with pikepdf.open(io.BytesIO(made.content)) as pdf:
            assert len(pdf.pages) == 1
    said = words_of(make_snapshot(given=True, layout=layout, look=own), "fr")
    assert said[said["manner"]] == "est fait membre de"

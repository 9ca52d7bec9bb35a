"""Issue, evaluate, revoke, hide: once each, whatever happens at the same time."""

import datetime as dt
import json

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction

from courses.certification import did, services, signing
from courses.certification import issuer as issuers
from courses.certification.issuing import current_list
from courses.certification.models import Award, Certificate, StatusEntry, StatusList
from courses.certification.progress import certificate_of_course
from courses.certification.verification import Verdict
from courses.services import enrol, record_result
from tests.courses.certification import independent
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, plant_tree, user_in

NOW = dt.datetime(2026, 3, 2, 9, 30, 15, 700_000, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def person():
    return UserFactory(
        email="Ada@Example.org", display_name="Ada", certificate_name="Ada Lovelace", language="en", time_zone="UTC"
    )


@pytest.fixture
def award():
    return make_award()


@pytest.fixture
def certificate(person, award):
    return services.issue(user=person, award=award, now=NOW)


def finish(person, tree, now=NOW):
    enrol(user=person, course_key=tree.course_key, now=now)
    for lesson in tree.lessons["fr"]:
        record_result(
            user=person,
            course_key=tree.course_key,
            activity_key=lesson.translation_key,
            fraction=0.8,
            passed=True,
            now=now,
        )


def test_a_certificate_freezes_the_day(certificate, person, award):
    award.title_en, person.certificate_name = "Something else", "Somebody else"
    award.save()
    person.save()
    kept = Certificate.objects.get(pk=certificate.pk)
    assert (kept.holder, kept.facts.award.title["en"]) == ("Ada Lovelace", "Moderation")
    assert kept.issued_at == NOW.replace(microsecond=0)
    assert kept.valid_until == dt.datetime(2028, 3, 2, 9, 30, 15, tzinfo=dt.UTC)


def test_both_stored_texts_verify_for_a_stranger(certificate):
    issuer = issuers.current(now=NOW)
    published = did.document(issuer.ring, issuer.did)
    assert independent.embedded_holds(json.loads(certificate.embedded), published)
    assert independent.token_holds(certificate.token, published)


def test_no_stored_or_signed_text_holds_the_email(certificate):
    for text in (certificate.embedded, certificate.token, json.dumps(certificate.snapshot)):
        assert "ada@" not in text.lower()
    assert "ada@" not in json.dumps(independent.payload(certificate.token)).lower()


def test_the_salt_is_fresh_for_each_certificate(person):
    salts = {services.issue(user=person, award=make_award(f"a{n}"), now=NOW).facts.email_salt for n in range(3)}
    assert len(salts) == 3


def test_issuing_twice_is_issuing_once(certificate, person, award):
    assert services.issue(user=person, award=award, now=LATER) == certificate
    assert Certificate.objects.count() == StatusEntry.objects.count() == 1


def test_a_renewal_is_another_certificate(certificate, person, award):
    renewed = services.issue(user=person, award=award, now=LATER, renewal=1)
    assert renewed != certificate
    assert renewed.code != certificate.code


def test_the_first_issue_freezes_the_did(certificate, settings, academy_keys):
    before = issuers.current(now=NOW).did
    settings.SITE_URL = "https://moved.example"
    assert issuers.current(now=NOW).did == before == certificate.facts.issuer_did


def test_production_refuses_to_make_keys_by_itself(settings, tmp_path, person, award):
    settings.CREDENTIAL_KEYS_DIR = tmp_path / "nowhere"
    settings.CREDENTIAL_AUTOGENERATE_KEYS = False
    with pytest.raises(issuers.keys.KeysMissingError):
        services.issue(user=person, award=award, now=NOW)
    assert not Certificate.objects.exists()


def test_the_letter_is_in_the_learners_language(django_capture_on_commit_callbacks, award):
    french = UserFactory(display_name="Zoé", language="fr")
    with django_capture_on_commit_callbacks(execute=True):
        certificate = services.issue(user=french, award=award, now=NOW)
    (letter,) = mail.outbox
    assert letter.to == [french.email]
    assert "Modération" in letter.subject
    assert f"/fr/verify/{certificate.code}/" in letter.body
    assert [event.kind for event in certificate.events.all()] == ["issued", "mailed"]


def test_finishing_the_course_issues_the_award(django_capture_on_commit_callbacks, person):
    tree = plant_tree()
    award = make_award(course=tree.course["fr"])
    with django_capture_on_commit_callbacks(execute=True):
        finish(person, tree)
    certificate = Certificate.objects.get()
    assert (certificate.user, certificate.award) == (person, award)
    assert [result.percent for result in certificate.facts.results] == [80, 80]
    assert certificate.facts.results[0].name == {"fr": "Lesson 1 fr", "en": "Lesson 1 en"}


def test_the_letter_says_requirements_are_met_only_where_they_are(django_capture_on_commit_callbacks, person):
    tree = plant_tree()
    award = make_award(course=tree.course["fr"])
    with django_capture_on_commit_callbacks(execute=True):
        services.issue(user=UserFactory(language="en"), award=award, now=NOW)
        finish(tree=tree, person=person)
    by_hand, earned = (letter.body for letter in mail.outbox)
    assert "team has given you “Moderation”" in by_hand
    assert "You have met every requirement of “Moderation”" in earned
    assert "met every" not in by_hand
    assert "given you" not in earned


def test_half_a_course_issues_nothing(django_capture_on_commit_callbacks, person):
    tree = plant_tree()
    make_award(course=tree.course["en"])
    tree.lessons["fr"].pop()
    with django_capture_on_commit_callbacks(execute=True):
        finish(person, tree)
    assert not Certificate.objects.exists()


def test_an_inactive_or_held_award_is_left_alone(person, django_assert_max_num_queries):
    tree = plant_tree()
    finish(person, tree)
    award = make_award(course=tree.course["fr"])
    assert services.evaluate_awards(user_id=person.pk, now=NOW) == [award]
    assert services.evaluate_awards(user_id=person.pk, now=NOW) == []
    Certificate.objects.all().delete()
    Award.objects.update(active=False)
    with django_assert_max_num_queries(1):
        assert services.evaluate_awards(user_id=person.pk, now=NOW) == []


def test_a_revoked_award_is_not_handed_out_again_by_itself(person, settings):
    tree = plant_tree()
    finish(person, tree)
    award = make_award(course=tree.course["fr"])
    certificate = services.issue(user=person, award=award, now=NOW)
    services.revoke(certificate=certificate, actor=None, public_reason="Fraud.", internal_reason="Shared", now=LATER)
    assert services.evaluate_awards(user_id=person.pk, now=LATER) == []


def test_revoking_does_everything_at_once(certificate, django_capture_on_commit_callbacks):
    chief = user_in("Administrators")
    with django_capture_on_commit_callbacks(execute=True):
        services.revoke(
            certificate=certificate, actor=chief, public_reason="Exam shared.", internal_reason="See case 12", now=LATER
        )
    certificate.refresh_from_db()
    assert certificate.verdict(LATER) is Verdict.REVOKED
    assert certificate.revoked_by == chief
    assert certificate.events.filter(kind="revoked", actor=chief).exists()
    published = json.loads(StatusList.objects.get().signed)
    assert independent.bit(published, certificate.status_entry.index) == 1
    assert "Exam shared." in mail.outbox[-1].body
    assert "case 12" not in mail.outbox[-1].body


def test_revoking_twice_keeps_the_first_reason(certificate):
    for reason in ("First.", "Second."):
        services.revoke(certificate=certificate, actor=None, public_reason=reason, internal_reason="x", now=LATER)
    certificate.refresh_from_db()
    assert certificate.public_reason == "First."
    assert certificate.events.filter(kind="revoked").count() == 1


@pytest.mark.parametrize("role", ["Learners", "Instructors"])
def test_revoking_takes_the_permission(certificate, role):
    with pytest.raises(PermissionDenied):
        services.revoke(certificate=certificate, actor=user_in(role), public_reason="a", internal_reason="b", now=LATER)
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


@pytest.mark.parametrize(("public", "internal"), [("", "b"), ("a", " ")])
def test_revoking_takes_both_reasons(certificate, public, internal):
    with pytest.raises(ValueError, match="reason"):
        services.revoke(certificate=certificate, actor=None, public_reason=public, internal_reason=internal, now=LATER)


def test_when_the_list_cannot_be_signed_nothing_is_revoked(certificate, settings, tmp_path):
    settings.CREDENTIAL_KEYS_DIR = tmp_path / "lost"
    settings.CREDENTIAL_AUTOGENERATE_KEYS = False
    with pytest.raises(issuers.keys.KeysMissingError), transaction.atomic():
        services.revoke(certificate=certificate, actor=None, public_reason="a", internal_reason="b", now=LATER)
    certificate.refresh_from_db()
    assert certificate.revoked_at is None
    assert certificate.status_entry.revoked_at is None


def test_erasing_the_person_keeps_the_certificate_and_its_bit(certificate, person):
    services.revoke(certificate=certificate, actor=None, public_reason="a", internal_reason="b", now=LATER)
    person.delete()
    entry = StatusEntry.objects.get()
    assert entry.revoked_at == LATER
    assert Certificate.objects.get().user is None


def test_the_list_is_signed_anew_every_day_and_no_oftener(certificate):
    status_list = StatusList.objects.get()
    first = services.fresh_status_list(status_list=status_list, now=NOW)
    status_list.refresh_from_db()
    assert services.fresh_status_list(status_list=status_list, now=NOW + dt.timedelta(hours=23)) == first
    second = services.fresh_status_list(status_list=status_list, now=NOW + dt.timedelta(hours=25))
    assert json.loads(second)["validFrom"] == "2026-03-03T10:30:15Z"


def test_hiding_and_showing_leave_a_trace_once_each(certificate, person):
    for hidden in (True, True, False):
        services.set_hidden(certificate=certificate, hidden=hidden, actor=person, now=LATER)
        certificate.refresh_from_db()
    assert [event.kind for event in certificate.events.all()][1:] == ["hidden", "shown"]


def test_the_specimen_is_made_once_and_belongs_to_nobody(award):
    first = services.ensure_specimen(now=NOW)
    assert services.ensure_specimen(now=LATER) == first == Certificate.objects.specimen().get()
    assert (first.user, first.holder, first.specimen) == (None, "Camille Specimen", True)
    assert json.loads(first.embedded)["description"] == "SPECIMEN"
    assert not mail.outbox


def test_a_specimen_takes_an_award():
    with pytest.raises(Award.DoesNotExist):
        services.ensure_specimen(now=NOW)


def test_a_full_list_is_followed_by_another(certificate):
    first = certificate.status_entry.status_list
    assert current_list(full=2) == first
    assert current_list(full=1).number == first.number + 1


def test_signing_gives_what_is_stored(certificate):
    issuer = issuers.current(now=NOW)
    document = signing.read_token(certificate.token, ring=issuer.ring, did=issuer.did)
    assert document["id"] == certificate.uuid.urn


def test_a_finished_course_knows_its_certificate(person, award):
    tree = plant_tree()
    certificate = services.issue(user=person, award=make_award("course", course=tree.course["en"]), now=NOW)
    services.issue(user=person, award=award, now=LATER)
    assert certificate_of_course(user_id=person.pk, course_key=tree.course_key) == certificate
    assert certificate_of_course(user_id=person.pk, course_key=certificate.uuid) is None

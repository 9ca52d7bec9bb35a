"""Erasing a person: nothing of them is left, the bits stay."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from courses.certification import batches, files, register, services
from courses.certification.casework import BatchLine, NameCorrection, TaskFailure
from courses.certification.models import Certificate, StatusList
from courses.certification.verification import Verdict
from tests.courses.certification import independent
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def person():
    return UserFactory(email="ada@example.org", certificate_name="Ada Lovelace")


@pytest.fixture
def certificate(person):
    return services.issue(user=person, award=make_award(), now=timezone.now())


def erase(person, capture):
    with capture(execute=True):
        return services.erase_certificates(user=person, now=timezone.now())


def test_nothing_of_the_person_is_left(certificate, person, tmp_path, django_capture_on_commit_callbacks):
    services.ask_correction(certificate=certificate, name="Ada L.", reason="x", now=timezone.now())
    files.file_of(certificate, "pdf")
    batch = batches.prepare(kind="archive", certificates=[certificate], actor=None, now=timezone.now())
    batches.archive_path(batch.uuid).parent.mkdir(parents=True, exist_ok=True)
    batches.archive_path(batch.uuid).write_bytes(b"zip")
    TaskFailure.objects.create(
        mark="x", task="t", arguments={"user_id": person.pk}, first_at=timezone.now(), last_at=timezone.now()
    )
    assert erase(person, django_capture_on_commit_callbacks) == 1
    row = Certificate.objects.values().get()
    rest = json.dumps({k: v for k, v in row.items() if k != "award_id"}, default=str)
    for trace in ("Ada", "Lovelace", "ada@", certificate.facts.email_hash, certificate.facts.email_salt):
        assert trace not in rest
    assert (row["user_id"], row["embedded"], row["token"], row["hidden"]) == (None, "", "", True)
    for model in (NameCorrection, BatchLine, TaskFailure):
        assert not model.objects.exists()
    assert not [path for path in (tmp_path / "certificates").rglob("*") if path.is_file()]


def test_a_revocation_stays_published(certificate, person, django_capture_on_commit_callbacks):
    services.revoke(
        certificate=certificate, actor=None, public_reason="Ada lied", internal_reason="b", now=timezone.now()
    )
    erase(person, django_capture_on_commit_callbacks)
    signed = services.publish_status_list(status_list=StatusList.objects.get(), now=timezone.now())
    assert independent.bit(json.loads(signed), certificate.status_entry.index) == 1
    assert "Ada" not in Certificate.objects.get().public_reason
    assert not Certificate.objects.get().events.filter(note__contains="Ada").exists()


def test_its_file_and_its_address_become_unknown(client, certificate, person, django_capture_on_commit_callbacks):
    erase(person, django_capture_on_commit_callbacks)
    assert register.examine(certificate.embedded.encode(), now=timezone.now()).verdict is Verdict.UNKNOWN
    assert client.get(certificate.get_absolute_url()).status_code == 404
    assert client.get(reverse("credential_json", args=[certificate.uuid])).status_code == 404


def test_erasing_twice_is_erasing_once(certificate, person, django_capture_on_commit_callbacks):
    erase(person, django_capture_on_commit_callbacks)
    assert erase(person, django_capture_on_commit_callbacks) == 0
    assert Certificate.objects.get().events.filter(kind="erased").count() == 1


def test_however_an_account_is_deleted_its_certificates_are_erased(certificate, person):
    person.delete()
    assert Certificate.objects.get().erased_at is not None
    assert "Lovelace" not in json.dumps(Certificate.objects.get().snapshot)


def test_others_keep_theirs(certificate, person, django_capture_on_commit_callbacks):
    other = services.issue(user=UserFactory(certificate_name="Grace"), award=certificate.award, now=timezone.now())
    erase(person, django_capture_on_commit_callbacks)
    other.refresh_from_db()
    assert other.erased_at is None
    assert other.holder == "Grace"


def test_the_command_erases_and_deletes(certificate, person, capsys):
    with pytest.raises(CommandError, match="no user"):
        call_command("erase_learner", "nobody@example.org", "--yes")
    call_command("erase_learner", "ADA@example.org", "--yes", "--certificates-only")
    assert type(person).objects.filter(pk=person.pk).exists()
    call_command("erase_learner", "ada@example.org", "--yes")
    assert not type(person).objects.filter(pk=person.pk).exists()


def test_the_listing_shows_it_as_erased(client, certificate, person, django_capture_on_commit_callbacks):
    from tests.factories import training_manager

    erase(person, django_capture_on_commit_callbacks)
    client.force_login(training_manager())
    text = client.get(reverse("wagtailsnippets_courses_certificate:list"), {"state": "erased"}).content.decode()
    assert certificate.code in text
    assert "Lovelace" not in text
    for form in ("pdf", "json"):
        assert client.get(reverse("certificates:download", args=[certificate.code, form])).status_code == 404

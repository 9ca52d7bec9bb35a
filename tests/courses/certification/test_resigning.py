"""A key is compromised: what it signed is signed anew, word for word, and verifiers accept it again."""

import datetime as dt
import io
import json

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from courses.certification import did, files, keys, register, resigning, services
from courses.certification import issuer as issuers
from courses.certification.models import Certificate
from courses.certification.verification import Verdict
from tests.courses.certification import independent
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


@pytest.fixture
def own_keys(settings, tmp_path):
    settings.CREDENTIAL_KEYS_DIR, settings.DATA_DIR = tmp_path / "keys", tmp_path
    keys.create(tmp_path / "keys", now=NOW)


@pytest.fixture
def certificate():
    return services.issue(user=UserFactory(language="en"), award=make_award(valid_months=None), now=NOW)


def compromise(key, capture):
    out = io.StringIO()
    with capture(execute=True):
        call_command("credential_keys", "compromise", key, stdout=out)
    return out.getvalue()


def words_of(certificate):
    return {name: value for name, value in json.loads(certificate.embedded).items() if name != "proof"}


@pytest.mark.parametrize("key", ["ed25519-1", "rsa-1"])
def test_the_same_words_are_signed_by_the_new_key(certificate, key, django_capture_on_commit_callbacks):
    before = files.file_of(certificate, "pdf")
    assert "holders are told: 1." in compromise(key, django_capture_on_commit_callbacks)
    after = Certificate.objects.get()
    assert words_of(after) == words_of(certificate)
    issuer = issuers.current(now=NOW)
    document = did.document(issuer.ring, issuer.did)
    assert independent.embedded_holds(json.loads(after.embedded), document)
    assert independent.token_holds(after.token, document)
    assert files.file_of(after, "pdf") != before
    assert after.events.filter(kind="signed_anew").count() == 1
    assert mail.outbox[-1].subject == "Download your certificate again: Moderation"


def test_old_files_are_vouched_for_by_the_register_and_new_ones_by_their_signature(
    certificate, django_capture_on_commit_callbacks
):
    compromise("ed25519-1", django_capture_on_commit_callbacks)
    for text in (certificate.embedded, Certificate.objects.get().embedded):
        assert register.examine(text.encode(), now=timezone.now()).verdict is Verdict.VALID


def test_it_happens_once_and_only_to_what_the_key_has_signed(certificate, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("credential_keys", "rotate", stdout=io.StringIO())
        newer = services.issue(user=UserFactory(), award=certificate.award, now=NOW)
    compromise("ed25519-1", django_capture_on_commit_callbacks)
    certificate.refresh_from_db()
    assert not resigning.sign_anew(certificate=certificate, now=NOW)
    assert Certificate.objects.get(pk=newer.pk).embedded == newer.embedded
    assert newer.events.filter(kind="signed_anew").count() == 0


def test_what_was_erased_is_left_alone_and_what_was_revoked_sends_no_letter(
    certificate, django_capture_on_commit_callbacks
):
    other = services.issue(user=UserFactory(), award=certificate.award, now=NOW)
    services.erase_certificates(user=other.user, now=NOW)
    services.revoke(certificate=certificate, actor=None, public_reason="x", internal_reason="y", now=NOW)
    mail.outbox.clear()
    assert "told: 1." in compromise("rsa-1", django_capture_on_commit_callbacks)
    assert mail.outbox == []
    assert Certificate.objects.get(pk=other.pk).embedded == ""
    finding = register.examine(Certificate.objects.get(pk=certificate.pk).token.encode(), now=timezone.now())
    assert finding.verdict is Verdict.REVOKED

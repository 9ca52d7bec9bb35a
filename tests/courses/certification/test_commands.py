"""The commands: what they print, write, refuse."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.certification import services
from courses.certification.models import Certificate
from tests.courses.certification import independent
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def certificate():
    return services.issue(user=UserFactory(certificate_name="Ada"), award=make_award(), now=timezone.now())


def test_keys_are_made_listed_rotated_and_given_up(settings, tmp_path):
    settings.CREDENTIAL_KEYS_DIR = tmp_path / "fresh"
    with pytest.raises(CommandError, match="credential_keys new"):
        run("credential_keys", "list")
    assert "ed25519-1" in run("credential_keys", "new")
    with pytest.raises(CommandError, match="use rotate"):
        run("credential_keys", "new")
    assert "rsa-2" in run("credential_keys", "rotate")
    listed = run("credential_keys", "compromise", "rsa-2")
    assert "rsa-2        compromised" in listed
    assert "rsa-3        active" in listed
    assert "ed25519-3" not in listed
    with pytest.raises(CommandError, match="no key named"):
        run("credential_keys", "compromise", "rsa-9")


def test_keys_are_made_where_there_are_none_and_kept_where_there_are(settings, tmp_path):
    settings.CREDENTIAL_KEYS_DIR = tmp_path / "fresh"
    first = run("credential_keys", "new", "--if-none")
    assert run("credential_keys", "new", "--if-none") == first


def test_a_folder_that_cannot_be_written_and_keys_that_cannot_be_read_are_said(settings, tmp_path, certificate):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file"):
        run("export_did", "--output", str(tmp_path / "file"))
    settings.CREDENTIAL_KEYS_PASSWORD = "wrong"
    for words in (["credential_keys", "list"], ["export_did", "--output", str(tmp_path / "did")]):
        with pytest.raises(CommandError, match="cannot be read"):
            run(*words)


def test_an_erased_certificate_is_not_written(tmp_path, certificate):
    services.erase_certificates(user=certificate.user, now=timezone.now())
    with pytest.raises(CommandError, match="was erased"):
        run("export_credential", certificate.code, "--format", "json", "--output", str(tmp_path / "a"))
    assert not (tmp_path / "a").exists()


def test_nothing_private_is_ever_printed(settings, tmp_path):
    settings.CREDENTIAL_KEYS_DIR = tmp_path / "fresh"
    assert "PRIVATE" not in run("credential_keys", "new") + run("credential_keys", "rotate")


def test_a_certificate_is_given_by_hand_once():
    user, award = UserFactory(email="ada@example.org"), make_award()
    first = run("issue_certificate", "--user", "ADA@example.org", "--award", award.slug)
    assert run("issue_certificate", "--user", user.email, "--award", award.slug) == first
    assert Certificate.objects.get().code in first


def test_giving_names_who_or_what_is_missing():
    make_award()
    with pytest.raises(CommandError, match="no user"):
        run("issue_certificate", "--user", "x@example.org", "--award", "moderation")
    user = UserFactory()
    with pytest.raises(CommandError, match="There are: moderation"):
        run("issue_certificate", "--user", user.email, "--award", "none")


@pytest.mark.parametrize("form", ["json", "jwt", "png", "svg", "pdf"])
def test_what_is_exported_verifies(certificate, tmp_path, form):
    target = tmp_path / f"c.{form}"
    run("export_credential", certificate.code.lower(), "--format", form, "--output", str(target))
    assert run("verify_credential", str(target)).endswith("valid\n")


def test_exporting_names_what_is_wrong(certificate, tmp_path):
    with pytest.raises(CommandError, match="no certificate"):
        run("export_credential", "CM-0000-0000-0000", "--format", "pdf", "--output", str(tmp_path / "x"))
    with pytest.raises(CommandError, match="No such file"):
        run("export_credential", certificate.code, "--format", "json", "--output", str(tmp_path / "no" / "x"))


def test_verifying_fails_for_anything_but_valid(certificate, tmp_path):
    forged = tmp_path / "forged.json"
    forged.write_text(certificate.embedded.replace('"Ada"', '"Eve"'))
    with pytest.raises(CommandError, match="altered"):
        run("verify_credential", str(forged))
    with pytest.raises(CommandError, match="No such file"):
        run("verify_credential", str(tmp_path / "none"))


def test_revoking_by_code(certificate, tmp_path):
    words = ["revoke_certificate", certificate.code, "--public-reason", "Exam shared.", "--reason", "Case 12"]
    assert "is revoked" in run(*words)
    assert "was revoked on" in run(*words)
    with pytest.raises(CommandError, match="no certificate"):
        run("revoke_certificate", "CM-0000-0000-0000", "--public-reason", "a", "--reason", "b")
    token = tmp_path / "c.jwt"
    token.write_text(certificate.token)
    with pytest.raises(CommandError, match="revoked"):
        run("verify_credential", str(token))


def test_revoking_takes_words(certificate):
    with pytest.raises(CommandError, match="reason"):
        run("revoke_certificate", certificate.code, "--public-reason", " ", "--reason", "b")


def test_a_verifier_can_work_offline(certificate, tmp_path):
    run("export_did", "--output", str(tmp_path))
    published = json.loads((tmp_path / "testserver/.well-known/did.json").read_text())
    status = json.loads(certificate.embedded)["credentialStatus"]
    listed = json.loads((tmp_path / status["statusListCredential"].removeprefix("http://")).read_text())
    assert independent.embedded_holds(json.loads(certificate.embedded), published)
    assert independent.embedded_holds(listed, published)
    assert independent.bit(listed, int(status["statusListIndex"])) == 0

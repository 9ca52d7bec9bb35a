"""A wrong name: asked for, decided, issued anew; nothing of the old name stays in public."""

import datetime as dt
import json

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from courses.certification import register, services
from courses.certification.casework import NameCorrection
from courses.certification.models import Certificate, StatusList
from courses.certification.verification import Verdict
from tests.courses.certification import independent
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, plain_learner, training_manager

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def holder():
    return UserFactory(certificate_name="Ada Lovelaze", language="en")


@pytest.fixture
def certificate(holder):
    return services.issue(user=holder, award=make_award(), now=timezone.now() - dt.timedelta(days=40))


@pytest.fixture
def asked(certificate):
    return services.ask_correction(
        certificate=certificate, name="Ada  Lovelace", reason="A misspelling", now=timezone.now()
    )


@pytest.fixture
def corrected(asked):
    return services.approve_correction(correction=asked, actor=training_manager(), now=timezone.now())


def path(name, certificate):
    with translation.override("en"):
        return reverse(f"certificates:{name}", args=[certificate.code])


def test_asking_twice_is_asking_once(asked, certificate):
    again = services.ask_correction(certificate=certificate, name="Other", reason="x", now=timezone.now())
    assert again == asked
    assert asked.name == "Ada Lovelace"


@pytest.mark.parametrize(("name", "reason"), [(" ", "x"), ("x", " ")])
def test_asking_takes_a_name_and_a_reason(certificate, name, reason):
    with pytest.raises(ValueError, match="reason"):
        services.ask_correction(certificate=certificate, name=name, reason=reason, now=timezone.now())


def test_a_yes_issues_it_anew_with_the_same_day_and_expiry(corrected, certificate, holder):
    certificate.refresh_from_db()
    holder.refresh_from_db()
    assert (corrected.holder, holder.certificate_name) == ("Ada Lovelace", "Ada Lovelace")
    assert corrected.valid_until == certificate.valid_until
    assert corrected.facts.awarded == certificate.issued_at
    document = json.loads(corrected.embedded)
    assert document["credentialSubject"]["name"] == "Ada Lovelace"
    assert document["awardedDate"] < document["validFrom"]
    assert "Lovelaze" not in corrected.embedded + json.dumps(corrected.snapshot)


def test_the_old_one_is_replaced_for_every_verifier(corrected, certificate):
    certificate.refresh_from_db()
    assert certificate.verdict(timezone.now()) is Verdict.REPLACED
    published = json.loads(StatusList.objects.get().signed)
    assert independent.bit(published, certificate.status_entry.index) == 1
    assert independent.bit(published, corrected.status_entry.index) == 0
    assert register.examine(certificate.embedded.encode(), now=timezone.now()).verdict is Verdict.REPLACED
    assert register.examine(corrected.token.encode(), now=timezone.now()).verdict is Verdict.VALID


def test_the_old_address_shows_nothing_of_the_old_name(client, corrected, certificate):
    text = client.get(path("page", certificate)).content.decode()
    assert "Replaced" in text
    assert corrected.code in text
    assert "Lovelaze" not in text
    assert client.get(path("picture", certificate)).status_code == 404
    assert client.get(path("card", certificate)).status_code == 404
    assert client.get(reverse("credential_json", args=[certificate.uuid])).status_code == 404


def test_deciding_twice_is_deciding_once(corrected, asked):
    assert services.approve_correction(correction=asked, actor=None, now=timezone.now()) == corrected
    services.refuse_correction(correction=asked, actor=None, answer="No.", now=timezone.now())
    asked.refresh_from_db()
    assert asked.state == "approved"
    assert Certificate.objects.count() == 2


def test_a_no_takes_an_answer_that_the_holder_reads(asked, certificate, django_capture_on_commit_callbacks):
    with pytest.raises(ValueError, match="answer"):
        services.refuse_correction(correction=asked, actor=None, answer=" ", now=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        services.refuse_correction(correction=asked, actor=None, answer="Send a paper.", now=timezone.now())
    assert "Send a paper." in mail.outbox[-1].body
    certificate.refresh_from_db()
    assert certificate.verdict(timezone.now()) is Verdict.VALID


def test_deciding_takes_the_permission(asked):
    with pytest.raises(PermissionDenied):
        services.approve_correction(correction=asked, actor=plain_learner(), now=timezone.now())


def test_a_certificate_revoked_meanwhile_is_not_issued_anew(asked, certificate):
    services.revoke(certificate=certificate, actor=None, public_reason="a", internal_reason="b", now=timezone.now())
    asked.certificate.refresh_from_db()
    with pytest.raises(services.NotRenewableError):
        services.approve_correction(correction=asked, actor=None, now=timezone.now())


def test_a_renewed_certificate_is_corrected_on_the_new_one(certificate):
    services.renew(certificate=certificate, now=timezone.now())
    with pytest.raises(ValueError, match="no longer counts"):
        services.ask_correction(certificate=certificate, name="Ada", reason="x", now=timezone.now())


# --- pages ------------------------------------------------------------------------------------------------------------
def test_the_holder_asks_from_the_wallet(client, certificate, holder):
    client.force_login(holder)
    url = path("correction", certificate)
    assert url in client.get("/en/verify/mine/").content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "Ada"}).status_code == 422
    assert client.post(url, {"name": "Ada Lovelace", "reason": "Misspelt"}).status_code == 302
    assert NameCorrection.objects.get().name == "Ada Lovelace"
    assert "You asked for the name “Ada Lovelace”" in client.get("/en/verify/mine/").content.decode()


def test_a_stranger_asks_for_nothing(client, certificate):
    client.force_login(UserFactory())
    assert client.post(path("correction", certificate), {"name": "x", "reason": "y"}).status_code == 404
    client.logout()
    assert client.get(path("correction", certificate)).status_code == 302


def test_staff_decide_at_their_desk(client, asked):
    client.force_login(training_manager())
    listing = client.get(reverse("wagtailsnippets_courses_namecorrection:list")).content.decode()
    url = reverse("certificate_correction", args=[asked.pk])
    assert url in listing
    assert "A misspelling" in client.get(url).content.decode()
    assert client.post(url, {"decision": "refuse"}).status_code == 422
    assert client.post(url, {"decision": "approve"}).status_code == 302
    assert Certificate.objects.filter(holder="Ada Lovelace").exists()


def test_others_do_not_decide(client, asked):
    client.force_login(plain_learner())
    assert client.post(reverse("certificate_correction", args=[asked.pk]), {"decision": "approve"}).status_code in {
        302,
        403,
    }
    assert Certificate.objects.count() == 1

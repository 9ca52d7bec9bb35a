"""What an employer's system reads."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.certification import checks, keys, public_views, ratelimit, services
from courses.certification.models import Certificate
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def certificate():
    user = UserFactory(email="ada@example.org", certificate_name="Ada Lovelace")
    return services.issue(user=user, award=make_award(), now=timezone.now())


def ask(client, code, **more):
    return client.get(reverse("credential_check", args=[code]), **more)


def test_a_valid_one(client, certificate, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        response = ask(client, certificate.code.lower())
    answer = response.json()
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response
    assert (answer["state"], answer["holder"], answer["award"]["id"]) == ("valid", "Ada Lovelace", "moderation")
    assert answer["credential"].endswith(f"{certificate.uuid}.json")
    assert "ada@" not in response.content.decode()


def test_a_revoked_one_says_when_and_why(client, certificate):
    services.revoke(
        certificate=certificate, actor=None, public_reason="Exam.", internal_reason="Case 12", now=timezone.now()
    )
    answer = ask(client, certificate.code).json()
    assert (answer["state"], answer["reason"]) == ("revoked", "Exam.")
    assert "Case" not in str(answer)


def test_a_replaced_one_names_the_newer_and_nobody(client, certificate):
    newer = services.correct(certificate=certificate, name="Ada King", now=timezone.now())
    answer = ask(client, certificate.code).json()
    assert (answer["state"], answer["newer"]) == ("replaced", newer.code)
    assert "Ada" not in str(answer)


def test_unknown_and_hidden_look_the_same(client, certificate):
    unknown = ask(client, "CM-0000-0000-0000")
    Certificate.objects.update(hidden=True)
    hidden = ask(client, certificate.code)
    assert (
        (unknown.status_code, unknown.content) == (hidden.status_code, hidden.content) == (404, b'{"state": "unknown"}')
    )


def test_questions_and_guesses_are_limited(client, certificate):
    for _ in range(public_views.CHECKS):
        assert ask(client, certificate.code).status_code == 200
    refused = ask(client, certificate.code)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert ask(client, certificate.code, REMOTE_ADDR="192.0.2.1").status_code == 200
    for _ in range(ratelimit.MISSES):
        ask(client, "CM-0000-0000-0000", REMOTE_ADDR="192.0.2.2")
    assert ask(client, certificate.code, REMOTE_ADDR="192.0.2.2").status_code == 429


def test_it_is_read_only(client, certificate):
    assert client.post(reverse("credential_check", args=[certificate.code])).status_code == 405


# --- the share card ---------------------------------------------------------------------------------------------------
def test_the_page_offers_its_card_to_those_who_share_it(client, certificate):
    page = client.get(f"/en/verify/{certificate.code}/").content.decode()
    assert f'og:image" content="http://testserver/en/verify/{certificate.code}/card.png"' in page
    assert client.get(f"/en/verify/{certificate.code}/card.png")["Content-Type"] == "image/png"
    services.revoke(certificate=certificate, actor=None, public_reason="a", internal_reason="b", now=timezone.now())
    assert "og:image" not in client.get(f"/en/verify/{certificate.code}/").content.decode()
    assert client.get(f"/en/verify/{certificate.code}/card.png").status_code == 404


# --- the check of the settings ----------------------------------------------------------------------------------------
def test_a_moved_site_is_warned_of(settings, tmp_path):
    settings.CREDENTIAL_KEYS_DIR = tmp_path / "ring"
    assert checks.frozen_did_is_ours() == []
    ring = keys.create(tmp_path / "ring", now=timezone.now())
    assert checks.frozen_did_is_ours() == []
    keys.freeze(ring, did="did:web:academy.example", base_url="https://academy.example")
    settings.SITE_URL = "https://academy.example"
    assert checks.frozen_did_is_ours() == []
    settings.SITE_URL = "https://moved.example"
    assert [warning.id for warning in checks.frozen_did_is_ours()] == ["certification.W001"]
    settings.SITE_URL = "https://moved.example/path"
    assert [warning.id for warning in checks.frozen_did_is_ours()] == ["certification.W002"]

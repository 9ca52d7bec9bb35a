"""What machines fetch: no cookie, any origin, ETag, the right media type."""

import datetime as dt
import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.certification import keys, services
from courses.certification.models import Certificate
from tests.courses.certification import independent
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def certificate():
    return services.issue(user=UserFactory(), award=make_award(), now=timezone.now())


def fetch(client, url):
    return json.loads(client.get(url).content)


def addresses(certificate):
    return {
        "/.well-known/did.json": "application/did+json",
        f"/credentials/{certificate.uuid}.json": "application/vc",
        f"/credentials/{certificate.uuid}.jwt": "application/vc+jwt",
        f"/credentials/status/{certificate.status_entry.status_list.number}.json": "application/vc",
        "/credentials/awards/moderation.png": "image/png",
    }


def test_machines_are_served_as_they_like_it(client, certificate):
    for url, media_type in addresses(certificate).items():
        response = client.get(url)
        assert response.status_code == 200, url
        assert response["Content-Type"] == media_type
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        assert "public" in response["Cache-Control"]
        again = client.get(url, headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304
        assert client.post(url).status_code == 405


def test_the_whole_chain_holds_for_a_stranger(client, certificate):
    document = fetch(client, f"/credentials/{certificate.uuid}.json")
    published = fetch(client, "/.well-known/did.json")
    assert published["id"] == document["issuer"]["id"]
    assert independent.embedded_holds(document, published)
    status = document["credentialStatus"]
    path = status["statusListCredential"].removeprefix("http://testserver")
    listed = fetch(client, path)
    assert listed["id"] == status["statusListCredential"]
    assert independent.embedded_holds(listed, published)
    assert independent.bit(listed, int(status["statusListIndex"])) == 0
    services.revoke(certificate=certificate, actor=None, public_reason="a", internal_reason="b", now=timezone.now())
    assert independent.bit(fetch(client, path), int(status["statusListIndex"])) == 1


def test_the_image_a_credential_names_is_there(client, certificate):
    image = json.loads(certificate.embedded)["credentialSubject"]["achievement"]["image"]["id"]
    assert client.get(image.removeprefix("http://testserver")).content.startswith(b"\x89PNG")


def test_what_is_hidden_or_unknown_is_not_found(client, certificate):
    Certificate.objects.update(hidden=True)
    for url in (f"/credentials/{certificate.uuid}.json", f"/credentials/{certificate.uuid}.jwt"):
        assert client.get(url).status_code == 404
    assert client.get(f"/credentials/{uuid4()}.json").status_code == 404
    assert client.get("/credentials/status/99.json").status_code == 404
    assert client.get("/credentials/awards/none.png").status_code == 404


def test_a_list_served_on_another_day_is_fresh(client, certificate):
    url = f"/credentials/status/{certificate.status_entry.status_list.number}.json"
    client.get(url)
    certificate.status_entry.status_list.__class__.objects.update(
        signed_at=timezone.now() - dt.timedelta(days=5), signed="old"
    )
    fresh = fetch(client, url)
    assert dt.datetime.fromisoformat(fresh["validUntil"]) > timezone.now()


def test_a_list_signed_by_a_compromised_key_is_signed_anew_at_once(client, settings, tmp_path):
    settings.CREDENTIAL_KEYS_DIR = tmp_path / "ring"
    ring = keys.create(tmp_path / "ring", now=timezone.now())
    certificate = services.issue(user=UserFactory(), award=make_award(), now=timezone.now())
    url = f"/credentials/status/{certificate.status_entry.status_list.number}.json"
    before = fetch(client, url)
    assert independent.embedded_holds(before, fetch(client, "/.well-known/did.json"))
    keys.rotate(keys.mark_compromised(ring, "ed25519-1"), now=timezone.now(), kinds=("ed25519",))
    published = fetch(client, "/.well-known/did.json")
    with pytest.raises(AssertionError, match="not a method for assertions"):
        independent.embedded_holds(before, published)
    assert independent.embedded_holds(fetch(client, url), published)


def test_without_keys_there_is_no_list_to_sign(client, certificate, settings, tmp_path):
    url = f"/credentials/status/{certificate.status_entry.status_list.number}.json"
    settings.CREDENTIAL_KEYS_DIR, settings.CREDENTIAL_AUTOGENERATE_KEYS = tmp_path / "none", False
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_printed_link_leads_to_the_page_in_the_visitors_language(client, certificate, language):
    response = client.get(f"/c/{certificate.code.lower()}", headers={"accept-language": language})
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/verify/{certificate.code}/"


def test_the_printed_link_tells_nothing_about_a_code(client, certificate):
    for code in (certificate.code, "CM-0000-0000-0000", "nonsense"):
        assert client.get(reverse("certificate_short", args=[code])).status_code == 302


def test_without_keys_there_is_no_did_document(client, settings, tmp_path):
    settings.CREDENTIAL_KEYS_DIR = tmp_path / "none"
    settings.CREDENTIAL_AUTOGENERATE_KEYS = False
    assert client.get("/.well-known/did.json").status_code == 404

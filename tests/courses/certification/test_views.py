"""Pages: works, wrong method, stranger, bad input, too many tries."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from courses.certification import baking, files, ratelimit, services
from courses.certification.models import Certificate
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, plant_tree, training_manager

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
UNKNOWN = "CM-0000-0000-0000"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture(params=["fr", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def holder():
    return UserFactory(certificate_name="Ada Lovelace", language="en")


@pytest.fixture
def certificate(holder):
    return services.issue(user=holder, award=make_award(), now=timezone.now())


def page_of(certificate, language="en"):
    with translation.override(language):
        return reverse("certificates:page", args=[certificate.code])


def verdict(response):
    return re.search(r'<h1 class="verdict__word">([^<]+)</h1>', response.content.decode()).group(1)


WORDS = {"fr": ("Valide", "Inconnu"), "en": ("Valid", "Unknown")}


# --- the page of a number ---------------------------------------------------------------------------------------------
def test_anyone_reads_the_verdict_and_the_facts(client, certificate, language):
    response = client.get(page_of(certificate, language))
    text = response.content.decode()
    assert response.status_code == 200
    assert "Ada Lovelace" in text
    assert {"fr": "Modération", "en": "Moderation"}[language] in text
    assert 'data-state="kept"' in text
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "noindex" in text


def test_the_page_shows_no_email_and_no_internal_reason(client, certificate, holder):
    services.revoke(
        certificate=certificate, actor=None, public_reason="Exam shared.", internal_reason="Case 12", now=timezone.now()
    )
    text = client.get(page_of(certificate)).content.decode()
    assert verdict(client.get(page_of(certificate))) == "Revoked"
    assert "Exam shared." in text
    assert "Case 12" not in text
    assert holder.email not in text


def test_an_expired_certificate_says_so(client, holder):
    old = services.issue(user=holder, award=make_award(), now=timezone.now() - dt.timedelta(days=900))
    assert verdict(client.get(page_of(old))) == "Expired"


def test_unknown_and_hidden_are_the_same_answer(client, certificate):
    unknown = client.get(f"/fr/verify/{UNKNOWN}/")
    Certificate.objects.update(hidden=True)
    hidden = client.get(page_of(certificate, "fr"))
    assert unknown.status_code == hidden.status_code == 404
    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|CM-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}')
    assert strip.sub("", unknown.content.decode()) == strip.sub("", hidden.content.decode())


def test_a_code_in_small_letters_leads_to_its_own_address(client, certificate):
    response = client.get(reverse("certificates:page", args=[certificate.code.lower()]))
    assert response.status_code == 302
    assert response["Location"].endswith(f"/{certificate.code}/")


@pytest.mark.parametrize("code", ["x", "CM", "é" * 40, "<script>", "%00"])
def test_odd_codes_are_unknown(client, code):
    assert client.get(reverse("certificates:page", args=[code])).status_code == 404


def test_the_page_takes_few_queries(client, certificate, django_assert_max_num_queries):
    url = page_of(certificate)
    client.get(url)
    with django_assert_max_num_queries(3):
        client.get(url)


def test_the_page_is_read_not_written(client, certificate):
    assert client.post(page_of(certificate)).status_code == 405


def test_guessing_is_braked_for_everybody_behind_that_address(client, certificate):
    for _ in range(ratelimit.MISSES):
        assert client.get(reverse("certificates:page", args=[UNKNOWN])).status_code == 404
    assert client.get(page_of(certificate)).status_code == 429
    assert client.get(page_of(certificate), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_picture_is_as_public_as_the_page(client, certificate):
    url = reverse("certificates:picture", args=[certificate.code])
    assert client.get(url)["Content-Type"] == "image/png"
    Certificate.objects.update(hidden=True)
    assert client.get(url).status_code == 404


def test_the_picture_is_light_enough_for_a_front_page(client, certificate):
    response = client.get(reverse("certificates:picture", args=[certificate.code]))
    assert len(response.getvalue()) < 80_000


# --- the two ways to check --------------------------------------------------------------------------------------------
def test_a_typed_number_leads_to_its_page(client, certificate, language):
    response = client.get(reverse("certificates:lookup"), {"code": f"  {certificate.code.lower()} "})
    assert response["Location"] == page_of(certificate, language)


def test_a_number_that_cannot_be_one_is_explained(client):
    response = client.get(reverse("certificates:lookup"), {"code": "12"})
    assert response.status_code == 422
    assert 'value="12"' in response.content.decode()


def test_the_lookup_shows_a_specimen_to_try(client):
    make_award()
    specimen = services.ensure_specimen(now=NOW)
    assert specimen.code in client.get(reverse("certificates:lookup")).content.decode()


def drop(client, content, name="file.pdf"):
    with translation.override("en"):
        url = reverse("certificates:file")
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("form", ["pdf", "png", "svg", "json", "jwt"])
def test_every_form_is_recognised(client, certificate, form):
    response = drop(client, files.file_of(certificate, form))
    assert response.status_code == 200
    assert verdict(response) == "Valid"
    assert "Ada Lovelace" in response.content.decode()


def test_an_altered_file_says_so_and_shows_nothing_of_it(client, certificate):
    response = drop(client, certificate.embedded.replace("Lovelace", "Lovelaze").encode())
    assert verdict(response) == "Altered"
    assert "Lovelaze" not in response.content.decode()


def test_a_revoked_file_says_so(client, certificate):
    services.revoke(certificate=certificate, actor=None, public_reason="a", internal_reason="b", now=timezone.now())
    assert verdict(drop(client, certificate.token.encode())) == "Revoked"


def test_a_hidden_certificates_file_still_verifies_but_leads_nowhere(client, certificate):
    Certificate.objects.update(hidden=True)
    response = drop(client, certificate.embedded.encode())
    assert verdict(response) == "Valid"
    assert certificate.code not in response.content.decode()


@pytest.mark.parametrize("content", [b"hello", b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"<svg/>", b"\xff\xfe\x00"])
def test_a_file_without_credential_is_unknown(client, content):
    response = drop(client, content)
    assert response.status_code == 200
    assert verdict(response) == "Unknown"


def test_no_file_and_too_large_a_file_are_explained(client):
    assert client.post(reverse("certificates:file")).status_code == 422
    response = drop(client, b"x" * (baking.LARGEST_FILE + 1))
    assert response.status_code == 422
    assert "5 MB" in response.content.decode()


def test_files_are_handed_in_with_post(client):
    assert client.get(reverse("certificates:file")).status_code == 405


def test_handing_in_files_is_braked(client):
    statuses = [drop(client, b"x").status_code for _ in range(ratelimit.MISSES + 1)]
    assert statuses[-2:] == [200, 429]


def test_the_file_form_is_guarded_against_forgery(certificate):
    from django.test import Client

    assert drop(Client(enforce_csrf_checks=True), b"x").status_code == 403


# --- the wallet -------------------------------------------------------------------------------------------------------
def test_the_wallet_shows_ones_own_and_only_those(client, certificate, holder):
    other = services.issue(user=UserFactory(), award=certificate.award, now=NOW)
    client.force_login(holder)
    text = client.get(reverse("certificates:wallet")).content.decode()
    assert certificate.code in text
    assert other.code not in text
    for form in ("pdf", "png", "svg", "json", "jwt"):
        assert reverse("certificates:download", args=[certificate.code, form]) in text


def test_the_wallet_asks_a_visitor_to_log_in(client):
    assert client.get(reverse("certificates:wallet")).status_code == 302


def test_the_wallet_says_what_is_missing(client, holder, language):
    tree = plant_tree()
    make_award("course", course=tree.course["fr"])
    client.force_login(holder)
    text = client.get(reverse("certificates:wallet")).content.decode()
    assert tree.course[language].title in text
    assert tree.course[language].url in text


def test_the_wallet_takes_few_queries_however_many_awards(client, holder, django_assert_max_num_queries):
    tree = plant_tree()
    for n in range(5):
        make_award(f"course-{n}", course=tree.course["fr"])
    client.force_login(holder)
    client.get(reverse("certificates:wallet"))
    with django_assert_max_num_queries(18):
        client.get(reverse("certificates:wallet"))


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("pdf", "application/pdf"),
        ("png", "image/png"),
        ("svg", "image/svg+xml"),
        ("json", "application/vc"),
        ("jwt", "application/vc+jwt"),
    ],
)
def test_the_holder_downloads_every_form(client, certificate, holder, form, media_type):
    client.force_login(holder)
    response = client.get(reverse("certificates:download", args=[certificate.code, form]))
    assert response["Content-Type"] == media_type
    assert f'filename="moderation-{certificate.code}.{form}"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


def test_a_stranger_downloads_nothing(client, certificate):
    url = reverse("certificates:download", args=[certificate.code, "pdf"])
    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404


def test_staff_download_anybodys(client, certificate):
    client.force_login(training_manager())
    assert client.get(reverse("certificates:download", args=[certificate.code, "json"])).status_code == 200


def test_an_unknown_form_is_not_found(client, certificate, holder):
    client.force_login(holder)
    assert client.get(reverse("certificates:download", args=[certificate.code, "exe"])).status_code == 404


def test_the_holder_hides_and_shows_the_page(client, certificate, holder):
    client.force_login(holder)
    url = reverse("certificates:visibility", args=[certificate.code])
    for answer, hidden in (("yes", True), ("yes", True), ("no", False)):
        assert client.post(url, {"hidden": answer}).status_code == 302
        certificate.refresh_from_db()
        assert certificate.hidden is hidden
    assert client.get(url).status_code == 405


def test_a_stranger_hides_nothing(client, certificate):
    client.force_login(training_manager())
    url = reverse("certificates:visibility", args=[certificate.code])
    assert client.post(url, {"hidden": "yes"}).status_code == 404


def test_the_linkedin_link_has_its_fields_filled(client, certificate, holder):
    client.force_login(holder)
    text = client.get(reverse("certificates:wallet")).content.decode()
    link = re.search(r'href="(https://www\.linkedin\.com[^"]+)"', text).group(1).replace("&amp;", "&")
    fields = parse_qs(urlsplit(link).query)
    assert fields["name"] == ["Moderation"]
    assert fields["certId"] == [certificate.code]
    assert fields["certUrl"] == [certificate.short_url]
    assert int(fields["expirationYear"][0]) == int(fields["issueYear"][0]) + 2

"""What every answer carries, what production switches on, and addresses a hostile page may try."""

import pytest

from academy.settings import base
from tests.academy.test_account_mails import PASSWORD, known
from tests.factories import instructor

pytestmark = pytest.mark.django_db


def policy_of(response):
    return dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize("path", ["/fr/", "/en/account/login/", "/fr/nowhere/"])
def test_every_answer_is_guarded(client, tree, path):
    response = client.get(path, secure=True)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    policy = policy_of(response)
    assert set(policy) >= {"default-src", "script-src", "object-src", "base-uri", "form-action", "frame-ancestors"}
    assert policy["script-src"] == "'self'" == policy["style-src"]


def test_the_admin_may_write_in_line_and_nothing_else_more(client, tree):
    client.force_login(instructor())
    admin, site = policy_of(client.get("/admin/")), policy_of(client.get("/fr/"))
    more = {name: set(admin[name].split()) - set(site[name].split()) for name in site}
    assert {name: words for name, words in more.items() if words} == {
        "script-src": {"'unsafe-inline'"},
        "style-src": {"'unsafe-inline'"},
        "img-src": {"blob:"},
    }


def test_production_insists_on_https_and_keeps_its_cookies_to_itself(rf):
    assert base.SESSION_COOKIE_SECURE
    assert base.CSRF_COOKIE_SECURE
    assert base.SESSION_COOKIE_SAMESITE == base.CSRF_COOKIE_SAMESITE == "Lax"
    assert base.SECURE_SSL_REDIRECT
    assert base.SECURE_HSTS_SECONDS >= 31_536_000
    assert not base.DEBUG
    assert "*" not in base.ALLOWED_HOSTS


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_after_the_login_nobody_is_sent_elsewhere(client, tree, target):
    known()
    response = client.post("/en/account/login/", {"login": "zoe@example.org", "password": PASSWORD, "next": target})
    assert response["Location"] == "/en/dashboard/"


def test_after_the_login_one_comes_where_one_wanted_to_go(client, tree):
    known()
    response = client.post(
        "/en/account/login/", {"login": "zoe@example.org", "password": PASSWORD, "next": "/en/learn/notes/"}
    )
    assert response["Location"] == "/en/learn/notes/"


@pytest.mark.parametrize(
    "path", ["//evil.example/fr/", "/fr//evil.example/", "/fr/%2F%2Fevil.example/", "/fr/x/?next=//evil.example"]
)
def test_the_other_language_of_a_hostile_address_stays_here(client, tree, path):
    response = client.get(path, follow=True)
    urls = [each["url"] for each in (response.context or {}).get("alternates", [])]
    assert all(url.startswith("/") and not url.startswith(("//", "/\\")) for url in urls)


def test_a_foreign_host_name_is_refused(client, settings):
    settings.ALLOWED_HOSTS = ["academy.example"]
    assert client.get("/fr/account/password/reset/", headers={"Host": "evil.example"}).status_code == 400

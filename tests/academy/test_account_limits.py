"""Brakes on guessing, as production has them: by address and by account, and an address is not what a visitor claims."""

import re

import pytest

from academy.settings import base
from courses.certification.ratelimit import address
from tests.academy.test_account_mails import PASSWORD, known, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limits(settings):
    """The numbers of production, in hours for minutes: a slow machine must not outlast the window."""
    limits = base.ACCOUNT_RATE_LIMITS.items()
    settings.ACCOUNT_RATE_LIMITS = {action: re.sub(r"/(\d*)m/", r"/\1h/", rates) for action, rates in limits}


def log_in(client, email="zoe@example.org", password="wrong-password", **extra):
    return client.post("/en/account/login/", {"login": email, "password": password}, **extra)


def test_five_wrong_passwords_close_an_account_for_a_while_from_everywhere(client, tree):
    known()
    for n in range(5):
        assert "not correct" in log_in(client, REMOTE_ADDR=f"192.0.2.{n}").content.decode()
    right = log_in(client, password=PASSWORD, REMOTE_ADDR="192.0.2.99")
    assert "Too many failed" in right.content.decode()


def test_an_unknown_address_is_braked_just_as_a_known_one(client, tree):
    for n in range(5):
        log_in(client, "nobody@example.org", REMOTE_ADDR=f"192.0.2.{n}")
    assert "Too many failed" in log_in(client, "nobody@example.org", REMOTE_ADDR="192.0.2.99").content.decode()


def test_one_address_does_not_try_account_after_account(client, tree):
    pages = [log_in(client, f"person{n}@example.org").content.decode() for n in range(11)]
    assert "Too many failed" not in pages[9]
    assert "Too many failed" in pages[10]


def test_sign_ups_from_one_address_meet_a_page_that_says_to_wait(client, tree):
    statuses = [sign_up(client, "en", f"new{n}@example.org").status_code for n in range(21)]
    assert statuses[:20] == [302] * 20
    assert statuses[20] == 429
    page = sign_up(client, "fr", "new99@example.org").content.decode()
    assert "Attendez quelques minutes" in page
    assert 'class="masthead"' in page


def test_letters_for_a_new_password_to_one_address_are_few(client, tree, mailoutbox):
    known()
    for n in range(8):
        client.post("/en/account/password/reset/", {"email": "zoe@example.org"}, REMOTE_ADDR=f"192.0.2.{n}")
    assert len(mailoutbox) == 5


@pytest.mark.parametrize("forged", ["203.0.113.{n}", "203.0.113.{n}, 203.0.113.9"])
def test_without_a_proxy_a_forged_header_gives_no_new_tries(client, tree, forged):
    pages = [
        log_in(client, f"p{n}@example.org", headers={"X-Forwarded-For": forged.format(n=n)}).content.decode()
        for n in range(11)
    ]
    assert "Too many failed" in pages[10]


def test_behind_a_proxy_the_address_is_the_one_the_proxy_wrote(client, tree, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def attempt(n, chain):
        return log_in(client, f"p{n}@example.org", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": chain})

    for n in range(11):
        last = attempt(n, f"198.51.100.{n}, 203.0.113.7")  # what stands first is the visitor's own invention
    assert "Too many failed" in last.content.decode()
    assert "Too many failed" not in attempt(12, "203.0.113.8").content.decode()


@pytest.mark.parametrize(
    ("chain", "meant"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("spoofed, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:52113", "203.0.113.7"),
        ("[2001:db8::7]:52113", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("unknown", "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_what_a_proxy_may_write_is_read(rf, settings, chain, meant):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address(rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": chain})) == meant


def test_a_server_behind_a_socket_still_counts(rf):
    assert address(rf.get("/", REMOTE_ADDR="")) == "0.0.0.0"

"""The second step: set up with an app, asked for at each login (that of the admin too), and codes for the day the phone is lost."""

import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from tests.academy.test_account_mails import PASSWORD, known

pytestmark = pytest.mark.django_db


def code_of(secret, steps=0):
    """Return what the app shows now, or so many steps of thirty seconds ago."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    return totp.format_hotp_value(totp.hotp_value(secret, now - steps))


@pytest.fixture
def secured(client, tree, mailoutbox):
    """An account with an app, set up through the page; its secret."""
    user = known(language="fr")
    client.force_login(user)
    client.post("/fr/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/fr/account/2fa/totp/activate/").context["form"].secret
    client.post("/fr/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    client.logout()
    return user, secret


def log_in(client, **fields):
    return client.post("/fr/account/login/", {"login": "zoe@example.org", "password": PASSWORD} | fields)


def signed_in(client):
    return client.get("/fr/dashboard/").status_code == 200


def test_its_owner_is_told_when_it_is_taken_away(client, secured, mailoutbox):
    client.force_login(secured[0])
    client.post("/fr/account/reauthenticate/", {"password": PASSWORD})
    client.post("/fr/account/2fa/totp/deactivate/")
    assert [mail.subject for mail in mailoutbox] == ["L’application d’authentification a été retirée"]
    assert "Zoé Lambert" in mailoutbox[0].body


def test_the_password_alone_no_longer_opens_the_account(client, secured):
    response = log_in(client)
    assert response["Location"].startswith("/fr/account/2fa/authenticate/")
    assert not signed_in(client)
    client.post(response["Location"], {"code": "000000"})
    assert not signed_in(client)


def test_the_page_of_recovery_codes_says_what_they_are_for(client, secured):
    client.force_login(secured[0])
    client.post("/fr/account/reauthenticate/", {"password": PASSWORD})
    for language, words in (("fr", "ouvre votre compte une seule fois"), ("en", "opens your account once")):
        html = client.get(f"/{language}/account/2fa/recovery-codes/").content.decode()
        assert words in html
        assert html.count("<textarea") == 1


def test_the_admins_door_asks_for_it_too(client, secured):
    user, _secret = secured
    type(user).objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    door = client.get("/admin/login/?next=/admin/")["Location"]
    response = client.post(door, {"login": user.email, "password": PASSWORD, "next": "/admin/"})
    assert "/2fa/authenticate/" in response["Location"]
    assert client.get("/admin/").status_code == 302


def test_a_code_typed_slowly_opens_it_and_an_old_one_does_not(client, secured):
    client.post(log_in(client)["Location"], {"code": code_of(secured[1], steps=4)})
    assert not signed_in(client)
    client.post(log_in(client)["Location"], {"code": code_of(secured[1])})
    assert signed_in(client)


def test_a_recovery_code_opens_it_once(client, secured):
    user, _secret = secured
    code = RecoveryCodes(
        Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    ).get_unused_codes()[0]
    client.post(log_in(client)["Location"], {"code": code})
    assert signed_in(client)
    client.logout()
    client.post(log_in(client)["Location"], {"code": code})
    assert not signed_in(client)


def test_codes_are_not_guessed_at_leisure(client, secured, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/h/ip,5/h/key"}
    address = log_in(client)["Location"]
    pages = [client.post(address, {"code": f"{n:06}"}).content.decode() for n in range(8)]
    assert "Trop d’essais manqués" in pages[-1]

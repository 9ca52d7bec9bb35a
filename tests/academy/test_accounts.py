import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from academy.roles import LEARNERS
from academy.templatetags.devices import device
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SIGNUP = {
    "email": "New.Person@example.org",
    "display_name": "Zoé Lambert",
    "password1": "un-long-mot-de-passe",
    "password2": "un-long-mot-de-passe",
}


def sign_up(client, language="fr", **changes):
    return client.post(f"/{language}/account/signup/", SIGNUP | changes)


@pytest.mark.parametrize(("language", "word"), [("fr", "Confirmez"), ("en", "onfirm")])
def test_a_newcomer_signs_up_verifies_and_lands_on_the_dashboard(client, mailoutbox, tree, language, word):
    sign_up(client, language)
    user = get_user_model().objects.get(email="new.person@example.org")
    assert (user.display_name, user.certificate_name, user.language) == ("Zoé Lambert", "Zoé Lambert", language)
    assert [g.name for g in user.groups.all()] == [LEARNERS]
    [mail] = mailoutbox
    [link] = re.findall(r"http://testserver(/\S+/confirm-email/\S+)", mail.body)
    assert link.startswith(f"/{language}/")
    response = client.post(link, follow=True)
    assert response.redirect_chain[-1][0] == f"/{language}/dashboard/"


@pytest.mark.parametrize(
    ("said", "kept"), [("America/Montreal", "America/Montreal"), ("", "Europe/Paris"), ("Mars/X", "Europe/Paris")]
)
def test_a_new_account_takes_the_devices_time_zone_where_it_is_known(client, tree, said, kept):
    sign_up(client, time_zone=said)
    assert get_user_model().objects.get().time_zone == kept


@pytest.mark.parametrize(("language", "words"), [("fr", "Mot de passe oublié"), ("en", "Forgotten password")])
def test_account_pages_speak_in_our_voice(client, tree, language, words):
    page = client.get(f"/{language}/account/password/reset/").content.decode()
    assert f"<h1>{words}</h1>" in " ".join(page.split()).replace("<h1> ", "<h1>").replace(" </h1>", "</h1>")
    assert "placeholder" not in page


def test_an_address_is_used_once_whatever_its_case(tree):
    UserFactory(email="a@example.org")
    with pytest.raises(IntegrityError):
        UserFactory(email="A@example.org")


def test_signing_up_with_a_known_address_tells_a_stranger_nothing(client, mailoutbox, tree):
    UserFactory(email="new.person@example.org")
    response = sign_up(client)
    assert response["Location"].endswith("/account/confirm-email/")
    assert get_user_model().objects.count() == 1


def test_a_weak_password_is_refused_with_a_sentence(client, tree):
    response = sign_up(client, password1="short", password2="short")
    assert response.status_code == 200
    assert "10" in response.content.decode()
    assert not get_user_model().objects.exists()


def test_a_password_is_reset_by_mail_in_the_readers_language(client, mailoutbox, tree):
    UserFactory(email="b@example.org", language="en")
    client.post("/fr/account/password/reset/", {"email": "b@example.org"})
    assert "password" in mailoutbox[0].body
    assert "mot de passe" not in mailoutbox[0].body


def test_the_profile_is_ones_own_and_refuses_an_unknown_time_zone(client, tree):
    assert client.get("/fr/account/profile/").status_code == 302
    user = UserFactory()
    client.force_login(user)
    fields = {"display_name": "Ana", "certificate_name": "Ана Петрова", "language": "en", "time_zone": "Mars/Olympus"}
    assert client.post("/fr/account/profile/", fields).status_code == 422
    client.post("/fr/account/profile/", fields | {"time_zone": "Europe/Sofia"})
    user.refresh_from_db()
    assert (user.certificate_name, user.time_zone) == ("Ана Петрова", "Europe/Sofia")


def test_an_unknown_time_zone_names_itself():
    with pytest.raises(ValidationError, match="Nowhere"):
        UserFactory.build(time_zone="Nowhere", password="x").full_clean(
            validate_unique=False, validate_constraints=False
        )


def test_a_name_is_never_empty():
    assert str(UserFactory.build(display_name="", email="zoe@example.org")) == "zoe"


def test_second_factor_and_sessions_have_their_pages(client, tree):
    user = UserFactory()
    client.force_login(user)
    assert client.get("/fr/account/sessions/").status_code == 200
    assert client.get("/fr/account/2fa/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox, Linux"),
        ("curl/8.5", "Another program"),
    ],
)
def test_a_session_is_named_as_its_owner_would(user_agent, words):
    assert device(user_agent) == words


def test_the_other_sessions_are_signed_out(client, tree):
    user, elsewhere = UserFactory(), Client()
    user.set_password(SIGNUP["password1"])
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for browser in (client, elsewhere):
        browser.post("/en/account/login/", {"login": user.email, "password": SIGNUP["password1"]})
    assert client.get("/en/account/sessions/").content.decode().count("outline__item") == 2
    client.post("/en/account/sessions/")
    assert client.get("/en/dashboard/").status_code == 200
    assert elsewhere.get("/en/dashboard/").status_code == 302

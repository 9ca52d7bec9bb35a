"""The letters of one's account: in the reader's language, in our own words, and never in a stranger's."""

import re
import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.core.mail.backends.base import BaseEmailBackend

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "un-long-mot-de-passe"
WAYS = [("fr", "fr"), ("en", "en"), ("fr", "en")]  # the page one asks from, the reader's language
SUBJECTS = {
    "fr": ("Confirmez votre adresse pour CM Academy", "Choisissez un nouveau mot de passe pour CM Academy"),
    "en": ("Confirm your address for CM Academy", "Choose a new password for CM Academy"),
}


def known(email="zoe@example.org", **fields):
    user = UserFactory(email=email, display_name="Zoé Lambert", **fields)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def sign_up(client, language="fr", email="new@example.org", name="Zoé Lambert"):
    fields = {"email": email, "display_name": name, "password1": PASSWORD, "password2": PASSWORD}
    return client.post(f"/{language}/account/signup/", fields)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_letter_of_a_sign_up_says_what_to_do_and_holds_nothing_a_stranger_typed(client, tree, mailoutbox, language):
    sign_up(client, language, name="You won, see evil.example")
    [mail] = mailoutbox
    assert mail.subject == SUBJECTS[language][0]
    assert "evil.example" not in mail.body
    assert "CM Academy" in mail.body
    assert f"/{language}/account/confirm-email/" in mail.body


@pytest.mark.parametrize(("page", "language"), WAYS)
def test_a_new_password_is_asked_for_and_chosen(client, tree, mailoutbox, page, language):
    known(language=language)
    client.post(f"/{page}/account/password/reset/", {"email": "zoe@example.org"})
    [mail] = mailoutbox
    assert mail.subject == SUBJECTS[language][1]
    [link] = re.findall(rf"http://testserver(/{language}/account/password/reset/key/\S+)", mail.body)
    form = client.get(link, follow=True)
    chosen = "un-autre-long-mot-de-passe"
    client.post(form.request["PATH_INFO"], {"password1": chosen, "password2": chosen})
    assert client.login(username="zoe@example.org", password=chosen)
    assert client.get(link, follow=True).context["token_fail"]  # once only
    assert "Zoé Lambert" in mailoutbox[1].body  # and its owner is told


def test_a_stranger_cannot_tell_whether_an_address_is_known(client, tree, mailoutbox):
    known()
    pages = []
    for email in ("zoe@example.org", "nobody@example.org"):
        response = client.post("/en/account/password/reset/", {"email": email}, follow=True)
        pages.append((response.status_code, response.redirect_chain))
    assert pages[0] == pages[1]
    assert [mail.to for mail in mailoutbox] == [["zoe@example.org"], ["nobody@example.org"]]
    assert mailoutbox[1].subject == "No account at CM Academy with this address"


def test_a_known_address_that_signs_up_again_is_told_by_mail_alone(client, tree, mailoutbox):
    known()
    responses = [sign_up(client, "en", email) for email in ("zoe@example.org", "new@example.org")]
    assert responses[0]["Location"] == responses[1]["Location"]
    assert mailoutbox[0].subject == "You already have an account at CM Academy"


@pytest.mark.parametrize(
    ("language", "subject"), [("fr", "Votre mot de passe a été changé"), ("en", "Your password was changed")]
)
def test_a_changed_password_is_told_to_its_owner(client, tree, mailoutbox, language, subject):
    client.force_login(known(language=language))
    new = "un-autre-long-mot-de-passe"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/en/account/password/change/", fields, REMOTE_ADDR="192.0.2.7")
    [mail] = mailoutbox
    assert mail.subject == subject
    assert "192.0.2.7" in mail.body
    assert f"/{language}/account/sessions/" in mail.body


class DeadServer(BaseEmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("down")


def test_a_mail_server_that_is_down_loses_no_account_and_names_nobody_in_the_log(
    client, tree, settings, caplog, mailoutbox
):
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    response = client.post("/en/account/signup/", follow=True, data={
        "email": "new@example.org", "display_name": "Zoé", "password1": PASSWORD, "password2": PASSWORD,
    })  # fmt: skip
    assert response.status_code == 200
    assert "could not be sent" in response.content.decode()
    assert "new@example.org" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post("/en/account/login/", {"login": "new@example.org", "password": PASSWORD})
    assert [mail.to for mail in mailoutbox] == [["new@example.org"]]

"""A security key, from the day it is added to the day it is removed, on an authenticator the browser pretends to have."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

ADD, LIST, DOOR = "/{lang}/account/2fa/webauthn/add/", "/{lang}/account/2fa/webauthn/", "/{lang}/account/login/"
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
UNUSED = {"fr": "pas encore utilisée", "en": "not used yet"}
USED = {"fr": "dernier emploi", "en": "last used"}
REMOVE = {"fr": "Retirer «\xa0Clé du bureau\xa0»", "en": "Remove “Clé du bureau”"}
BY_KEY = {"fr": "Avec une clé de sécurité", "en": "Use a security key"}
WINDOWS = pytest.mark.parametrize(("language", "width"), [("fr", "phone"), ("en", "desktop")])


@pytest.fixture
def desk(visitor, new_learner, academy):
    """A learner at their desk, who just proved who they are, and may plug keys in and out: `desk("fr", "phone")`."""

    def sit(language, width):
        person = visitor(language, width)
        # Keys are tied to a name: an address in numbers has none.
        person.address = f"http://localhost:{urlsplit(academy).port}"
        person.keys = person.page.context.new_cdp_session(person.page)
        person.keys.send("WebAuthn.enable")
        person.email = new_learner(language=language).email
        person.log_in(person.email)
        person.go(ADD)
        if "reauthenticate" in person.page.url:
            person.page.fill("input[name=password]", PASSWORD)
            person.page.locator("main form button").first.click()
            person.page.wait_for_url("**/webauthn/add/**")
        return person

    return sit


def plug_in(person):
    return person.keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]


def add_a_key(person, name="Clé du bureau"):
    """Name it and press Return, as one does after typing."""
    person.page.fill("input[name=name]", name)
    person.page.press("input[name=name]", "Enter")
    person.page.wait_for_url("**/recovery-codes/**")


def give_the_password(person):
    person.page.context.clear_cookies()
    person.go(DOOR)
    person.page.fill("input[name=login]", person.email)
    person.page.fill("input[name=password]", PASSWORD)
    person.page.locator("main form").get_by_role("button").first.click()
    person.page.wait_for_url("**/2fa/authenticate/**")


@WINDOWS
def test_a_key_is_added_opens_the_account_and_is_removed(desk, language, width):
    person = desk(language, width)
    page = person.page
    plug_in(person)
    person.look("key-1-add")
    add_a_key(person)
    person.look("key-2-recovery-codes")
    person.go(LIST)
    expect(page.locator("main")).to_contain_text(UNUSED[language])
    person.look("key-3-list")

    give_the_password(person)
    person.look("key-4-second-step")
    person.go("/{lang}/dashboard/")
    assert "/account/" in page.url, "the password alone opens nothing"
    give_the_password(person)
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/dashboard/")

    person.go(LIST)
    expect(page.locator("main")).to_contain_text(USED[language])
    page.get_by_role("link", name=REMOVE[language]).click()
    person.look("key-5-is-it-you")
    page.get_by_role("link", name=BY_KEY[language]).click()
    page.click("#mfa_webauthn_reauthenticate")
    page.wait_for_url("**/remove/**")
    person.look("key-5-remove")
    page.locator("main form button").first.click()
    page.wait_for_url("**/2fa/webauthn/")
    person.look("key-6-none")

    page.context.clear_cookies()
    person.log_in(person.email)  # the password is enough again


@WINDOWS
def test_a_key_that_does_not_answer_says_so(desk, language, width):
    person = desk(language, width)
    page = person.page
    key = plug_in(person)
    add_a_key(person)
    person.go(ADD)
    page.click("#mfa_webauthn_add")
    expect(page.locator("[data-key-known]")).to_be_visible()
    person.look("key-known")

    give_the_password(person)
    person.keys.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    plug_in(person)  # another key, which this account does not know
    page.click("#mfa_webauthn_authenticate")
    expect(page.locator("[data-key-refused]")).to_be_visible()
    assert page.url.endswith("/2fa/authenticate/")
    person.look("key-refused")


def test_an_address_that_keys_cannot_be_tied_to_says_so(visitor, new_learner, academy):
    person = visitor("fr", "phone")
    person.log_in(new_learner(language="fr").email)
    person.go(ADD)
    if "reauthenticate" in person.page.url:
        person.page.fill("input[name=password]", PASSWORD)
        person.page.locator("main form button").first.click()
    person.page.wait_for_url("**/webauthn/add/**")
    person.page.click("#mfa_webauthn_add")
    expect(person.page.locator("[data-key-unable]")).to_be_visible()

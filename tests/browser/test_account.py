"""The pages of one's account, which come from allauth, in our own look: seen by axe in both languages."""

import pytest

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

SIGNED_IN = ["email", "password/change", "2fa", "2fa/totp/activate", "2fa/recovery-codes/generate", "2fa/webauthn/add",
             "sessions", "profile", "data", "logout"]  # fmt: skip
SIGNED_OUT = ["login", "signup", "password/reset", "inactive", "confirm-email/unknown"]


@pytest.mark.parametrize(("language", "width"), [("fr", "phone"), ("en", "desktop")])
def test_every_page_of_the_account_is_whole(visitor, new_learner, language, width):
    person = visitor(language, width)
    person.log_in(new_learner(language=language).email)
    for path in SIGNED_IN:
        person.go(f"/{{lang}}/account/{path}/")
        if "reauthenticate" in person.page.url:
            person.page.fill("input[name=password]", PASSWORD)
            person.page.locator("main form button").first.click()
            person.page.wait_for_url(f"**/{path}/**")
        assert person.page.locator("h1").count() == 1
        person.look(f"account-{path.replace('/', '-')}")
    person.page.context.clear_cookies()
    for path in SIGNED_OUT:
        person.go(f"/{{lang}}/account/{path}/")
        person.look(f"account-{path.replace('/', '-')}")

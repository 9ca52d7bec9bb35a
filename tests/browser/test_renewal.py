"""A certificate close to its expiry: its holder sees what to do, does it, and holds a new one."""

import datetime as dt

import pytest
from django.utils import timezone

from courses import services as learning
from courses.certification import services
from courses.certification.models import Award, Certificate
from courses.loading import key_of
from tests.browser.playing import right_answers

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "width"), [("fr", "phone"), ("en", "desktop")])
def test_from_the_wallet_to_the_renewed_certificate(visitor, new_learner, language, width):
    now, user = timezone.now(), new_learner(language=language)
    learning.enrol(user=user, course_key=key_of("strategy"), now=now - dt.timedelta(days=710))
    old = services.issue(user=user, award=Award.objects.get(slug="strategy"), now=now - dt.timedelta(days=700))
    person = visitor(language, width)
    person.log_in(user.email)
    person.go("/{lang}/verify/mine/")
    person.look("20-wallet-expiring")
    person.page.locator(f"a[href*='{old.code}/renewal/']").click()
    person.look("21-renewal")
    person.page.locator("#todo ~ ul a").click()
    pass_quiz(person, user)
    person.go("/{lang}/verify/mine/")
    person.look("22-wallet-renewed")
    new = Certificate.objects.get(supersedes=old)
    assert new.valid_until.year == old.valid_until.year + 2
    assert person.page.get_by_text(new.code).count() == 2  # its own line, and “followed by” on the old one's


def pass_quiz(person, user):
    page = person.page
    page.locator("form[action*='/quiz/start/']").get_by_role("button").click()
    page.wait_for_selector("form.paper")
    for name, values in right_answers(user).items():
        for value in values:
            field = page.locator(f"[name='{name}'][value='{value}']")
            if field.count():
                field.check()
            elif page.locator(f"select[name='{name}']").count():
                page.locator(f"select[name='{name}']").select_option(value)
            else:
                page.locator(f"[name='{name}']").fill(value)
    page.locator("button[name=go][value=submit]").last.click()
    page.wait_for_url("**/review/")

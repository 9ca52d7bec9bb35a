"""The whole journey in a real browser: from sign-up to a certificate a stranger checks."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from courses.loading import key_of
from courses.models import Enrolment
from quizzes.models import Attempt
from sandbox.models import Shift
from tests.browser.playing import latest_shift, right_acts, right_answers

pytestmark = pytest.mark.browser

PEOPLE = [("fr", "phone"), ("en", "desktop")]


def sign_up(person, email):
    person.go("/{lang}/")
    person.look("01-home")
    person.go("/{lang}/account/signup/")
    person.look("02-signup")
    person.page.fill("input[name=email]", email)
    person.page.fill("input[name=display_name]", "Zoé Lambert")
    person.page.fill("input[name=password1]", "un-long-mot-de-passe")
    person.page.fill("input[name=password2]", "un-long-mot-de-passe")
    person.page.locator("main form").get_by_role("button").first.click()
    person.page.wait_for_url("**/confirm-email/")
    person.look("03-mail-sent")
    letter = next(m for m in mail.outbox if m.to == [email])
    link = re.search(r"https?://[^/]+(/\S+confirm-email/\S+)", letter.body)[1]
    person.go(link)
    person.page.locator("main form").get_by_role("button").first.click()
    person.page.wait_for_url("**/dashboard/")
    person.look("04-dashboard-empty")


def enrol(person):
    page = person.page
    page.locator("main a[href*='moderation']").first.click()
    person.look("05-course")
    page.locator("form[action*='/enrol/']").get_by_role("button").click()
    page.wait_for_selector("form[action*='/done/']")


def read_lesson(person, number):
    page = person.page
    person.look(f"06-lesson-{number}")
    check = page.locator("section.check").first
    check.locator("input[name=choice]").first.check()
    check.get_by_role("button").first.click()
    check.locator(".message").wait_for()
    person.look(f"07-lesson-{number}-checked")
    page.locator("form[action*='/done/']").get_by_role("button").click()
    page.wait_for_load_state()


def settle(page):
    """Wait until the desk has the server's answer, or the shift's end has led to the debrief."""
    page.wait_for_function("() => !document.querySelector('[data-desk][data-busy]')")


def handle(person, shift, comment):
    """Do what a perfect moderator does about the comment at hand, through the page."""
    page = person.page
    for act in right_acts(shift, comment):
        bench = page.locator("#bench")
        if act.text:
            bench.locator("textarea[name=text]").fill(act.text)
        if act.reason:
            bench.locator("select[name=reason]").select_option(act.reason)
        if act.desk:
            bench.locator("select[name=desk]").select_option(act.desk)
        button = bench.locator(f"button[name=action][value={act.action}]")
        if not button.is_visible():
            bench.locator("details.acts__more summary").first.click()
        with page.expect_response("**/act/") as answer:
            button.click()
        assert answer.value.status == 200
        settle(page)


def take_in_hand(person, comment):
    """Choose the comment in the queue; on a phone the comment at hand covers it, so go back to it first."""
    page = person.page
    if person.narrow:
        page.locator("[data-view-link=queue]").click()
    page.locator(f"#q-{comment} a").first.click()
    settle(page)
    page.wait_for_selector(f"#bench input[name=comment][value='{comment}']", state="attached")


def play_shift(person, user):
    """Play the scenario, comment after comment: with the clock held, as practice allows, so that a slow machine changes nothing."""
    page = person.page
    page.locator("form[action*='/sandbox/start/']").get_by_role("button").click()
    page.wait_for_selector("[data-desk]")
    shift = latest_shift(user)
    person.look("09-desk-start")
    page.locator("button[name=wish][value=pause]").click()
    settle(page)
    looked = False
    while page.locator("[data-desk]").count():
        first = page.evaluate("document.querySelector('#queue > li')?.id.slice(2)")
        if first:
            take_in_hand(person, first)
            if not looked:
                person.look("09-desk")
                looked = True
            handle(person, shift, first)
        else:
            page.locator("button[name=wish][value=ahead]").click()
            settle(page)
    assert "/debrief/" in page.url
    shift.refresh_from_db()
    return shift


def debrief(person):
    page = person.page
    person.look("10-own-words")
    for field in page.locator("main textarea").all():
        field.fill("Une première heure calme, puis trop vite.")
    page.locator("main form").get_by_role("button").first.click()
    page.wait_for_load_state()
    person.look("11-debrief")


def take_quiz(person, user):
    page = person.page
    person.look("12-quiz")
    page.locator("form[action*='/quiz/start/']").get_by_role("button").click()
    page.wait_for_selector("form.paper")
    person.look("13-attempt")
    for name, values in right_answers(user).items():
        for value in values:
            field = page.locator(f"[name='{name}'][value='{value}']")
            if field.count():
                field.check()
            else:
                page.locator(f"select[name='{name}']").select_option(value)
    page.locator("button[name=go][value=submit]").last.click()
    page.wait_for_url("**/review/")
    person.look("14-review")


def lesson_links(person, kind):
    page = person.page
    person.go("/{lang}/dashboard/")
    page.locator("main a[href*='moderation']").first.click()


@pytest.mark.parametrize(("language", "width"), PEOPLE)
def test_from_sign_up_to_a_certificate_a_stranger_checks(visitor, language, width, tmp_path):
    person = visitor(language, width)
    email = f"zoe-{language}-{width}@example.org"
    sign_up(person, email)
    user = get_user_model().objects.get(email=email)
    enrol(person)
    for number in (1, 2, 3):
        read_lesson(person, number)
    person.look("08-scenario")
    shift = play_shift(person, user)
    debrief(person)
    assert Shift.objects.get(pk=shift.pk).passed
    person.go(page_address("scenario", language))
    person.go(page_address("quiz", language))
    take_quiz(person, user)
    assert Attempt.objects.get(user=user).passed
    assert Enrolment.objects.get(user=user, course_key=key_of("moderation")).completed_at
    check_certificate(person, visitor(language, "desktop" if width == "phone" else "phone"), user, tmp_path)


def page_address(kind, language):
    from wagtail.models import Page

    key = key_of("moderation", "01-why-and-with-which-rules", kind)
    return Page.objects.get(translation_key=key, locale__language_code=language).url


def check_certificate(person, stranger, user, folder):
    person.go("/{lang}/verify/mine/")
    person.look("15-wallet")
    from courses.certification.models import Certificate

    certificate = Certificate.objects.get(user=user)
    person.go(certificate.get_absolute_url())
    with person.page.expect_download() as caught:
        person.page.evaluate(
            "href => { const a = document.createElement('a'); a.href = href; a.download = ''; a.click(); }",
            f"/{person.language}/verify/{certificate.code}/download.pdf",
        )
    pdf = folder / "certificate.pdf"
    caught.value.save_as(pdf)
    stranger.go("/{lang}/verify/")
    stranger.look("16-verify")
    stranger.page.locator("input[name=code]").fill(certificate.code)
    stranger.page.locator("main form").first.get_by_role("button").first.click()
    stranger.page.wait_for_load_state()
    stranger.look("17-valid")
    assert "Zoé Lambert" in stranger.page.content()
    stranger.go("/{lang}/verify/")
    stranger.page.set_input_files("input[type=file]", pdf)
    stranger.page.locator("form[enctype='multipart/form-data'] button").last.click()
    stranger.page.wait_for_load_state()
    stranger.look("18-file-valid")
    assert "Zoé Lambert" in stranger.page.content()

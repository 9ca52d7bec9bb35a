"""Exercises of a lesson in a real browser: by keyboard alone, in both languages, on the narrowest phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.loading import key_of
from courses.models import CheckAnswer, LessonPage, Note
from courses.services import enrol

pytestmark = pytest.mark.browser

STEMS = {
    "sort": "moderation/01-why-and-with-which-rules/02-criticism-stays",
    "compare": "moderation/01-why-and-with-which-rules/03-measured-consistent-explained",
    "story": "ethics/01-transparency/03-honest-when-it-goes-wrong",
    "grid": "strategy/01-the-trade-and-its-names/03-from-doing-everything-to-advising",
}
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def reader(visitor, new_learner):
    """Open a window for somebody who takes every course, logged in: `reader("fr")`."""

    def open_window(language):
        user = new_learner(language=language)
        for course in ("moderation", "ethics", "strategy"):
            enrol(user=user, course_key=key_of(course), now=timezone.now())
        person = visitor(language, "phone")
        person.page.set_viewport_size(NARROW)
        person.log_in(user.email)
        person.user = user
        return person

    return open_window


def lesson(kind, language):
    return LessonPage.objects.get(translation_key=key_of(*STEMS[kind].split("/")), locale__language_code=language)


def tab_to(person, selector, most=60):
    """Press Tab until the focus is on (or within) what `selector` names."""
    for _ in range(most):
        person.page.keyboard.press("Tab")
        if person.page.locator(f"{selector}:focus, {selector} :focus").count():
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def start_at(person, selector):
    """Put the keyboard just before an exercise, as a reader who has come to it."""
    person.page.locator(selector).evaluate("node => { node.tabIndex = -1; node.focus(); }")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_sorting_and_a_comparison_are_done_by_keyboard(reader, language):
    person = reader(language)
    person.go(lesson("sort", language).url)
    start_at(person, ".ask.sort")
    keys = person.page.keyboard
    for _ in range(6):
        tab_to(person, ".sort .pill", most=2)
        keys.press("Space")
    tab_to(person, ".sort button", most=2)
    keys.press("Enter")
    expect(person.page.locator(".sort .ask__verdict")).to_be_focused()
    answer = CheckAnswer.objects.get(user=person.user)
    assert (answer.correct, set(answer.chosen.values())) == (False, {"keep"})
    person.look("40-sorted")
    person.go(lesson("compare", language).url)
    start_at(person, ".ask.compare")
    tab_to(person, ".compare .choice", most=2)
    keys.press("ArrowDown")
    tab_to(person, ".compare textarea", most=2)
    keys.type("Elle cite la règle.")
    tab_to(person, ".compare button", most=2)
    keys.press("Enter")
    expect(person.page.locator(".compare .ask__expert")).to_be_focused()
    person.look("41-compared")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_story_is_decided_and_oneself_assessed_by_keyboard(reader, language):
    person = reader(language)
    person.go(lesson("story", language).url)
    start_at(person, ".ask.story")
    steps = person.page.locator(".story__steps li")
    for step in range(2):
        tab_to(person, ".story__choice", most=3)
        person.page.keyboard.press("Enter")
        expect(steps).to_have_count(step + 1)
        expect(person.page.locator(".story__scene")).to_be_focused()
        expect(person.page.locator(".htmx-added, .htmx-settling")).to_have_count(0)  # nobody is quicker than that
    expect(person.page.locator("svg.paths")).to_be_visible()
    person.look("42-story")
    person.go(lesson("grid", language).url)
    start_at(person, ".ask.grid-block")
    for place in range(10):
        tab_to(person, ".grid-block .step", most=2)
        person.page.keyboard.press("Space")
        for _ in range(place % 4):
            person.page.keyboard.press("ArrowRight")
    tab_to(person, ".grid-block button", most=2)
    person.page.keyboard.press("Enter")
    expect(person.page.locator(".grid-block__result")).to_be_focused()
    person.look("43-assessed")
    person.page.reload()
    expect(person.page.locator(".marks__now")).to_have_count(10)


def test_a_passage_is_highlighted_and_survives_an_edit(reader):
    person = reader("en")
    page = lesson("sort", "en")
    person.go(page.url)
    chosen = person.page.locator(".part--text p").nth(1)
    words = chosen.inner_text().split(".")[0]
    chosen.evaluate(
        "(node, length) => { const range = document.createRange(); range.selectNodeContents(node);"
        " getSelection().removeAllRanges(); getSelection().addRange(range); }"
    )
    person.page.wait_for_selector("[data-highlighter]:not([hidden])")
    person.page.keyboard.press("h")
    person.page.wait_for_selector("mark.highlight")
    assert Note.objects.get(user=person.user).highlights[0]["quote"].startswith(words)
    body = page.body.get_prep_value()
    page.body = [{"type": "text", "value": "A new paragraph before everything."}, *body]
    page.save_revision().publish()
    person.page.reload()
    expect(person.page.locator("mark.highlight").first).to_be_visible()
    person.page.locator("#highlights summary").click()
    person.look("44-highlighted")
    person.page.locator("#highlights button").click()
    expect(person.page.locator("mark.highlight")).to_have_count(0)
    page.body = body
    page.save_revision().publish()

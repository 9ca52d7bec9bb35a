"""What a phone shows: a long debrief in portions, the time of a comment beside its author, no keys where there are none."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from courses.models import CoursePage, LessonPage
from courses.services import enrol
from sandbox import services
from sandbox.models import ScenarioPage

pytestmark = pytest.mark.browser
TOUCH = {"has_touch": True, "is_mobile": True}


@pytest.fixture
def ended(new_learner):
    """A shift of the crisis with no act at all, over; and whose it was."""
    learner, now = new_learner(language="en"), timezone.now()
    page = ScenarioPage.objects.get(locale__language_code="en", slug="a-complaint-that-grows")
    key = page.get_parent().get_parent().translation_key
    enrol(user=learner, course_key=key, now=now)
    place = {"scenario": page.scenario, "course_key": key, "activity_key": page.translation_key}
    shift = services.start_shift(user=learner, mode="practice", seed=7, now=now - timedelta(hours=2), **place)
    services.finish_shift(shift=shift, now=now)
    services.write_words(shift=shift, words="Nothing.", now=now)
    return learner, shift


def test_a_debrief_shows_what_went_wrong_in_portions_and_all_of_it_on_paper(visitor, ended):
    learner, shift = ended
    person = visitor("en", "phone", **TOUCH)
    person.log_in(learner.email)
    person.go(reverse("sandbox:debrief", args=[shift.key]))
    page, rows = person.page, person.page.locator("#comments .row-item")
    shown = page.locator("#comments .row-item:visible")
    expect(shown).to_have_count(12)
    assert set(rows.evaluate_all("rows => rows.slice(0, 12).map(row => row.dataset.verdict)")) == {"wrong"}
    person.look("debrief-in-portions")
    page.emulate_media(media="print")
    expect(shown).to_have_count(rows.count())
    assert rows.last.locator(".fold__body").bounding_box()["height"] > 50
    page.emulate_media(media="screen")
    page.get_by_label("Show the whole list").check()
    expect(shown).to_have_count(rows.count())


def test_the_time_of_a_comment_stands_beside_its_author_however_long_the_handle(visitor):
    person = visitor("en", "phone", **TOUCH)
    person.go("/en/")
    for head in person.page.locator("#taste .slip__head").all():
        who, when = head.locator(".slip__who").bounding_box(), head.locator(".push").bounding_box()
        assert who["x"] + who["width"] <= when["x"]
        assert who["y"] < when["y"] + when["height"] / 2 < who["y"] + who["height"]


def test_keys_are_offered_where_a_mouse_is_and_found_by_tab_where_none_is(visitor, ended):
    learner, shift = ended
    course = CoursePage.objects.get(translation_key=shift.course_key, locale__language_code="en")
    lesson = LessonPage.objects.descendant_of(course).live().first()
    for window, offered in (({}, True), (TOUCH, False)):
        person = visitor("en", "phone", **window)
        person.log_in(learner.email)
        person.go(lesson.url)
        offer = person.page.get_by_role("button", name="Keyboard shortcuts")
        hidden = "button => getComputedStyle(button).clipPath !== 'none'"
        assert offer.evaluate(hidden) is not offered
        offer.focus()
        assert offer.evaluate(hidden) is False
        person.page.keyboard.press("Enter")
        expect(person.page.locator("#keys")).to_be_visible()

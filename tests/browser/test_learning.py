"""What a learner does around lessons, in a real browser: search, read and come back, note, look up."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.loading import key_of
from courses.models import ActivityRecord, LessonPage, Note
from courses.services import enrol

pytestmark = pytest.mark.browser

PEOPLE = [("fr", "phone"), ("en", "desktop"), ("fr", "desktop"), ("en", "phone")]
ASKED = {"fr": "moderer", "en": "answers"}


@pytest.fixture
def reader(visitor, new_learner):
    """Open a window for somebody enrolled in the moderation course, logged in: `reader("fr", "phone")`."""

    def open_window(language, width):
        user = new_learner(language=language)
        enrol(user=user, course_key=key_of("moderation"), now=timezone.now())
        person = visitor(language, width)
        person.log_in(user.email)
        person.user = user
        return person

    return open_window


def lesson_of(language, number=0):
    lessons = LessonPage.objects.filter(locale__language_code=language, url_path__contains="/moderation/")
    return lessons.order_by("path")[number]


@pytest.mark.parametrize(("language", "width"), PEOPLE)
def test_one_finds_a_lesson_by_its_words(visitor, language, width):
    person = visitor(language, width)
    person.go("/{lang}/learn/")
    person.page.wait_for_url("**/co*/")
    person.look("20-catalogue")
    person.page.fill("input[name=q]", ASKED[language])
    person.page.keyboard.press("Enter")
    person.page.wait_for_selector(".hits mark")
    person.look("21-found")
    person.page.fill("input[name=q]", "xyzzy")
    person.page.keyboard.press("Enter")
    person.page.wait_for_selector(".empty")
    person.look("22-nothing-found")


@pytest.mark.parametrize(("language", "width"), PEOPLE)
def test_one_comes_back_to_the_very_place(reader, language, width):
    person = reader(language, width)
    lesson = lesson_of(language)
    person.go(lesson.url)
    person.look("23-lesson")
    target = person.page.locator(".lesson__body h2[id^='part-']").nth(2)
    place = target.get_attribute("id")
    with person.page.expect_response(lambda response: response.url.endswith("/place/"), timeout=9000) as told:
        target.evaluate("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - innerHeight / 4)")
    assert told.value.status == 204
    record = ActivityRecord.objects.get(user=person.user)
    assert record.place == place
    person.go("/{lang}/dashboard/")
    person.look("24-dashboard")
    person.page.locator(f"a[href$='#{place}']").first.click()
    person.page.wait_for_url(f"**#{place}")
    assert person.page.locator(f"#{place}").evaluate(
        "element => Math.abs(element.getBoundingClientRect().top) < innerHeight"
    )


@pytest.mark.parametrize(("language", "width", "other"), [("fr", "phone", "en"), ("en", "desktop", "fr")])
def test_the_language_is_changed_in_the_middle_of_a_lesson(reader, language, width, other):
    person = reader(language, width)
    person.go(lesson_of(language).url)
    target = person.page.locator(".lesson__body h2[id^='part-']").nth(1)
    place = target.get_attribute("id")
    with person.page.expect_response(lambda response: response.url.endswith("/place/"), timeout=9000):
        target.evaluate("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - innerHeight / 4)")
    person.page.locator(f".languages a[hreflang={other}]").click()
    person.page.wait_for_url(f"**{lesson_of(other).url}#{place}")
    expect(person.page.locator(f"#{place}")).to_be_in_viewport()


def test_a_table_wider_than_a_phone_is_scrolled_by_keyboard(reader):
    person = reader("fr", "phone")
    enrol(user=person.user, course_key=key_of("crisis"), now=timezone.now())
    lesson = LessonPage.objects.get(
        translation_key=key_of("crisis", "01-see-it-coming", "02-weak-signals"), locale__language_code="fr"
    )
    person.go(lesson.url)
    table = person.page.locator(".table-scroll").first
    table.focus()
    person.page.keyboard.press("ArrowRight")
    expect(table).to_be_focused()
    person.page.wait_for_function("document.querySelector('.table-scroll').scrollLeft > 0")
    person.look("33-table")


def test_a_lesson_is_read_by_keyboard(reader):
    person = reader("en", "desktop")
    first, second = lesson_of("en", 0), lesson_of("en", 1)
    person.go(first.url)
    keys = person.page.keyboard
    keys.press("m")
    assert person.page.evaluate("document.activeElement.id") == "note-text"
    keys.type("n?p")
    assert person.page.url.endswith(first.url), "no shortcut while one writes"
    assert person.page.locator("#note-text").input_value() == "n?p"
    expect(person.page.locator("#note-state")).to_have_text("Saved.")
    person.page.evaluate("document.activeElement.blur()")
    keys.press("n")
    person.page.wait_for_url(f"**{second.url}")
    keys.press("p")
    person.page.wait_for_url(f"**{first.url}")
    keys.press("b")
    person.page.wait_for_selector("#bookmark[data-state=done]")
    keys.press("?")
    person.page.wait_for_selector("dialog[open]")
    person.look("25-keys")
    person.page.locator("[data-keys-switch]").uncheck()
    keys.press("Escape")
    keys.press("n")
    person.page.wait_for_timeout(300)
    assert person.page.url.endswith(first.url), "the switch turns them off"
    assert Note.objects.get(user=person.user).bookmarked_at


@pytest.mark.parametrize(("language", "width"), PEOPLE)
def test_a_note_is_kept_as_one_writes_and_gathered(reader, language, width):
    person = reader(language, width)
    lesson = lesson_of(language)
    person.go(lesson.url)
    person.page.fill("#note-text", "- citer la **règle**\n- répondre avant midi")
    expect(person.page.locator("[data-note] [name=version]")).to_have_value("1")
    person.page.locator("#note").scroll_into_view_if_needed()
    person.look("26-note")
    person.page.locator("#bookmark").click()
    person.page.wait_for_selector("#bookmark[data-state=done]")
    person.go("/{lang}/dashboard/")
    person.look("27-dashboard-bookmark")
    person.go("/{lang}/learn/notes/")
    assert person.page.locator(".kept strong").inner_text() == "règle"
    person.look("27-notes")
    person.page.locator(".kept a[href*='delete']").click()
    person.look("28-delete")


def test_two_tabs_write_and_nothing_is_lost(reader):
    person = reader("en", "desktop")
    lesson = lesson_of("en")
    person.go(lesson.url)
    note = Note.objects.create(
        user=person.user, course_key=key_of("moderation"), activity_key=lesson.translation_key, text="From the other tab",
        html="<p>From the other tab</p>", folded="from the other tab", version=1, written_at=timezone.now(),
    )  # fmt: skip
    person.page.fill("#note-text", "From this one")
    person.page.wait_for_selector("[data-note-choice]:not([hidden])")
    person.look("29-two-tabs")
    person.complaints = [complaint for complaint in person.complaints if "409" not in complaint]
    person.page.locator("[data-keep=mine]").click()
    expect(person.page.locator("[data-note] [name=version]")).to_have_value("2")
    note.refresh_from_db()
    assert note.text == "From this one"


@pytest.mark.parametrize(("language", "width"), PEOPLE)
def test_glossary_and_sheet_read_well(reader, language, width):
    person = reader(language, width)
    person.go("/{lang}/learn/glossary/")
    person.look("30-glossary")
    person.go(f"/{{lang}}/learn/{key_of('moderation')}/remember/")
    person.look("31-remember")
    person.page.emulate_media(media="print")
    person.look("32-remember-printed")

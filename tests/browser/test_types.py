"""Every question type in a browser, in both languages, on a small phone and on a desk: answered by keyboard alone."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from courses.models import CoursePage, ModulePage
from courses.services import enrol
from quizzes.loading import load_quiz
from quizzes.models import Attempt, QuizPage
from tests.factories import add_child
from tests.quizzes.building import plant_picture, quiz_file, sitting_of
from tests.quizzes.samples import ALL_SAMPLES, sample

pytestmark = pytest.mark.browser


@pytest.fixture
def quiz_pages(academy):
    """A quiz with every type, and words to drag, in the demo's first module."""
    plant_picture()
    name = f"types-{uuid4().hex[:6]}"
    data = quiz_file(name, kinds=ALL_SAMPLES)
    data["questions"].append({"id": f"{name}-dragged", **sample("gap_text", mode="dragged")})
    quiz = load_quiz(data).quiz
    key, module = uuid4(), ModulePage.objects.filter(locale__language_code="fr").live().first()
    twins = {
        page.locale.language_code: page for page in ModulePage.objects.filter(translation_key=module.translation_key)
    }
    return {
        language: add_child(twin, QuizPage, f"Quiz {name}", name, key, quiz=quiz, minutes=6)
        for language, twin in twins.items()
    }


@pytest.mark.parametrize(("language", "width"), [("fr", 320), ("en", 1280)])
def test_every_type_is_answered_by_keyboard(visitor, new_learner, quiz_pages, tmp_path, language, width):
    from django.utils import timezone

    learner, quiz_page = new_learner(language=language), quiz_pages[language]
    course = CoursePage.objects.ancestor_of(quiz_page).first()
    enrol(user=learner, course_key=course.translation_key, now=timezone.now())
    person = visitor(language, "desktop")
    page = person.page
    page.set_viewport_size({"width": width, "height": 900})
    person.name = f"{language}-{width}"
    person.log_in(learner.email)
    person.go(quiz_page.url)
    page.locator("form[action*='/quiz/start/'] button").first.press("Enter")
    page.wait_for_url("**/quiz/*-*-*/**")
    send_a_file(page, tmp_path)
    answer_everything(page)
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-now", "saved")
    person.look("types-01-answered")
    asked = sitting_of(Attempt.objects.filter(user=learner).latest("pk")).questions
    assert {q.type.code: q.progress for q in asked} == dict.fromkeys(ALL_SAMPLES, "complete")
    page.locator("button[value=submit]").last.press("Enter")
    page.wait_for_url("**/review/**")
    person.look("types-02-review")
    assert Attempt.objects.filter(user=learner).latest("pk").awaits_a_marker


def send_a_file(page, folder):
    (folder / "plan.txt").write_text("Monday: answer.")
    page.locator("[type=file]").set_input_files(folder / "plan.txt")
    page.locator("[data-send]").press("Enter")
    page.locator(".upload__sent").wait_for()


def answer_everything(page):
    """Answer with the keys a person has: space to tick, arrows to choose, letters to write."""
    keys = page.keyboard
    for box in page.locator("input[type=checkbox][name^=q]").all()[:1]:
        box.press("Space")
    names = page.evaluate(
        "[...new Set([...document.querySelectorAll('[name^=q][type=radio]')]"
        ".filter(i => !i.closest('details')).map(i => i.name))]"
    )
    for n, name in enumerate(names):
        group = page.locator(f"[name='{name}']")
        # The two ends of a judgement stand in two groups: the last row for the second, or one would free the other.
        (group.last if name.endswith("-least") else group.nth(n % 2 if group.count() > 3 else 0)).press("Space")
    ranks = {}
    for chooser in page.locator("select[name^=q]:visible").all():
        slot = chooser.get_attribute("name").partition("-")[0]
        chooser.focus()
        ranks[slot] = ranks.get(slot, 0) + 1
        for _ in range(ranks[slot] if "rank" in (chooser.evaluate("e => e.parentElement.className")) else 1):
            keys.press("ArrowDown")
    for field in page.locator("input[type=text][name^=q]:visible").all():
        field.press_sequentially("12", delay=1)
    page.locator("textarea[name^=q]").press_sequentially("We were closed, and we are sorry.", delay=1)
    move_the_cross(page)
    drag_the_words(page)
    move_the_lines(page)


def move_the_cross(page):
    picture = page.locator("[data-spot] [role=application]")
    picture.press("ArrowLeft")
    picture.press("Shift+ArrowDown")
    assert page.locator("[data-spot-said]").inner_text()
    assert page.locator("[data-spot] input").input_value() == "50 50.5"


def drag_the_words(page):
    words, gaps = page.locator(".bank__word"), page.locator("button.gap")
    for n in range(gaps.count()):
        words.nth(n).press("Enter")
        gaps.nth(n).press("Enter")
    assert gaps.nth(0).inner_text() == words.nth(0).inner_text()
    gaps.nth(0).press("Delete")
    assert not gaps.nth(0).inner_text().strip()
    words.nth(1).drag_to(gaps.nth(0))
    assert gaps.nth(0).inner_text() == words.nth(1).inner_text()


def move_the_lines(page):
    """A line goes down by a key and comes back by the mouse; each move gives every line its place."""
    box = page.locator("[data-lines]").last
    lines, places = box.locator("label"), box.locator("select")
    first = lines.nth(0).inner_text()
    box.locator(".rows__move").nth(1).press("Enter")
    assert lines.nth(1).inner_text() == first
    assert page.evaluate("document.activeElement.matches('.rows__move')")
    lines.nth(1).drag_to(lines.nth(0))
    assert lines.nth(0).inner_text() == first
    assert [place.input_value() for place in places.all()] == [str(n + 1) for n in range(places.count())]

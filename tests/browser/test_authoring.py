"""An instructor's morning in the admin: a lesson, a question and a comment are changed, and the learner sees it."""

import pytest
from playwright.sync_api import expect

from academy.demo import PASSWORD as DEMO_PASSWORD
from courses.models import LessonPage
from courses.services import enrol
from quizzes.models import Question, QuestionVersion
from sandbox.models import Scenario, ScenarioVersion

pytestmark = pytest.mark.browser


@pytest.fixture
def author(visitor):
    person = visitor("fr", "desktop")
    person.log_in("instructor@example.org", DEMO_PASSWORD)
    return person


def publish(page):
    """Let the editor's own autosave settle (two saves at once refuse each other), open the menu of actions and publish."""
    page.wait_for_timeout(1500)
    page.wait_for_load_state("networkidle")
    page.locator(
        "footer [data-drilldown-toggle], footer .w-dropdown__toggle, footer button[aria-haspopup]"
    ).last.click()
    page.locator("[name=action-publish]:visible").click()
    page.wait_for_load_state()


def test_a_lesson_changed_and_published_is_read_by_the_learner(author, visitor, new_learner):
    from django.utils import timezone

    lesson = LessonPage.objects.filter(locale__language_code="en", url_path__contains="/strategy/").first()
    page = author.page
    author.go(f"/admin/pages/{lesson.pk}/edit/")
    page.locator("#id_title").fill("A new title for the lesson")
    publish(page)
    learner = new_learner(language="en")
    enrol(user=learner, course_key=lesson.get_parent().get_parent().translation_key, now=timezone.now())
    reader = visitor("en", "phone")
    reader.log_in(learner.email)
    reader.go(lesson.url)
    assert "A new title for the lesson" in reader.page.locator("h1").inner_text()


def test_a_question_is_changed_in_both_languages_side_by_side(author):
    question = Question.objects.filter(live=True).first()
    page = author.page
    author.go(f"/admin/snippets/quizzes/question/edit/{question.pk}/")
    stems = page.locator("textarea[name$='stem-en'], textarea[name$='stem-fr']")
    assert stems.count() == 2
    page.locator("textarea[name$='stem-en']").fill("What would you do first this morning?")
    publish(page)
    newest = QuestionVersion.objects.filter(question=question).order_by("-number").first()
    assert newest.content["stem"]["en"] == "What would you do first this morning?"


def test_every_part_of_a_scenario_opens_and_a_comment_is_changed(author):
    scenario = Scenario.objects.get(identifier="crisis-1-complaint-that-grows")
    page = author.page
    author.go(f"/admin/snippets/sandbox/scenario/edit/{scenario.pk}/")
    page.wait_for_load_state("networkidle")
    for stream in ("charter", "personas", "posts", "comments", "reactions", "injects", "background", "macros"):
        blocks = page.locator(f"input[name='scenario-{stream}-count']")
        assert int(blocks.input_value()) == len(getattr(scenario, stream)), stream
    page.evaluate("document.querySelector(\"[name='scenario-comments-0-value-text-en']\").value = 'Is the café open?'")
    publish(page)
    newest = ScenarioVersion.objects.filter(scenario=scenario).order_by("-number").first()
    assert newest.data["comments"][0]["text"]["en"] == "Is the café open?"


def test_a_row_moved_by_keyboard_tells_at_once_that_the_other_language_followed(author):
    lesson = LessonPage.objects.filter(locale__language_code="fr").order_by("path").first()
    page = author.page
    author.go(f"/admin/pages/{lesson.get_parent().pk}/?ordering=ord")
    page.locator(f"#page_{lesson.pk}").hover()
    handle = page.locator(f"#page_{lesson.pk} [data-w-orderable-target=handle]")
    for key in ("ArrowDown", "Enter"):
        handle.press(key)
    told = page.locator(".messages li")
    expect(told).to_have_count(2)
    expect(told.last).to_contain_text("est maintenant à la même place")
    author.look("authoring-row-moved")
    for key in ("ArrowUp", "Enter"):  # back again: the others of this session find the order they know
        handle.press(key)
    expect(told).to_have_count(2)

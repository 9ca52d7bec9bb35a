"""A module is copied whole, in both languages; a moved lesson keeps what learners did in it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from academy.roles import AUTHORS, LEGAL_REVIEWERS
from courses import services
from courses.authoring.copying import copy_module
from courses.models import ActivityRecord, LessonPage, ModulePage
from quizzes.models import Quiz, QuizPage
from sandbox.loading import load_scenario
from sandbox.models import Scenario, ScenarioPage
from tests.factories import add_child, instructor, plain_learner, plant_course, training_manager, user_in
from tests.sandbox.samples import example

pytestmark = pytest.mark.django_db
QUIZ_KEY, SCENARIO_KEY = "8f14e45f-ceea-467f-a0e6-00000000000a", "8f14e45f-ceea-467f-a0e6-00000000000b"


@pytest.fixture
def full(tree):
    """The module of the tree with a quiz and a scenario in both languages."""
    quiz = Quiz.objects.create(identifier="q-1", pass_mark="0.8")
    load_scenario(example())
    scenario = Scenario.objects.get()
    for language in ("fr", "en"):
        add_child(tree.module[language], QuizPage, "Quiz", "quiz", QUIZ_KEY, quiz=quiz)
        add_child(tree.module[language], ScenarioPage, "Shift", "shift", SCENARIO_KEY, scenario=scenario)
    return tree


def children(module):
    return list(Page.objects.child_of(module).order_by("path").specific())


def test_a_copy_has_everything_in_both_languages_as_drafts_of_its_own(full):
    made = copy_module(module=full.module["en"], course=full.course["en"], user=instructor())
    other = ModulePage.objects.get(translation_key=made.translation_key, locale__language_code="fr")
    assert made.translation_key != full.module["en"].translation_key
    for copy, source in ((made, full.module["en"]), (other, full.module["fr"])):
        assert [p.title for p in children(copy)] == [p.title for p in children(source)]
        assert not any(page.live for page in [copy, *children(copy)])
        assert {p.translation_key for p in children(copy)}.isdisjoint({p.translation_key for p in children(source)})
    assert [p.translation_key for p in children(made)] == [p.translation_key for p in children(other)]


def test_the_quiz_and_the_scenario_of_a_copy_are_its_own_and_shared_by_its_languages(full):
    made = copy_module(module=full.module["en"], course=full.course["en"], user=instructor())
    quizzes = {p.quiz.identifier for p in QuizPage.objects.filter(path__startswith=made.path)}
    assert quizzes == {"q-1-copy-1"}
    assert Quiz.objects.get(identifier="q-1-copy-1").pass_mark == Quiz.objects.get(identifier="q-1").pass_mark
    first, copy = Scenario.objects.order_by("pk")
    assert copy.identifier == f"{first.identifier}-copy-1"
    assert len(copy.comments) == len(first.comments)
    assert {p.scenario for p in ScenarioPage.objects.exclude(translation_key=SCENARIO_KEY)} == {copy}
    copy_module(module=full.module["en"], course=full.course["en"], user=instructor())
    assert Quiz.objects.filter(identifier="q-1-copy-2").exists()


def check_of(lesson):
    return next(block.value["key"] for block in lesson.body if block.block_type == "check")


def test_answers_to_the_first_do_not_show_in_the_copy(full):
    made = copy_module(module=full.module["en"], course=full.course["en"], user=instructor())
    copy = children(made)[0]
    twin = LessonPage.objects.get(translation_key=copy.translation_key, locale__language_code="fr")
    assert check_of(copy) == check_of(twin) != "k1"
    assert check_of(full.lessons["en"][0]) == "k1"


def test_a_lesson_copied_by_wagtails_own_form_asks_under_new_identifiers_too(client, full):
    client.force_login(instructor())
    lesson = full.lessons["en"][0]
    lesson.save_revision().publish()
    data = {"new_title": "Again", "new_slug": "again", "new_parent_page": full.module["en"].pk, "copy_subpages": "on"}
    client.post(reverse("wagtailadmin_pages:copy", args=[lesson.pk]), data)
    copy = LessonPage.objects.get(slug="again")
    assert check_of(copy) != "k1"
    assert check_of(copy.get_latest_revision_as_object()) == check_of(copy)


def test_the_page_of_a_module_leads_to_its_copy(client, full):
    client.force_login(instructor())
    url = reverse("copy_module", args=[full.module["en"].pk])
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[full.module["en"].pk])).content.decode()
    assert client.get(url).status_code == 200
    before = ModulePage.objects.count()
    assert client.post(url, {"course": full.course["en"].pk}).status_code == 302
    assert ModulePage.objects.count() == before + 2
    assert client.post(url, {"course": full.course["fr"].pk}).status_code == 200  # not a course of this language
    assert ModulePage.objects.count() == before + 2


@pytest.mark.parametrize(
    "make", [plain_learner, training_manager, lambda: user_in(AUTHORS), lambda: user_in(LEGAL_REVIEWERS)]
)
def test_who_may_not_write_all_of_it_copies_nothing(client, full, make):
    client.force_login(make())
    before = Page.objects.count()
    url = reverse("copy_module", args=[full.module["en"].pk])
    assert client.get(url).status_code in (302, 404)
    assert client.post(url, {"course": full.course["en"].pk}).status_code in (302, 404)
    assert Page.objects.count() == before


def test_a_moved_lesson_keeps_what_learners_did_in_it(client, tree, learner):
    lesson = tree.lessons["en"][1]
    now = timezone.now()
    services.enrol(user=learner, course_key=tree.course_key, now=now)
    services.complete_lesson(user=learner, course_key=tree.course_key, activity_key=lesson.translation_key, now=now)
    other = plant_course(tree.catalogue, slug="elsewhere", lessons=1)
    services.enrol(user=learner, course_key=other["course"]["en"].translation_key, now=now)
    client.force_login(instructor())
    url = reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, other["module"]["en"].pk])
    client.post(url)
    moved = LessonPage.objects.get(pk=lesson.pk)
    assert moved.is_descendant_of(other["course"]["en"])
    assert ActivityRecord.objects.get().course_key == other["course"]["en"].translation_key
    client.force_login(learner)
    items = {i.key: i.state for i in client.get(moved.url).wsgi_request.learning.course.items}
    assert items[lesson.translation_key] == "done"
    twin = LessonPage.objects.get(pk=tree.lessons["fr"][1].pk)  # it went along
    items = {i.key: i.state for i in client.get(twin.url).wsgi_request.learning.course.items}
    assert items[twin.translation_key] == "done"


def test_a_lesson_moved_within_its_course_changes_nothing_for_its_readers(tree, learner):
    lesson = tree.lessons["en"][0]
    services.enrol(user=learner, course_key=tree.course_key, now=timezone.now())
    services.begin(
        user_id=learner.pk, course_key=tree.course_key, activity_key=lesson.translation_key, now=timezone.now()
    )
    second = add_child(tree.course["en"], ModulePage, "Second", "second", QUIZ_KEY)
    lesson.move(second, pos="last-child")
    assert ActivityRecord.objects.get().course_key == tree.course_key

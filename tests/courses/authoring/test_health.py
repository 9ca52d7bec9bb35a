"""What the desk finds in pages: in the editor of each, and in the report of all."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from academy.roles import AUTHORS
from courses.authoring.health import check_page, refresh
from courses.models import LessonPage, LinkCheck, ModulePage, PageFinding, PageHealth
from tests.factories import add_child, instructor, plain_learner, plant_course, training_manager, user_in

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/content-health/"


def codes(page):
    return {finding.code for finding in check_page(page)}


def kept(page):
    refresh(now=timezone.now())
    return set(PageFinding.objects.filter(health__page=page).values_list("code", "detail"))


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_the_checks_of_a_page_follow_its_draft(tree):
    lesson = publish(tree.lessons["en"][0])
    assert "no_objective" in codes(lesson)
    lesson.objectives = [("objective", {"key": "o1", "text": "Tell criticism from insult"})]
    assert "no_objective" not in codes(lesson)


@pytest.mark.parametrize(
    ("href", "broken"),
    [("/en/courses/moderation/", False), ("/en/courses/gone/", True), ("/en/account/login/", False), ("https://example.org/", False),
     ("http://testserver/en/courses/gone/", True), ("/en/courses/moderation/#part-2", False)],
)  # fmt: skip
def test_a_link_within_the_site_must_lead_to_a_page_or_a_view(tree, href, broken):
    lesson = publish(tree.lessons["en"][0], body=[("text", f"See [there]({href}).")])
    assert ("broken_link" in codes(lesson)) is broken


def test_a_link_breaks_when_the_page_it_leads_to_goes(tree):
    lesson = publish(tree.lessons["en"][0], body=[("text", "See [it](/en/courses/moderation/module-1/lesson-2/).")])
    assert not {code for code, _ in kept(lesson)} & {"broken_link"}
    tree.lessons["en"][1].unpublish()
    assert ("broken_link", "/en/courses/moderation/module-1/lesson-2/") in kept(lesson)


def test_a_module_is_told_it_has_no_quiz_or_nothing_at_all(tree):
    assert "module_without_quiz" in codes(tree.module["en"])
    empty = add_child(tree.course["en"], ModulePage, "Empty", "empty", "8f14e45f-ceea-467f-a0e6-000000000001")
    assert "empty_module" in codes(empty)


def test_a_page_of_one_language_says_which_is_missing(tree):
    alone = add_child(tree.module["en"], LessonPage, "Alone", "alone", "8f14e45f-ceea-467f-a0e6-000000000002")
    publish(alone)
    assert ("untranslated", "fr") in kept(alone)
    assert "untranslated" not in {code for code, _ in kept(tree.lessons["en"][0])}


def test_a_live_page_under_one_that_is_not_is_out_of_reach(tree):
    ModulePage.objects.filter(pk=tree.module["en"].pk).update(live=False)
    assert ("orphan", "") in kept(tree.lessons["en"][0])
    assert ("orphan", "") not in kept(tree.lessons["fr"][0])


def test_a_dead_link_is_named_with_what_it_answered(tree, now):
    lesson = publish(tree.lessons["en"][0], body=[("text", "See [it](https://gone.example/).")])
    LinkCheck.objects.create(url="https://gone.example/", answer="404", failing_since=now, checked_at=now)
    assert ("dead_link", "https://gone.example/ · 404") in kept(lesson)
    LinkCheck.objects.update(failing_since=None)
    assert "dead_link" not in {code for code, _ in kept(lesson)}


def test_what_was_put_right_is_gone_from_the_report(tree):
    lesson = publish(tree.lessons["en"][0])
    assert ("no_objective", "") in kept(lesson)
    publish(lesson, objectives=[("objective", {"key": "o1", "text": "Tell criticism from insult"})])
    assert ("no_objective", "") not in kept(lesson)


def test_a_page_is_read_again_only_when_it_has_changed(tree, django_assert_num_queries):
    refresh(now=timezone.now())
    before = dict(PageHealth.objects.values_list("page_id", "checked_at"))
    publish(tree.lessons["en"][0])
    refresh(now=timezone.now())
    after = dict(PageHealth.objects.values_list("page_id", "checked_at"))
    assert [page for page in after if after[page] != before[page]] == [tree.lessons["en"][0].pk]


def test_the_editor_shows_what_is_to_do(client, tree):
    client.force_login(instructor())
    html = client.get(reverse("wagtailadmin_pages:edit", args=[tree.lessons["en"][0].pk])).content.decode()
    assert "No objective" in html
    assert "State two to four objectives" in html


def test_the_report_lists_filters_and_counts(client, tree):
    client.force_login(instructor())
    html = client.get(REPORT).content.decode()
    assert "Module without a quiz" in html
    assert "Lesson 1 en" in html
    only = client.get(REPORT, {"finding": "module_without_quiz"}).content.decode()
    assert "Module en" in only
    assert "Lesson 1 en" not in only
    assert "Lesson 1 fr" not in client.get(REPORT, {"language": "en"}).content.decode()
    assert "Module en" not in client.get(REPORT, {"kind": "lesson"}).content.decode()


def test_ageing_pages_are_found_by_the_months_since_they_changed(client, tree):
    old = publish(tree.lessons["en"][0])
    publish(tree.lessons["en"][1])
    LessonPage.objects.filter(pk=old.pk).update(last_published_at=timezone.now() - dt.timedelta(days=400))
    client.force_login(instructor())
    html = client.get(REPORT, {"unchanged": "12"}).content.decode()
    assert "Lesson 1 en" in html
    assert "Lesson 2 en" not in html


def test_the_report_is_taken_away_as_a_table(client, tree):
    client.force_login(instructor())
    rows = b"".join(client.get(REPORT, {"export": "csv"}).streaming_content).decode().splitlines()
    assert rows[0].startswith("Title,Course,Kind,Language,Minutes,Words")
    assert any("Lesson 1 en" in row and "No objective" in row for row in rows)
    book = openpyxl.load_workbook(BytesIO(b"".join(client.get(REPORT, {"export": "xlsx"}).streaming_content)))
    assert book.active.max_row == len(rows)


@pytest.mark.parametrize(
    ("make", "status"), [(instructor, 200), (lambda: user_in(AUTHORS), 200), (training_manager, 302), (plain_learner, 302)]
)  # fmt: skip
def test_only_those_who_write_pages_see_the_report(client, tree, make, status):
    client.force_login(make())
    assert client.get(REPORT).status_code == status


def test_the_report_costs_the_same_however_many_pages_there_are(client, tree, django_assert_max_num_queries):
    client.force_login(instructor())
    refresh(now=timezone.now())
    client.get(REPORT)
    with django_assert_max_num_queries(60) as few:
        client.get(REPORT)
    for n in range(5):
        plant_course(tree.catalogue, slug=f"more-{n}", lessons=3)
    refresh(now=timezone.now())
    with django_assert_max_num_queries(60) as many:
        client.get(REPORT)
    assert len(many) == len(few)

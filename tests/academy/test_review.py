"""From an author's draft to the public page: review, and for marked pages the legal reviewers' sign-off."""

import pytest
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowPage

from academy.bootstrap import bootstrap
from academy.roles import AUTHORS, INSTRUCTORS, LEGAL_REVIEWERS, REVIEWERS, group
from courses.models import LessonPage, SignOffTask
from tests.factories import UserFactory, instructor, user_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(tree):
    page = tree.lessons["en"][0]
    page.save_revision().publish()
    return page


def edit(client, user, page, **changes):
    """Post the editor's form of `page` as a browser would: every field as it is, but for `changes`."""
    from tests.courses.authoring.editing import edit_data

    client.force_login(user)
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), edit_data(client, page, **changes))


def approve(client, user, page, action="approve", **data):
    client.force_login(user)
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(url, data)


def title_of(page):
    return LessonPage.objects.get(pk=page.pk).title


def waiting_at(page):
    task = LessonPage.objects.get(pk=page.pk).current_workflow_task
    return type(task.specific) if task else None


def test_an_author_submits_a_reviewer_approves_and_the_page_is_public(client, lesson):
    edit(client, user_in(AUTHORS), lesson, title="A better title", **{"action-submit": "1"})
    assert (title_of(lesson), waiting_at(lesson)) == ("Lesson 1 en", GroupApprovalTask)
    approve(client, user_in(REVIEWERS), lesson)
    assert (title_of(lesson), waiting_at(lesson)) == ("A better title", None)


def test_an_author_cannot_publish(client, lesson):
    edit(client, user_in(AUTHORS), lesson, title="A better title", **{"action-publish": "1"})
    assert title_of(lesson) == "Lesson 1 en"


def test_a_marked_page_waits_for_the_legal_reviewers_who_need_no_right_to_publish(client, lesson):
    changes = {"title": "Defamation", "needs_sign_off": "on", "action-submit": "1"}
    edit(client, user_in(AUTHORS), lesson, **changes)
    approve(client, user_in(REVIEWERS), lesson)
    assert (title_of(lesson), waiting_at(lesson)) == ("Lesson 1 en", SignOffTask)
    approve(client, user_in(REVIEWERS), lesson)  # not theirs to give
    assert waiting_at(lesson) is SignOffTask
    approve(client, user_in(LEGAL_REVIEWERS), lesson)
    assert (title_of(lesson), waiting_at(lesson)) == ("Defamation", None)


def test_a_sign_off_refused_goes_back_with_its_reason(client, lesson):
    author = user_in(AUTHORS)
    edit(client, author, lesson, title="Defamation", needs_sign_off="on", **{"action-submit": "1"})
    approve(client, user_in(REVIEWERS), lesson)
    approve(client, user_in(LEGAL_REVIEWERS), lesson, "reject", comment="Article 29 is misquoted.")
    assert title_of(lesson) == "Lesson 1 en"
    assert TaskState.objects.filter(status="rejected", comment="Article 29 is misquoted.").exists()
    client.force_login(author)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    assert "Article 29 is misquoted." in shown


@pytest.mark.parametrize("marked", ["lesson", "module", "course"])
def test_nobody_publishes_a_marked_page_past_the_workflow(client, tree, lesson, marked):
    page = {"lesson": lesson, "module": tree.module["en"], "course": tree.course["en"]}[marked]
    type(page).objects.filter(pk=page.pk).update(needs_sign_off=True)
    response = edit(client, instructor(), lesson, title="Past the lawyers", **{"action-publish": "1"})
    assert response.status_code == 302
    assert title_of(lesson) == "Lesson 1 en"
    assert (
        LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().title == "Past the lawyers"
    )  # nothing written is lost


def test_the_mark_cannot_be_taken_off_in_the_edit_that_publishes(client, lesson):
    LessonPage.objects.filter(pk=lesson.pk).update(needs_sign_off=True)
    lesson.refresh_from_db()
    edit(client, instructor(), lesson, title="Unmarked", needs_sign_off="", **{"action-publish": "1"})
    assert title_of(lesson) == "Lesson 1 en"


def test_the_editor_of_a_marked_page_offers_no_button_that_would_refuse(client, lesson):
    client.force_login(instructor())
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert "action-publish" in client.get(url).content.decode()
    LessonPage.objects.filter(pk=lesson.pk).update(needs_sign_off=True)
    assert "action-publish" not in client.get(url).content.decode()


def test_bulk_publishing_leaves_a_marked_page_alone(client, lesson):
    LessonPage.objects.filter(pk=lesson.pk).update(needs_sign_off=True)
    Page.objects.get(pk=lesson.pk).unpublish()
    client.force_login(instructor())
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={lesson.pk}&next=/admin/"
    client.post(url)
    assert not Page.objects.get(pk=lesson.pk).live


def test_a_legal_reviewer_opens_no_page_that_does_not_wait_for_them(client, lesson):
    client.force_login(user_in(LEGAL_REVIEWERS))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).status_code == 302


def test_an_instructor_sees_where_a_page_stands(client, lesson):
    edit(client, user_in(AUTHORS), lesson, title="Defamation", needs_sign_off="on", **{"action-submit": "1"})
    approve(client, user_in(REVIEWERS), lesson)
    client.force_login(instructor())
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    assert SignOffTask.objects.get().name in shown


def test_bootstrap_again_changes_nothing_an_administrator_did(tree):
    task, workflow = SignOffTask.objects.get(), WorkflowPage.objects.get(page__depth=1).workflow
    task.name, workflow.name = "Our lawyers", "Ours"
    task.groups.add(group(INSTRUCTORS))
    task.save()
    workflow.save()
    WorkflowPage.objects.all().delete()
    permission = group(AUTHORS).permissions.model.objects.get(codename="view_enrolment")
    group(AUTHORS).permissions.add(permission)
    before = Workflow.objects.count(), GroupApprovalTask.objects.count()
    bootstrap()
    assert (Workflow.objects.count(), GroupApprovalTask.objects.count()) == before
    assert WorkflowPage.objects.count() == 0
    assert set(SignOffTask.objects.get().groups.all()) == {group(LEGAL_REVIEWERS), group(INSTRUCTORS)}
    assert permission in group(AUTHORS).permissions.all()


def test_a_superuser_may_publish_whatever_the_mark(client, lesson):
    LessonPage.objects.filter(pk=lesson.pk).update(needs_sign_off=True)
    boss = UserFactory(is_superuser=True, is_staff=True, language="en")
    edit(client, boss, lesson, title="Urgent correction", **{"action-publish": "1"})
    assert title_of(lesson) == "Urgent correction"

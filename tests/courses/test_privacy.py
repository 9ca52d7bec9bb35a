"""A private course is not there for strangers: pages, answers, enrolment, lists, documents and images of its collection."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from courses.models import ActivityRecord, CheckAnswer, Enrolment, LessonPage
from courses.services import enrol
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(tree):
    """The group the course is kept for, in both languages."""
    group = Group.objects.create(name="Class of May")
    for language in ("fr", "en"):
        restriction = PageViewRestriction.objects.create(page=tree.course[language], restriction_type="groups")
        restriction.groups.add(group)
    return group


@pytest.fixture
def member(team):
    user = UserFactory(language="en")
    user.groups.add(team)
    return user


def pages(tree):
    return [tree.course["en"], tree.module["en"], tree.lessons["en"][0]]


def test_strangers_meet_404_and_leave_no_trace(client, tree, team, learner):
    enrol(user=learner, course_key=tree.course_key, now=timezone.now())  # from the days before it was private
    for page in pages(tree):
        assert client.get(page.url).status_code == 404
    client.force_login(learner)
    for page in pages(tree):
        assert client.get(page.url).status_code == 404
    assert not ActivityRecord.objects.exists()


def test_members_find_enrol_read_and_go_on(client, tree, member):
    client.force_login(member)
    assert tree.course["en"].title in client.get("/en/courses/").content.decode()
    response = client.post(f"/en{reverse('courses:enrol', args=[tree.course_key])[3:]}")
    assert response.status_code == 302
    assert Enrolment.objects.filter(user=member, course_key=tree.course_key).exists()
    for page in pages(tree):
        assert client.get(page.url).status_code == 200
    assert tree.course["en"].title in client.get("/en/dashboard/").content.decode()


def test_strangers_neither_find_nor_enrol_nor_answer_nor_complete(client, tree, team, learner):
    LessonPage.objects.update(open_to_all=True)
    lesson = tree.lessons["en"][0]
    assert tree.course["en"].title not in client.get("/en/courses/").content.decode()
    for user in (None, learner):
        if user:
            client.force_login(user)
        answer = reverse("courses:answer_block", args=[lesson.pk, "k1"])
        assert client.post(answer, {"choice": "a"}).status_code == 404
    assert client.post(reverse("courses:enrol", args=[tree.course_key])).status_code == 404
    assert client.get(reverse("courses:remember", args=[tree.course_key])).status_code == 404
    enrol(user=learner, course_key=tree.course_key, now=timezone.now())
    assert client.post(reverse("courses:complete_lesson", args=[lesson.pk])).status_code == 404
    assert not CheckAnswer.objects.exists()


def test_a_course_for_account_holders_is_not_there_for_visitors(client, tree, learner):
    PageViewRestriction.objects.create(page=tree.course["en"], restriction_type="login")
    assert client.get(tree.course["en"].url).status_code == 404
    client.force_login(learner)
    assert client.get(tree.course["en"].url).status_code == 200


def test_a_course_behind_a_shared_word_asks_for_it(client, tree):
    PageViewRestriction.objects.create(page=tree.course["en"], restriction_type="password", password="sesame")
    response = client.get(tree.course["en"].url)
    assert response.status_code == 200
    assert 'name="password"' in response.content.decode()


@pytest.fixture
def on_disk(settings, tmp_path):
    """Wagtail sends documents from the disk."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }  # fmt: skip


@pytest.fixture
def private_document(team, on_disk):
    collection = Collection.get_first_root_node().add_child(name="Class of May")
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    restriction.groups.add(team)
    return get_document_model().objects.create(
        title="Sheet", file=ContentFile(b"secret", "sheet.txt"), collection=collection
    )


def test_documents_of_a_private_collection_are_not_there_for_strangers(client, private_document, member, learner):
    assert client.get(private_document.url).status_code == 404
    client.force_login(learner)
    assert client.get(private_document.url).status_code == 404
    client.force_login(member)
    assert b"".join(client.get(private_document.url).streaming_content) == b"secret"


def test_images_of_a_private_collection_are_not_there_for_strangers(client, private_document, member):
    from tests.courses.test_media import upload

    image = upload()
    image.collection = private_document.collection
    image.save()
    address = image.get_rendition("width-1200").url
    assert client.get(address).status_code == 404
    client.force_login(member)
    assert client.get(address).status_code == 200


def test_a_document_outside_any_restriction_is_sent(client, tree, on_disk):
    document = get_document_model().objects.create(title="Sheet", file=ContentFile(b"open", "sheet.txt"))
    assert client.get(document.url).status_code == 200

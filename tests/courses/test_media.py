"""Images of pages reach those who may read the pages, and nobody else."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from courses.models import LessonPage

pytestmark = pytest.mark.django_db


def upload(name="feed.png"):
    buffer = BytesIO()
    Picture.new("RGB", (8, 6), (120, 10, 10)).save(buffer, "PNG")
    return get_image_model().objects.create(title="Feed", file=ContentFile(buffer.getvalue(), name))


@pytest.fixture
def shown(tree):
    """An image in a lesson open to all: its address as the page says it."""
    image = upload()
    lesson = tree.lessons["fr"][0]
    lesson.open_to_all = True
    lesson.body = [("figure", {"image": image, "alt": "A feed", "caption": ""})]
    lesson.save_revision().publish()
    return image.get_rendition("width-1200").url


def test_a_figure_of_a_lesson_is_really_there(client, tree, shown):
    assert shown in client.get(tree.lessons["fr"][0].url).content.decode()
    response = client.get(shown)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert client.post(shown).status_code == 405


def test_the_image_of_a_private_course_is_not_found_by_strangers(client, tree, learner, shown):
    restriction = PageViewRestriction.objects.create(page=tree.course["fr"], restriction_type="groups")
    restriction.groups.add(group := Group.objects.create(name="Class of May"))
    assert client.get(shown).status_code == 404
    client.force_login(learner)
    assert client.get(shown).status_code == 404
    learner.groups.add(group)
    assert client.get(shown).status_code == 200


def test_an_image_shown_elsewhere_too_stays_open(client, tree, shown):
    other = LessonPage.objects.get(pk=tree.lessons["en"][0].pk)
    other.body = tree.lessons["fr"][0].body
    other.save_revision().publish()
    PageViewRestriction.objects.create(page=tree.course["fr"], restriction_type="login")
    assert client.get(shown).status_code == 200


@pytest.mark.parametrize("path", ["images/none.png", "original_images/feed.png", "images/../secret", "documents/a.pdf"])
def test_nothing_but_renditions_is_sent(client, shown, path):
    assert client.get(f"/media/{path}").status_code == 404

"""The library of blocks in the admin: every block has a description and a picture of itself."""

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from wagtail.users.models import UserProfile

from courses.blocks import BODY_BLOCKS, examples
from courses.models import LessonPage
from tests.factories import instructor

pytestmark = pytest.mark.django_db
KINDS = [name for name, _ in BODY_BLOCKS]


@pytest.mark.parametrize("kind", KINDS)
def test_every_block_says_what_it_is_and_belongs_to_a_group(kind):
    block = LessonPage.body.field.stream_block.child_blocks[kind]
    assert block.get_description()
    assert block.meta.group


def test_a_field_alone_in_its_stream_says_what_it_is():
    for field, kind in (("body", "text"), ("sources", "line")):
        block = LessonPage._meta.get_field(field).stream_block.child_blocks[kind]
        assert f'aria-label="{block.label}"' in block.field.widget.render("f", "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_is_previewed_in_the_academys_own_clothes(client, kind):
    assert LessonPage.body.field.stream_block.child_blocks[kind].is_previewable
    assert "courses/blocks.css" in preview(client, kind, "en")


@pytest.mark.parametrize(
    ("kind", "shows", "english", "french"),
    [
        ("figure", 'src="/static/courses/example.svg"', "at 8:40.", "à 8 h 40."),
        ("hotspot", 'src="/static/courses/example.svg"', "Who replies", "Qui répond"),
        ("video", 'poster="/static/courses/example.svg"', "A morning at the desk", "Une matinée au bureau"),
        ("audio", "<audio", "the press office", "service de presse"),
        ("story", "story__choice", "The post nobody approved", "que personne n’avait validée"),
        ("grid", "grid-block", "I name what people feel.", "Je nomme ce que les gens ressentent."),
        ("chart", "<svg", "Median time to a first reply", "Délai médian de première réponse"),
        ("sort", "sort__row", "Your queue is a disgrace.", "Votre file d’attente est une honte."),
        ("order", "order__row", "Act, then follow up", "Agir, puis donner suite"),
        ("post", "remarks", "Third time", "Troisième fois"),
        ("check", "choice", "Does the charter forbid it?", "La charte l’interdit-elle ?"),
        ("text", "<h2", "A heading", "Un titre"),
        ("download", "DOCX, 46", "A moderation charter", "Une charte de modération"),
    ],
)
def test_a_block_is_shown_with_an_example_in_the_authors_language(client, kind, shows, english, french):
    for language, said, other in (("en", english, french), ("fr", french, english)):
        html = preview(client, kind, language).replace("\u202f", " ").replace("\xa0", " ")
        assert shows in html
        assert said in html
        assert other not in html


def test_the_drawing_of_the_examples_is_there():
    assert finders.find(examples.DRAWING)


def preview(client, kind, language):
    author = instructor(email=f"{language}@example.org")
    UserProfile.objects.update_or_create(user=author, defaults={"preferred_language": language})
    client.force_login(author)
    block = LessonPage.body.field.stream_block.child_blocks[kind]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    return response.content.decode()

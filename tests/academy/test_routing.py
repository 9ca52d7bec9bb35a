import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page

from academy.routing import find

pytestmark = pytest.mark.django_db


def look(path, language="fr"):
    with translation.override(language):
        return find(RequestFactory().get(f"/{language}/{path}"), path)


def test_a_deep_page_is_found_in_two_queries(tree, django_assert_num_queries):
    lesson = tree.lessons["en"][1]
    look("", "en")  # fills Wagtail's cache of site roots
    with django_assert_num_queries(2):
        assert look("courses/moderation/module-1/lesson-2/", "en") == lesson


def test_each_language_has_its_own_tree(tree):
    assert look("courses/moderation/", "fr") is None
    assert look("cours/moderation/", "fr") == tree.course["fr"]


def test_nothing_is_found_below_an_unpublished_page(tree, client):
    Page.objects.filter(pk=tree.module["fr"].pk).update(live=False)
    assert client.get("/fr/cours/moderation/module-1/lesson-1/").status_code == 404


def test_an_address_that_leads_nowhere_is_not_found(tree, client):
    assert client.get("/fr/cours/moderation/nothing/").status_code == 404

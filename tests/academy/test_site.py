import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import services
from tests.academy.test_account_mails import PASSWORD, known
from tests.conftest import NOW
from tests.factories import UserFactory, instructor, plain_learner, plant_course, training_manager

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/fr/", "/en/", "/fr/cours/", "/en/courses/", "/fr/account/login/", "/fr/styleguide/"]
)
def test_public_pages_have_a_strict_policy(client, tree, path):
    response = client.get(path)
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/fr/", "/en/", "/fr/cours/", "/fr/account/login/", "/fr/account/signup/"])
def test_pages_hold_no_inline_script_or_style(client, tree, path):
    html = client.get(path).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)


def test_the_front_door_speaks_the_visitors_language(client, tree):
    assert client.get("/", headers={"Accept-Language": "en-GB"})["Location"] == "/en/"
    assert client.get("/", headers={"Accept-Language": "fr"})["Location"] == "/fr/"


def test_learners_and_strangers_never_reach_the_admin(client, tree):
    assert client.get("/admin/").status_code == 302
    client.force_login(plain_learner())
    response = client.get("/admin/", follow=True)
    assert "wagtail" not in response.content.decode().lower().split("<title>")[1].split("</title>")[0]
    assert response.request["PATH_INFO"].startswith("/fr/")


def test_an_instructor_edits_lessons_in_the_admin_and_a_manager_does_not(client, tree):
    lesson = tree.lessons["fr"][0]
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    client.force_login(instructor())
    assert client.get(edit).status_code == 200
    client.force_login(training_manager())
    assert client.get("/admin/").status_code == 200
    assert client.get(edit).status_code == 302


@pytest.mark.parametrize(("language", "word"), [("fr", '<html lang="fr"'), ("en", '<html lang="en"')])
def test_the_authoring_desk_speaks_the_authors_language(client, tree, language, word):
    client.force_login(instructor(language=language))
    assert word in client.get("/admin/", headers={"Accept-Language": "de"}).content.decode()


def test_the_theme_is_kept_and_odd_wishes_are_not(client, tree):
    response = client.post("/theme/", {"theme": "dark", "next": "/en/"})
    assert (response["Location"], response.cookies["theme"].value) == ("/en/", "dark")
    assert 'data-theme="dark"' in client.get("/en/").content.decode()
    response = client.post("/theme/", {"theme": '"><script>', "next": "https://evil.example/"})
    assert (response["Location"], response.cookies["theme"].value) == ("/", "")
    assert client.get("/theme/").status_code == 405


def test_the_dashboard_is_for_those_with_an_account(client, tree):
    assert "/account/login/" in client.get("/fr/dashboard/")["Location"]
    client.force_login(UserFactory())
    assert client.get("/fr/dashboard/").status_code == 200


def test_the_dashboard_costs_the_same_with_many_courses(client, tree):
    user = UserFactory()
    client.force_login(user)

    def queries():
        client.get("/fr/dashboard/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/fr/dashboard/")
        return len(captured)

    services.enrol(user=user, course_key=tree.course_key, now=NOW)
    before = queries()
    for n in range(4):
        course = plant_course(tree.catalogue, slug=f"c{n}", lessons=3)["course"]["fr"]
        services.enrol(user=user, course_key=course.translation_key, now=NOW)
    assert queries() == before <= 12


def test_health_answers_whoever_asks_without_database_or_session(client, settings, django_assert_num_queries):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["academy.example"], True
    with django_assert_num_queries(0):
        response = client.get("/healthz", headers={"Host": "127.0.0.1:8000"})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert client.get("/fr/", headers={"Host": "127.0.0.1:8000"}).status_code == 400


def test_the_front_door_speaks_the_accounts_language_until_another_is_chosen_here(client, tree):
    client.force_login(UserFactory(language="en"))
    assert client.get("/", headers={"Accept-Language": "fr"})["Location"] == "/en/"
    client.cookies["django_language"] = "fr"
    assert client.get("/", headers={"Accept-Language": "en"})["Location"] == "/fr/"


def test_an_unknown_address_is_a_page_that_helps(client, tree):
    response = client.get("/fr/nowhere/")
    assert response.status_code == 404
    page = response.content.decode()
    assert 'role="search"' in page
    assert f'action="{tree.catalogue["fr"].url}"' in page


def test_a_form_that_is_refused_says_what_to_do(tree):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/fr/account/login/", {"login": "a@example.org"})
    assert response.status_code == 403
    assert "Le formulaire n’est pas parti." in response.content.decode()


@pytest.mark.parametrize(("language", "share"), [("fr", "0\xa0%"), ("en", ">0%")])
def test_per_cents_are_spaced_as_the_language_spaces_them(client, tree, language, share):
    user = UserFactory()
    client.force_login(user)
    services.enrol(user=user, course_key=tree.course_key, now=NOW)
    assert share in client.get(f"/{language}/dashboard/").content.decode()


def test_the_matrix_explains_the_signs_it_shows_and_no_other(client, tree):
    user = UserFactory()
    client.force_login(user)
    services.enrol(user=user, course_key=tree.course_key, now=NOW)
    assert client.get("/en/dashboard/").context["legend"] == []
    client.get(tree.lessons["en"][0].url)
    assert client.get("/en/dashboard/").context["legend"] == ["begun"]


def test_whoever_signs_in_is_told_so_without_the_name_that_stands_on_the_page(client, tree):
    known(language="en")
    page = client.post("/en/account/login/", {"login": "zoe@example.org", "password": PASSWORD}, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["You are signed in."]


def test_ones_own_certificates_belong_to_the_dashboard_and_not_to_the_check_of_others(client, tree):
    client.force_login(UserFactory())
    sections = client.get("/en/verify/mine/").content.decode().split("</nav>")[0]
    assert re.search(r'href="/en/dashboard/" aria-current="true"', sections)
    assert not re.search(r'href="/en/verify/" aria-current', sections)
    assert 'href="/en/verify/" aria-current="page"' in client.get("/en/verify/").content.decode()


def test_an_empty_notebook_is_not_counted(client, tree):
    client.force_login(UserFactory())
    html = client.get("/en/learn/notes/").content.decode()
    assert "0 notes" not in html
    assert "You have not written a note yet." in html

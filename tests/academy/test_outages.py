"""When the academy is broken or closed, a page says so that needs nothing of it."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation

from academy import maintenance
from tests.factories import UserFactory, instructor, plain_learner


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "data" / "maintenance"
    return settings.MAINTENANCE_FILE


def close(**options):
    call_command("maintenance", "on", verbosity=0, **options)


@pytest.mark.parametrize("template", ["500.html", "503.html"])
@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_the_page_speaks_both_languages_the_readers_first(template, language, other):
    with translation.override(language):
        html = render_to_string(template)  # without the database this test has not asked for
    assert f'<html lang="{language}">' in html
    assert re.findall(r'<article[^>]* lang="(\w\w)"', html) == [language, other]
    assert html.count("<h1") == html.count("<h2") == 1
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", html)


@pytest.mark.parametrize("path", ["/", "/fr/", "/en/courses/", "/fr/account/login/", "/admin/", "/fr/nowhere/"])
def test_a_closed_academy_tells_visitors_when_to_come_back_without_asking_the_database(client, path):
    close(minutes=25)
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "1500")
    assert response["Cache-Control"] == "no-store"
    assert "unsafe" not in response["Content-Security-Policy"] or path == "/admin/"
    page = response.content.decode()
    assert "The academy is being looked after." in page
    assert "On s’occupe de l’académie." in page


def test_what_is_sent_while_it_is_closed_is_refused(client):
    close()
    assert client.post("/fr/account/login/", {"login": "zoe@example.org"}).status_code == 503


def test_whoever_watches_the_process_is_still_answered(client):
    close()
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_it_opens_again_and_opening_twice_does_no_harm(client, tree):
    close()
    assert client.get("/fr/").status_code == 503
    for _ in range(2):
        call_command("maintenance", "off", verbosity=0)
        assert client.get("/fr/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "status"), [(instructor, 200), (plain_learner, 503), (UserFactory, 503)])
def test_staff_who_are_signed_in_work_on_and_learners_do_not(client, tree, make, status):
    client.force_login(make())
    close()
    assert client.get("/fr/dashboard/").status_code == status


@pytest.mark.django_db
def test_an_old_session_opens_nothing(client):
    client.cookies["sessionid"] = "a" * 32
    close()
    assert client.get("/fr/").status_code == 503


@pytest.mark.parametrize("content", ["", "soon", "0", "-5", "\n"])
def test_an_odd_file_closes_all_the_same(client, file, content):
    file.parent.mkdir()
    file.write_text(content)
    assert client.get("/fr/")["Retry-After"] == "600"


@pytest.mark.parametrize("minutes", [0, -1])
def test_a_closure_of_no_time_is_refused(minutes, file):
    with pytest.raises(CommandError, match="one minute"):
        close(minutes=minutes)
    assert not file.exists()


def test_without_a_database_nobody_is_let_in():
    class Nobody:
        @property
        def is_staff(self):
            raise OperationalError

    close()
    request = RequestFactory().get("/admin/", headers={"cookie": "sessionid=abc"})
    request.user = Nobody()
    assert maintenance.MaintenanceMiddleware(lambda request: None)(request).status_code == 503


def broken(request):
    raise RuntimeError


urlpatterns = [path("broken/", broken)]


def test_a_view_that_breaks_is_answered_with_the_page(settings):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    response = client.get("/broken/", headers={"Accept-Language": "en"})
    assert response.status_code == 500
    assert '<html lang="en">' in response.content.decode()
    assert "script-src 'self'" in response["Content-Security-Policy"]

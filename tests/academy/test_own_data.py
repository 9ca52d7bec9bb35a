"""One's own data: taken away whole, without any key; an account closed leaves nothing behind."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from academy.privacy import NOT_THEIRS, TABLES, takeaway
from courses import services
from courses.certification.models import Certificate
from courses.models import Enrolment, Note
from tests.academy.test_account_mails import PASSWORD, known
from tests.conftest import NOW
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def zoe(client, tree):
    user = known(language="fr")
    client.force_login(user)
    client.post("/fr/account/reauthenticate/", {"password": PASSWORD})
    services.enrol(user=user, course_key=tree.course_key, now=NOW)
    return user


def test_every_table_that_points_at_a_person_is_told_or_said_why_not():
    told = {model for model, _way, _columns in TABLES.values()}
    pointing = {relation.related_model for relation in get_user_model()._meta.related_objects}
    assert {model.__name__ for model in pointing - told} <= NOT_THEIRS
    assert {name for name in NOT_THEIRS if name not in {model.__name__ for model in apps.get_models()}} == set()


def test_one_takes_everything_away_in_one_file_and_nobody_elses(client, zoe, django_assert_max_num_queries):
    services.enrol(user=UserFactory(), course_key=zoe.enrolments.get().course_key, now=NOW)
    with django_assert_max_num_queries(30):
        response = client.get("/fr/account/data/download/")
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    kept = json.loads(response.content)
    assert kept["profile"]["display_name"] == "Zoé Lambert"
    assert [row["course_key"] for row in kept["enrolments"]] == [str(zoe.enrolments.get().course_key)]
    assert set(kept) == {"written_at", "profile", *TABLES}


def test_what_is_taken_away_holds_no_secret(zoe):
    kept = takeaway(user=zoe, now=NOW)
    columns = {column for name in TABLES for row in kept[name] for column in row}
    assert columns & {"password", "token", "data", "session_key", "correct"} == set()
    assert "password" not in kept["profile"]


def test_an_account_is_closed_by_its_owner_who_is_told(client, zoe, mailoutbox):
    from courses.certification import services as certification

    certificate = certification.issue(user=zoe, award=make_award(), now=NOW)
    mailoutbox.clear()
    response = client.post("/fr/account/data/", {"email": "zoe@example.org"}, follow=True)
    assert "Votre compte est fermé" in response.content.decode()
    assert not response.wsgi_request.user.is_authenticated
    assert not get_user_model().objects.filter(email="zoe@example.org").exists()
    assert [model.objects.count() for model in (EmailAddress, Enrolment, Note)] == [0, 0, 0]
    assert Certificate.objects.get(pk=certificate.pk).holder == ""
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["zoe@example.org"], "Votre compte à CM Academy est fermé")
    ]


def test_another_address_closes_nothing_and_says_why(client, zoe):
    response = client.post("/fr/account/data/", {"email": "ana@example.org"})
    assert response.status_code == 422
    assert "Ce n’est pas l’adresse de ce compte." in response.content.decode()
    assert get_user_model().objects.filter(pk=zoe.pk).exists()


def test_who_has_not_shown_the_password_lately_is_asked_for_it_first(zoe):
    client = Client()
    client.force_login(zoe)  # a session left open
    assert client.get("/fr/account/data/").status_code == 200
    for response in (client.post("/fr/account/data/", {"email": zoe.email}), client.get("/fr/account/data/download/")):
        assert "/account/reauthenticate/" in response["Location"]
    assert get_user_model().objects.filter(pk=zoe.pk).exists()


def test_the_last_administrator_does_not_close_the_academys_door_behind_them(client, zoe):
    get_user_model().objects.filter(pk=zoe.pk).update(is_superuser=True)
    assert "administrateur" in client.get("/fr/account/data/").content.decode()
    client.post("/fr/account/data/", {"email": zoe.email})
    assert get_user_model().objects.filter(pk=zoe.pk).exists()


def test_strangers_are_asked_to_sign_in(client, tree):
    for path in ("/fr/account/data/", "/fr/account/data/download/"):
        assert "/account/login/" in client.get(path)["Location"]
    assert client.delete("/fr/account/data/").status_code in (302, 405)

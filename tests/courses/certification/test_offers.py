"""The page of an award: what it asks for, how far one is, and what does not exist yet; and awards that are closed."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from courses.certification import services
from courses.certification.models import Certificate
from courses.models import Enrolment
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, plain_learner, plant_tree, training_manager

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]
NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
EXAM = ("announced", {"fr": "l’examen final", "en": "the final exam"})


@pytest.fixture
def tree():
    return plant_tree()


@pytest.fixture
def award(tree):
    return make_award(course=tree.course["fr"])


@pytest.fixture
def programme(award):
    programme = make_award("programme", title_en="Certified Community Manager")
    programme.requirements = [("award", {"award": award}), EXAM]
    programme.save()
    return programme


def read(client, award):
    with translation.override("en"):
        return client.get(award.get_absolute_url()).content.decode()


def test_anyone_reads_what_an_award_asks_for(client, tree, award):
    text = read(client, award)
    assert f"Complete the course “{tree.course['en'].title}”" in text
    assert tree.course["en"].url in text
    assert "24 months" in text
    assert "De-escalation" in text
    assert "Not open yet" not in text


def test_a_learner_reads_what_is_done(client, tree, award):
    learner = plain_learner()
    client.force_login(learner)
    assert 'aria-label="Done"' not in read(client, award)
    Enrolment.objects.create(user=learner, course_key=tree.course_key, enrolled_at=NOW, completed_at=NOW)
    assert 'aria-label="Done"' in read(client, award)


def test_a_holder_reads_that_they_hold_it(client, award):
    learner = plain_learner()
    certificate = services.issue(user=learner, award=award, now=timezone.now())
    client.force_login(learner)
    assert certificate.code in read(client, award)
    client.force_login(plain_learner())
    assert certificate.code not in read(client, award)


def test_an_award_that_waits_for_an_exam_says_so_to_everybody(client, programme):
    for person in (None, plain_learner()):
        if person:
            client.force_login(person)
        text = read(client, programme)
        assert "Not open yet" in text
        assert "still being prepared: the final exam." in " ".join(text.split())
    with translation.override("en"):
        wallet = client.get(reverse("certificates:wallet")).content.decode()
    assert "The final exam (being prepared)" in wallet
    assert "Not open yet" in wallet


@pytest.mark.parametrize(
    ("path", "title", "words"),
    [
        ("/en/", "Certified Community Manager", "still being prepared: the final exam."),
        ("/fr/", "Titre du programme", "encore en préparation : l’examen final."),
    ],
)
def test_the_home_page_names_what_is_still_being_prepared_until_it_exists(client, programme, path, title, words):
    programme.title_fr = "Titre du programme"
    programme.save()
    section = _certificates_on(client, path)
    with translation.override(path.strip("/")):
        assert f'<a href="{programme.get_absolute_url()}">{title}</a>' in section
    assert words in section.replace("\u00a0", " ")
    del programme.requirements[1]
    programme.save()
    assert 'class="callout"' not in _certificates_on(client, path)


def test_the_home_page_shows_the_specimen_as_it_is_printed(client, award):
    assert "specimen__sheet" not in _certificates_on(client, "/en/")
    specimen = services.ensure_specimen(now=NOW, award=award)
    with translation.override("en"):
        picture = reverse("certificates:picture", args=[specimen.code])
    assert f'src="{picture}"' in _certificates_on(client, "/en/")
    assert client.get(picture)["Content-Type"] == "image/png"


def test_the_dashboard_shows_what_stands_and_leads_to_the_rest(client, tree, award):
    learner = plain_learner()
    client.force_login(learner)
    kept = services.issue(user=learner, award=make_award("kept"), now=NOW)
    services.set_hidden(certificate=kept, hidden=True, actor=learner, now=NOW)
    lost = services.issue(user=learner, award=award, now=NOW)
    services.revoke(certificate=lost, actor=None, public_reason="x", internal_reason="y", now=NOW)
    text = _certificates_on(client, "/en/dashboard/", "certificates-title")
    with translation.override("en"):
        assert lost.get_absolute_url() not in text
        assert kept.get_absolute_url() not in text  # its page reads “Unknown”, to its holder as well
        assert text.count(reverse("certificates:wallet")) == 2


def _certificates_on(client, path, title="certificate-title"):
    html = client.get(path).content.decode().split(f'aria-labelledby="{title}"')[1]
    return " ".join(html.split("</section>")[0].split())


def test_staff_see_what_it_waits_for_and_cannot_give_it(client, programme):
    client.force_login(training_manager())
    text = client.get(reverse("wagtailsnippets_courses_award:list")).content.decode()
    assert "Waits for: the final exam" in text
    response = client.post(reverse("certificate_bulk_issue"), {"award": programme.pk, "emails": UserFactory().email})
    assert response.status_code == 422
    assert "waits for: the final exam" in response.content.decode()


def test_neither_the_rule_nor_anybody_gives_an_award_that_waits(programme, award):
    person = UserFactory()
    services.issue(user=person, award=award, now=NOW)
    assert services.evaluate_awards(user_id=person.pk, now=NOW) == []
    with pytest.raises(services.AwardClosedError, match="final exam"):
        services.issue(user=person, award=programme, now=NOW)
    with pytest.raises(CommandError, match="final exam"):
        call_command("issue_certificate", "--user", person.email, "--award", "programme")
    assert not Certificate.objects.filter(award=programme).exists()


def test_it_is_given_by_itself_once_the_exam_is_named(tree, programme, award, django_capture_on_commit_callbacks):
    person = UserFactory()
    services.issue(user=person, award=award, now=NOW)
    programme.requirements = [("award", {"award": award})]
    programme.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert services.evaluate_awards(user_id=person.pk, now=NOW) == [programme]
    assert Certificate.objects.filter(award=programme, user=person).exists()


def test_a_closed_award_is_neither_given_nor_renewed_and_what_was_given_stands(client, award):
    person = UserFactory()
    certificate = services.issue(user=person, award=award, now=NOW)
    award.active = False
    award.save()
    with pytest.raises(services.AwardClosedError):
        services.issue(user=UserFactory(), award=award, now=NOW)
    with pytest.raises(services.AwardClosedError):
        services.renew(certificate=certificate, now=NOW)
    assert services.issue(user=person, award=award, now=NOW) == certificate  # asking again still gives what was given
    assert services.correct(certificate=certificate, name="Ada King", now=NOW).holder == "Ada King"
    assert "No longer issued" in read(client, award)


def test_a_closed_award_nobody_holds_has_no_page(client):
    award = make_award(active=False)
    assert client.get(award.get_absolute_url()).status_code == 404
    assert client.post(make_award("other").get_absolute_url()).status_code == 405


def test_the_page_asks_the_database_little(client, programme, django_assert_max_num_queries):
    client.force_login(plain_learner())
    read(client, programme)
    with django_assert_max_num_queries(12):
        read(client, programme)

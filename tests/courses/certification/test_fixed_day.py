"""An award that runs until a fixed day: the same for everybody, each where they live."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from courses.certification import mail, services
from courses.certification.award_file import AwardError
from courses.certification.forms import BulkIssueForm
from courses.certification.loading import load_awards
from courses.certification.models import Award, Certificate
from courses.certification.verification import Verdict
from courses.certification.writing import data_of
from courses.services import enrol, record_result
from tests.courses.certification.factories import make_award
from tests.courses.certification.test_loading import data, with_changes
from tests.courses.certification.test_loading import tree as named_tree  # noqa: F401 (a fixture)
from tests.factories import UserFactory, plant_tree

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
DAY = dt.date(2027, 12, 31)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def award():
    return make_award(valid_months=None, valid_day=DAY)


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("Europe/Paris", "2027-12-31T22:59:59+00:00"),
        ("Asia/Tokyo", "2027-12-31T14:59:59+00:00"),
        ("America/Montreal", "2028-01-01T04:59:59+00:00"),
    ],
)
def test_it_counts_through_the_day_where_its_holder_lives_and_prints_that_day(client, award, zone, ends):
    certificate = services.issue(user=UserFactory(time_zone=zone), award=award, now=NOW)
    end = dt.datetime.fromisoformat(ends)
    assert certificate.valid_until == end
    assert certificate.verdict(end - dt.timedelta(seconds=1)) is Verdict.VALID
    assert certificate.verdict(end) is Verdict.EXPIRED
    assert "31\u00a0December 2027" in client.get(f"/en/verify/{certificate.code}/").content.decode()


def test_after_the_day_nobody_is_given_it_and_nobody_is_promised_it(client, award):
    with pytest.raises(services.AwardClosedError):
        services.issue(user=UserFactory(), award=award, now=NOW + dt.timedelta(days=700))
    award.valid_day = dt.date(2020, 12, 31)
    award.save()
    assert "No longer issued" in client.get(f"/en/verify/awards/{award.slug}/").content.decode()
    form = BulkIssueForm({"award": award.pk, "emails": "a@example.org"})
    assert "award" in form.errors
    person = UserFactory()
    client.force_login(person)
    with translation.override("en"):
        assert award.title_en not in client.get(reverse("certificates:wallet")).content.decode()


def test_completing_the_course_too_late_brings_nothing(award, django_capture_on_commit_callbacks):
    tree, person = plant_tree(lessons=1), UserFactory()
    award.requirements = [("course", {"course": tree.course["fr"]})]
    award.save()
    late = NOW + dt.timedelta(days=700)
    enrol(user=person, course_key=tree.course_key, now=late)
    key = tree.lessons["fr"][0].translation_key
    with django_capture_on_commit_callbacks(execute=True):
        record_result(user=person, course_key=tree.course_key, activity_key=key, fraction=None, passed=True, now=late)
    assert not Certificate.objects.exists()


def test_it_is_renewed_once_the_day_is_moved(award):
    first = services.issue(user=UserFactory(time_zone="UTC"), award=award, now=NOW)
    assert not first.can_be_renewed
    with pytest.raises(services.AwardClosedError):
        services.renew(certificate=first, now=NOW)
    award.valid_day = dt.date(2029, 12, 31)
    award.save()
    first = Certificate.objects.get()
    assert first.can_be_renewed
    renewed = services.renew(certificate=first, now=NOW)
    assert renewed.valid_until == dt.datetime(2029, 12, 31, 23, 59, 59, tzinfo=dt.UTC)


def test_the_letter_leads_to_no_page_that_is_not_there(award, mailoutbox):
    certificate = services.issue(user=UserFactory(), award=award, now=NOW)
    mail.send(certificate, certificate.user, "expires")
    assert "/renewal/" not in mailoutbox[-1].body
    award.valid_day = dt.date(2029, 12, 31)
    award.save()
    mail.send(Certificate.objects.get(), certificate.user, "expires")
    assert "/renewal/" in mailoutbox[-1].body


def test_months_and_a_day_together_are_refused():
    with pytest.raises(ValidationError):
        Award(slug="both", valid_months=24, valid_day=DAY).clean()


def test_the_day_is_loaded_and_written_back(named_tree):  # noqa: F811
    changes = {"valid_months": None, "valid_until": DAY}
    load_awards(with_changes(**changes))
    award = Award.objects.get()
    assert (award.valid_months, award.valid_day) == (None, DAY)
    assert data_of(award, lambda page: "moderation")["valid_until"] == DAY
    assert load_awards(with_changes(**changes))[0][0] == "unchanged"
    assert load_awards(data())[0][0] == "updated"
    assert Award.objects.get().valid_day is None


@pytest.mark.parametrize("changes", [{"valid_until": "2027"}, {"valid_until": DAY}])
def test_a_day_that_is_none_or_one_beside_months_is_refused(named_tree, changes):  # noqa: F811
    with pytest.raises(AwardError) as caught:
        load_awards(with_changes(**changes))
    assert caught.value.path == "awards[0].valid_until"

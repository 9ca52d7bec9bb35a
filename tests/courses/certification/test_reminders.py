"""Letters around the expiry: the right one, once, in the learner's language, whatever night the command runs."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command

from courses.certification import maintenance, reminders, services
from courses.certification.models import CertificateEvent, StatusList
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
EXPIRY = dt.datetime(2028, 3, 2, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def certificate():
    return services.issue(user=UserFactory(language="fr", display_name="Zoé"), award=make_award(), now=NOW)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-91, None),
        (-90, -90),
        (-70, -90),
        (-60, None),
        (-30, -30),
        (-8, None),
        (-7, -7),
        (0, -7),
        (1, 1),
        (30, 30),
        (60, None),
    ],
)
def test_the_latest_occasion_that_is_not_stale(days, expected):
    occasion = reminders.due_now(EXPIRY, EXPIRY + days * DAY)
    assert (occasion.days if occasion else None) == expected


def test_a_letter_is_sent_once(certificate, django_capture_on_commit_callbacks):
    for late in (0, 1, 5):
        with django_capture_on_commit_callbacks(execute=True):
            services.send_reminders(now=EXPIRY - 30 * DAY + late * DAY)
    (letter,) = mail.outbox
    assert "expire le" in letter.subject or "expires on" in letter.subject
    assert "Zoé" in letter.body
    assert CertificateEvent.objects.filter(key="reminder-30").count() == 1


def test_each_occasion_has_its_letter(certificate, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        sent = [services.send_reminders(now=EXPIRY + days * DAY) for days in (-90, -30, -7, 1, 30, 200)]
    assert sent == [1, 1, 1, 1, 1, 0]


def test_the_shorter_path_is_in_the_letter(certificate, django_capture_on_commit_callbacks):
    award = certificate.award
    award.renewal_requirements = [("award", {"award": make_award("ethics", title_fr="Éthique")})]
    award.save()
    with django_capture_on_commit_callbacks(execute=True):
        services.send_reminders(now=EXPIRY - 7 * DAY)
    assert "Éthique" in mail.outbox[0].body
    assert f"{certificate.code}/renewal/" in mail.outbox[0].body
    assert certificate.events.filter(kind="mailed", note=mail.outbox[0].subject).exists()


@pytest.mark.parametrize("change", ["revoked", "renewed", "gone", "resting"])
def test_nobody_is_bothered_in_vain(certificate, change):
    if change == "revoked":
        services.revoke(certificate=certificate, actor=None, public_reason="a", internal_reason="b", now=NOW)
    elif change == "renewed":
        services.renew(certificate=certificate, now=EXPIRY - 80 * DAY)
    elif change == "gone":
        services.erase_certificates(user=certificate.user, now=NOW)
    else:
        type(certificate.user).objects.update(is_active=False)
    assert services.send_reminders(now=EXPIRY - 7 * DAY) == 0


def test_the_nightly_work_is_done_once_however_often_it_runs(certificate):
    first = maintenance.daily(now=EXPIRY + DAY)
    again = maintenance.daily(now=EXPIRY + DAY)
    assert (first.lists, first.reminders, first.expired) == (1, 1, 1)
    assert again.reminders == 0
    assert StatusList.objects.get().signed_at == EXPIRY + DAY


def test_the_commands_say_what_they_did(certificate, capsys):
    call_command("send_reminders")
    call_command("certification_daily")
    out = capsys.readouterr().out
    assert "0 reminders sent." in out
    assert "1 status lists fresh" in out

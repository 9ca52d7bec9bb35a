"""Renewing: the shorter path, each part done anew, in the days around the expiry; and by hand."""

import datetime as dt
import json

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from courses.certification import did, services
from courses.certification import issuer as issuers
from courses.certification.models import Certificate
from courses.certification.rules import ActivityPassed, AllOf, AwardHeld, Progress, is_met, missing
from courses.certification.verification import Verdict
from courses.services import record_result
from tests.courses.certification import independent
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, plant_tree

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
EXPIRY = dt.datetime(2028, 3, 2, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]


@pytest.fixture
def tree():
    return plant_tree()


@pytest.fixture
def award(tree):
    exam = tree.lessons["fr"][0]
    return make_award(renewal_requirements=[("activity", {"activity": exam, "percent": 70})])


@pytest.fixture
def person():
    return UserFactory(certificate_name="Ada Lovelace", language="en", time_zone="UTC")


@pytest.fixture
def certificate(person, award):
    return services.issue(user=person, award=award, now=NOW)


def take_exam(person, tree, now, *, fraction=0.8, passed=True):
    exam = tree.lessons["fr"][0]
    record_result(
        user=person,
        course_key=tree.course_key,
        activity_key=exam.translation_key,
        fraction=fraction,
        passed=passed,
        now=now,
    )
    return services.evaluate_awards(user_id=person.pk, now=now)


def test_the_exam_passed_again_renews_the_certificate(certificate, person, tree, award):
    assert take_exam(person, tree, EXPIRY - 30 * DAY) == [award]
    renewed = Certificate.objects.get(supersedes=certificate)
    assert (renewed.holder, renewed.renewal, renewed.user) == ("Ada Lovelace", 1, person)
    assert renewed.code != certificate.code
    certificate.refresh_from_db()
    assert certificate.verdict(EXPIRY - 30 * DAY) is Verdict.VALID
    assert [event.kind for event in certificate.events.all()][-1] == "renewed"


def test_renewing_early_loses_no_day(certificate, person, tree):
    take_exam(person, tree, EXPIRY - 60 * DAY)
    assert Certificate.objects.get(renewal=1).valid_until == EXPIRY.replace(year=2030)


def test_renewing_late_counts_from_the_day(certificate, person, tree):
    late = EXPIRY + 100 * DAY
    take_exam(person, tree, late)
    assert Certificate.objects.get(renewal=1).valid_until == late.replace(year=2030)


@pytest.mark.parametrize(
    ("moment", "renewed"),
    [(EXPIRY - 91 * DAY, 0), (EXPIRY - 90 * DAY, 1), (EXPIRY + 179 * DAY, 1), (EXPIRY + 180 * DAY, 0)],
)
def test_only_the_days_around_the_expiry_count(certificate, person, tree, moment, renewed):
    take_exam(person, tree, moment)
    assert Certificate.objects.filter(renewal=1).count() == renewed


def test_what_was_done_before_renews_nothing(person, tree, award):
    take_exam(person, tree, NOW - DAY)
    services.issue(user=person, award=award, now=NOW)
    assert services.evaluate_awards(user_id=person.pk, now=EXPIRY) == []


def test_a_failed_retake_renews_nothing(certificate, person, tree):
    take_exam(person, tree, NOW - DAY)
    take_exam(person, tree, EXPIRY, fraction=0.9, passed=False)
    take_exam(person, tree, EXPIRY + DAY, fraction=0.6)  # passed, and yet the best of those passes is 60
    assert not Certificate.objects.filter(renewal=1).exists()


def test_a_better_result_from_before_the_certificate_counts_no_more(person, tree, award):
    take_exam(person, tree, NOW - DAY, fraction=0.95)
    services.issue(user=person, award=award, now=NOW)
    assert take_exam(person, tree, EXPIRY, fraction=0.6) == []
    assert take_exam(person, tree, EXPIRY + DAY, fraction=0.7) == [award]


def test_the_best_pass_since_the_certificate_counts_whichever_came_last(certificate, person, tree, award):
    take_exam(person, tree, NOW + DAY, fraction=0.9)
    assert take_exam(person, tree, EXPIRY, fraction=0.6) == [award]


def test_the_new_one_says_what_was_reached_to_renew_it(certificate, person, tree):
    take_exam(person, tree, NOW - DAY, fraction=0.95)
    take_exam(person, tree, EXPIRY, fraction=0.82)
    (result,) = Certificate.objects.get(renewal=1).facts.results
    assert (result.name["en"], result.percent) == ("Lesson 1 en", 82)


def test_the_second_renewal_takes_the_exam_a_third_time(certificate, person, tree):
    take_exam(person, tree, EXPIRY)
    second = Certificate.objects.get(renewal=1)
    assert services.evaluate_awards(user_id=person.pk, now=second.valid_until) == []
    take_exam(person, tree, second.valid_until)
    assert Certificate.objects.get(renewal=2).supersedes == second


def study(person, tree, *, minutes, now):
    """Complete the second lesson, which announces that many minutes."""
    for page in (tree.lessons["fr"][1], tree.lessons["en"][1]):
        type(page).objects.filter(pk=page.pk).update(minutes=minutes)
    key = tree.lessons["fr"][1].translation_key
    record_result(user=person, course_key=tree.course_key, activity_key=key, fraction=None, passed=True, now=now)
    return services.evaluate_awards(user_id=person.pk, now=now)


@pytest.fixture
def pointed(person):
    award = make_award(renewal_requirements=[("points", {"points": 2})])
    return services.issue(user=person, award=award, now=NOW)


@pytest.mark.parametrize(("minutes", "renewed"), [(119, False), (120, True)])
def test_points_of_continuing_learning_renew_hour_by_hour(pointed, person, tree, minutes, renewed):
    assert bool(study(person, tree, minutes=minutes, now=EXPIRY - DAY)) is renewed
    assert Certificate.objects.filter(supersedes=pointed).exists() is renewed


def test_what_was_learnt_before_the_certificate_brings_no_point_a_second_time(person, tree):
    study(person, tree, minutes=600, now=NOW - DAY)
    award = make_award(renewal_requirements=[("points", {"points": 2})])
    services.issue(user=person, award=award, now=NOW)
    assert study(person, tree, minutes=600, now=EXPIRY - DAY) == []


def test_the_wallet_says_how_many_points_there_are(client, person, pointed, tree):
    study(person, tree, minutes=70, now=NOW + DAY)
    client.force_login(person)
    Certificate.objects.update(valid_until=timezone.now() + DAY)
    with translation.override("en"):
        text = client.get(reverse("certificates:wallet")).content.decode()
    assert "Earn 2 points of continuing learning, one for each hour of activities new to you (1 so far)" in text


def test_a_revoked_certificate_is_not_renewed(certificate, person, tree):
    services.revoke(certificate=certificate, actor=None, public_reason="a", internal_reason="b", now=NOW)
    certificate.refresh_from_db()
    with pytest.raises(services.NotRenewableError):
        services.renew(certificate=certificate, now=EXPIRY)
    assert take_exam(person, tree, EXPIRY) == []


def test_renewing_twice_is_renewing_once(certificate):
    first = services.renew(certificate=certificate, now=EXPIRY)
    assert services.renew(certificate=certificate, now=EXPIRY + DAY) == first
    assert Certificate.objects.count() == 2


def test_the_new_one_verifies_for_a_stranger_and_the_letter_says_so(certificate, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        renewed = services.renew(certificate=certificate, now=EXPIRY)
    issuer = issuers.current(now=NOW)
    assert independent.embedded_holds(json.loads(renewed.embedded), did.document(issuer.ring, issuer.did))
    assert mail.outbox[-1].subject == "Your certificate is renewed: Moderation"
    assert "2 March 2030" in mail.outbox[-1].body.replace("\u00a0", " ")


def test_the_old_page_leads_to_the_new_one(client, certificate):
    renewed = services.renew(certificate=certificate, now=EXPIRY)
    with translation.override("en"):
        text = client.get(certificate.get_absolute_url()).content.decode()
    assert renewed.code in text
    Certificate.objects.filter(pk=renewed.pk).update(hidden=True)
    with translation.override("en"):
        assert renewed.code not in client.get(certificate.get_absolute_url()).content.decode()


def test_the_wallet_says_what_is_missing_to_renew(client, person, award, tree):
    now = dt.datetime.now(dt.UTC)
    services.issue(user=person, award=award, now=now - 700 * DAY)
    client.force_login(person)
    with translation.override("en"):
        text = client.get(reverse("certificates:wallet")).content.decode()
    assert "Time to renew it" in text
    assert "with at least 70%" in text


def test_staff_renew_by_hand(client, certificate):
    from tests.factories import training_manager

    client.force_login(training_manager())
    url = reverse("certificate_renew", args=[certificate.pk])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert Certificate.objects.filter(supersedes=certificate).exists()


# --- awards that ask for awards ---------------------------------------------------------------------------------------
def test_an_award_may_ask_for_awards(person, award):
    programme = make_award("programme")
    programme.requirements = [("award", {"award": award})]
    programme.save()
    assert services.evaluate_awards(user_id=person.pk, now=NOW) == []
    services.issue(user=person, award=award, now=NOW)
    assert services.evaluate_awards(user_id=person.pk, now=NOW) == [programme]
    other = UserFactory()
    services.issue(user=other, award=award, now=NOW)
    assert services.evaluate_awards(user_id=other.pk, now=EXPIRY + DAY) == []  # expired: no longer held


def test_the_last_award_brings_the_programme_by_itself(person, tree, award, django_capture_on_commit_callbacks):
    award.requirements = [("activity", {"activity": tree.lessons["fr"][0], "percent": None})]
    award.save()
    programme = make_award("programme")
    programme.requirements = [("award", {"award": award})]
    programme.save()
    with django_capture_on_commit_callbacks(execute=True):
        take_exam(person, tree, NOW)
    assert set(Certificate.objects.values_list("award__slug", flat=True)) == {award.slug, "programme"}


@pytest.fixture
def lapsed(person, tree, award):
    """An expired award that a programme asks for; the learner has never held the programme."""
    programme = make_award("programme")
    programme.requirements = [("award", {"award": award})]
    programme.save()
    now = dt.datetime.now(dt.UTC)
    certificate = services.issue(user=person, award=award, now=now - 740 * DAY)
    assert certificate.verdict(now) is Verdict.EXPIRED
    return certificate


def test_a_renewed_award_brings_the_programme_it_was_missing_for(
    lapsed, person, tree, django_capture_on_commit_callbacks
):
    exam, now = tree.lessons["fr"][0], dt.datetime.now(dt.UTC)
    keys = {"course_key": tree.course_key, "activity_key": exam.translation_key}
    with django_capture_on_commit_callbacks(execute=True):
        record_result(user=person, **keys, fraction=0.8, passed=True, now=now)
    assert Certificate.objects.filter(supersedes=lapsed).exists()
    assert Certificate.objects.filter(user=person, award__slug="programme").exists()


def test_so_does_one_renewed_by_hand(client, lapsed, person, django_capture_on_commit_callbacks):
    from tests.factories import training_manager

    client.force_login(training_manager())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("certificate_renew", args=[lapsed.pk]))
    assert Certificate.objects.filter(user=person, award__slug="programme").exists()


def test_held_awards_are_part_of_the_rule():
    key = make_award().uuid
    rule = AllOf((AwardHeld(key), ActivityPassed(key)))
    assert missing(rule, Progress(held=frozenset({key}))) == (ActivityPassed(key),)
    assert is_met(rule, Progress(held=frozenset({key}), passed={key: 80}))


# --- what its holder reads -------------------------------------------------------------------------------------------
@pytest.fixture
def expiring(person, award):
    """Issued so long ago that it expires in about a month."""
    return services.issue(user=person, award=award, now=dt.datetime.now(dt.UTC) - 700 * DAY)


def read(client, certificate):
    with translation.override("en"):
        return " ".join(client.get(reverse("certificates:renewal", args=[certificate.code])).content.decode().split())


def test_its_page_says_what_to_do_until_when_and_what_it_brings(client, person, expiring, tree):
    client.force_login(person)
    text = read(client, expiring)
    assert f"Pass “{tree.lessons['en'][0].title}” with at least 70%" in text
    assert tree.lessons["en"][0].url in text
    assert str(expiring.valid_until.year + 2) in text  # how long the new one runs


def test_what_is_done_anew_is_ticked_off(client, person, expiring, tree, award):
    other = ("activity", {"activity": tree.lessons["fr"][1], "percent": None})
    award.renewal_requirements = [("activity", {"activity": tree.lessons["fr"][0], "percent": 70}), other]
    award.save()
    client.force_login(person)
    assert 'aria-label="Done"' not in read(client, expiring)
    take_exam(person, tree, dt.datetime.now(dt.UTC))
    assert read(client, expiring).count('aria-label="Done"') == 1


def test_its_page_says_what_changed_in_the_course_since(client, person, expiring, tree, award):
    award.requirements = [("course", {"course": tree.course["fr"]})]
    award.save()
    old = expiring.issued_at - DAY
    for language in ("fr", "en"):
        revised, untouched = tree.lessons[language]
        type(revised).objects.filter(pk=untouched.pk).update(first_published_at=old, last_published_at=old)
        type(revised).objects.filter(pk=revised.pk).update(
            first_published_at=old, last_published_at=expiring.issued_at + DAY
        )
    client.force_login(person)
    text = read(client, expiring).split("What has changed since")[1]
    assert tree.lessons["en"][0].title in text
    assert "revised" in text
    assert tree.lessons["en"][1].title not in text


def test_before_its_days_the_page_says_when_and_afterwards_that_they_are_over(client, person, award):
    now = dt.datetime.now(dt.UTC)
    client.force_login(person)
    early = services.issue(user=person, award=award, now=now)
    assert "It can be renewed from" in read(client, early)
    Certificate.objects.filter(pk=early.pk).update(valid_until=now - 200 * DAY)
    assert "It could be renewed until" in read(client, early)


def test_a_stranger_and_a_renewed_certificate_have_no_such_page(client, expiring, person):
    url = reverse("certificates:renewal", args=[expiring.code])
    assert client.get(url).status_code == 302  # to the login
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    client.force_login(person)
    assert client.post(url).status_code == 405
    services.renew(certificate=expiring, now=dt.datetime.now(dt.UTC))
    assert client.get(url).status_code == 404


def test_the_wallet_asks_no_more_however_many_certificates_expire(
    client, person, award, expiring, django_assert_max_num_queries
):
    for slug in ("ethics", "crisis", "strategy"):
        more = make_award(slug, renewal_requirements=award.renewal_requirements)
        services.issue(user=person, award=more, now=dt.datetime.now(dt.UTC) - 700 * DAY)
    client.force_login(person)
    client.get(reverse("certificates:wallet"))
    with django_assert_max_num_queries(12):
        text = client.get(reverse("certificates:wallet")).content.decode()
    assert text.count("with at least 70%") + text.count("au moins 70") == 4

"""One more go at an exam's scenario: granted by staff with a reason, read by the learner, used once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sandbox.going import NoGo, grant_go
from sandbox.models import FurtherGo, Shift
from sandbox.pool import next_of, offer_of, scenario_for
from tests.factories import UserFactory, instructor, plain_learner, training_manager, user_in
from tests.sandbox.test_pool import exam, finish, mine, played, sit

__all__ = ["exam", "mine"]  # fixtures
pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_sandbox_furthergo:add"
LIST = "wagtailsnippets_sandbox_furthergo:list"


def administrator():
    return user_in("Administrators")


def grant(user, scenario, reason="Power cut on 3 March"):
    return grant_go(user=user, scenario=scenario, reason=reason, by=training_manager(), now=timezone.now())


def exhaust(client, page):
    """Sit every scenario of the exam; return the one sat first."""
    for _ in page.scenarios():
        sit(client, page)
        for shift in Shift.objects.running():
            finish(shift)
    return Shift.objects.earliest("pk").version.scenario


@pytest.mark.parametrize("person", range(10))
def test_what_is_granted_again_comes_before_what_was_never_met(person):
    names = [f"shift-{n}" for n in range(4)]
    assert next_of(names, ["shift-2"], person=person, activity="a", again=["shift-2"]) == "shift-2"
    assert next_of(names, names, person=person, activity="a", again=["elsewhere"]) is None


def test_a_go_opens_the_exam_once_more_and_beginning_uses_it_up(mine, exam, enrolled):
    first = exhaust(mine, exam)
    assert scenario_for(exam, enrolled) is None
    grant(enrolled, first)
    html = mine.get(exam.url).content.decode()
    assert "Power cut on 3 March" in html
    assert reverse("sandbox:start", args=[exam.translation_key]) in html
    sit(mine, exam)
    again = Shift.objects.running().get()
    assert again.version.scenario == first
    assert again.seed not in set(Shift.objects.exclude(pk=again.pk).values_list("seed", flat=True))
    finish(again)
    assert scenario_for(exam, enrolled) is None
    assert "Power cut on 3 March" not in mine.get(exam.url).content.decode()
    assert played(enrolled).count(first.identifier) == 2


def test_a_second_click_grants_nothing_more_and_keeps_the_first_reason(mine, exam, enrolled):
    first = exhaust(mine, exam)
    go, made = grant(enrolled, first)
    assert made
    assert grant(enrolled, first, "Another reason") == (go, False)
    assert FurtherGo.objects.get().reason == "Power cut on 3 March"


def test_a_go_once_used_may_be_followed_by_another(mine, exam, enrolled):
    first = exhaust(mine, exam)
    grant(enrolled, first)
    sit(mine, exam)
    finish(Shift.objects.running().get())
    assert grant(enrolled, first)[1]
    assert offer_of(exam, enrolled).scenario == first


def test_nothing_is_granted_to_whoever_has_not_sat_it(exam, enrolled):
    with pytest.raises(NoGo) as refused:
        grant(enrolled, exam.scenario)
    assert refused.value.code == "never_sat"


def test_nothing_is_granted_while_the_shift_runs(mine, exam, enrolled):
    sit(mine, exam)
    with pytest.raises(NoGo) as refused:
        grant(enrolled, Shift.objects.get().version.scenario)
    assert refused.value.code == "still_running"


def test_a_shift_whose_time_is_past_is_marked_first(mine, exam, enrolled):
    sit(mine, exam)
    shift = Shift.objects.get()
    Shift.objects.filter(pk=shift.pk).update(clock_from=timezone.now() - timedelta(days=1))
    grant(enrolled, shift.version.scenario)
    shift.refresh_from_db()
    assert shift.state == Shift.State.ENDED
    assert scenario_for(exam, enrolled) == shift.version.scenario


def test_nothing_is_granted_after_a_pass(mine, exam, enrolled):
    first = exhaust(mine, exam)
    Shift.objects.update(passed=True)
    with pytest.raises(NoGo) as refused:
        grant(enrolled, first)
    assert refused.value.code == "passed"
    assert not FurtherGo.objects.exists()


def test_a_go_is_nobody_elses(mine, exam, enrolled, client):
    first = exhaust(mine, exam)
    other = UserFactory()
    grant(enrolled, first)
    assert offer_of(exam, other).go is None
    client.force_login(other)
    assert "Power cut" not in client.get(exam.url).content.decode()


def fields(learner, scenario):
    return {"email": learner.email, "scenario": scenario.pk, "reason": "Power cut on 3 March"}


@pytest.mark.parametrize("who", [training_manager, administrator])
def test_a_manager_grants_it_in_the_admin_and_reads_the_record(mine, exam, enrolled, client, who):
    first, staff = exhaust(mine, exam), who()
    client.force_login(staff)
    for said in ("One more go is granted", "nothing was added"):
        page = client.post(reverse(ADD), fields(enrolled, first), follow=True).content.decode()
        assert said in page
    go = FurtherGo.objects.get()
    assert (go.after.user, go.granted_by, go.reason) == (enrolled, staff, "Power cut on 3 March")
    listing = client.get(reverse(LIST)).content.decode()
    assert "Power cut on 3 March" in listing
    assert str(enrolled) in listing


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "This field is required"),
        ({"email": "nobody@example.org"}, "Nobody signs in with this address"),
        ({"scenario": "0"}, "Select a valid choice"),
        ({}, "has not sat this scenario"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(exam, enrolled, client, wrong, said):
    client.force_login(training_manager())
    page = client.post(reverse(ADD), fields(enrolled, exam.scenario) | wrong)
    assert said in page.content.decode()
    assert not FurtherGo.objects.exists()


@pytest.mark.parametrize("who", [instructor, plain_learner])
def test_others_neither_grant_nor_read(mine, exam, enrolled, client, who):
    first = exhaust(mine, exam)
    client.force_login(who())
    assert client.post(reverse(ADD), fields(enrolled, first)).status_code in (302, 403)
    assert client.get(reverse(LIST)).status_code in (302, 403)
    assert not FurtherGo.objects.exists()


def test_a_line_is_never_changed_nor_deleted(mine, exam, enrolled, client):
    go, _made = grant(enrolled, exhaust(mine, exam))
    client.force_login(administrator())
    for name in ("edit", "delete"):
        client.post(reverse(f"wagtailsnippets_sandbox_furthergo:{name}", args=[go.pk]), {"reason": "Other"})
    assert FurtherGo.objects.get().reason == "Power cut on 3 March"


def test_the_listing_asks_no_more_for_more_lines(mine, exam, enrolled, client, django_assert_max_num_queries):
    exhaust(mine, exam)
    for shift in Shift.objects.all():
        FurtherGo.objects.create(after=shift, reason="x", granted_by=enrolled, granted_at=timezone.now())
    client.force_login(training_manager())
    client.get(reverse(LIST))
    with django_assert_max_num_queries(20):
        client.get(reverse(LIST))

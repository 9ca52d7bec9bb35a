"""The log of focus and network: only where the exam says so and the candidate agreed, and nothing follows from it."""

import pytest
from django.test import Client
from django.utils import timezone

from quizzes import watching
from quizzes.models import Attempt, AttemptEvent
from quizzes.watching import network_of
from tests.factories import UserFactory
from tests.quizzes.test_views import text, url

pytestmark = pytest.mark.django_db
ROOM, NEXT_DOOR, HOME = "192.0.2.14", "192.0.2.99", "203.0.113.5"


def begin(client, planted, **fields):
    client.post(url("start", planted.page["en"].pk), fields, REMOTE_ADDR=ROOM)
    return Attempt.objects.get()


def log():
    return list(AttemptEvent.objects.values_list("kind", "note"))


def test_an_exam_that_does_not_ask_writes_nothing_down(exam, learner_client):
    planted = exam()
    assert 'name="watched"' not in text(learner_client.get(planted.url()))
    attempt = begin(learner_client, planted, watched="yes")
    assert "watch.js" not in text(learner_client.get(url("attempt", attempt.key)))
    learner_client.post(url("watch", attempt.key), {"what": "focus_lost"})
    assert log() == []


def test_who_does_not_agree_takes_the_exam_all_the_same_and_is_not_watched(exam, learner_client):
    planted = exam(watch=True)
    assert "I may also take the exam without." in text(learner_client.get(planted.url()))
    attempt = begin(learner_client, planted)
    assert "watch.js" not in text(learner_client.get(url("attempt", attempt.key)))
    learner_client.post(url("watch", attempt.key), {"what": "focus_lost"})
    assert log() == []


def test_what_was_agreed_to_is_written_down_and_changes_no_mark(exam, learner_client):
    attempt = begin(learner_client, exam(watch=True), watched="yes")
    page = learner_client.get(url("attempt", attempt.key), REMOTE_ADDR=ROOM)
    assert "watch.js" in text(page)
    learner_client.post(url("save", attempt.key), {"sequence": "1"}, REMOTE_ADDR=NEXT_DOOR)
    for what in ("focus_lost", "focus_back", "keys_typed", ""):
        assert learner_client.post(url("watch", attempt.key), {"what": what}).status_code == 204
    learner_client.post(url("save", attempt.key), {"sequence": "2"}, REMOTE_ADDR=HOME)
    networks = [("network", "192.0.2.0/24"), ("network", "203.0.113.0/24")]
    assert log() == [("watched", ""), networks[0], ("focus_lost", ""), ("focus_back", ""), networks[1]]
    assert Attempt.objects.get().is_open
    learner_client.post(url("finish", attempt.key))
    learner_client.post(url("watch", attempt.key), {"what": "focus_lost"})
    assert len(log()) == 5


def test_nobody_writes_in_another_one_s_log(exam, learner_client):
    attempt, client = begin(learner_client, exam(watch=True), watched="yes"), Client()
    client.post(url("watch", attempt.key), {"what": "focus_lost"})
    client.force_login(UserFactory())
    assert client.post(url("watch", attempt.key), {"what": "focus_lost"}).status_code == 404
    assert log() == [("watched", "")]


def test_a_page_that_flickers_fills_no_table(exam, learner_client):
    attempt = begin(learner_client, exam(watch=True), watched="yes")
    lines = [AttemptEvent(attempt=attempt, kind="focus_lost", at=timezone.now()) for _ in range(watching.MOST)]
    AttemptEvent.objects.bulk_create(lines)
    assert not watching.note_focus(attempt=attempt, what="focus_back", now=timezone.now())


@pytest.mark.parametrize(
    ("address", "network"),
    [("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2::7", "2001:db8:1::/48"), ("fe80::1%eth0", "fe80::/48"), ("", "?")],
)
def test_an_address_is_cut_to_its_network(address, network):
    assert network_of(address) == network

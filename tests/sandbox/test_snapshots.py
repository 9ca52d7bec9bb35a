"""A poll pays for what is new, and sees exactly what a replay of the whole shift would show."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as rounds

from sandbox import playing, services, snapshots
from sandbox.engine.replay import catch_up, replay
from sandbox.engine.run import Run
from sandbox.models import Act, Shift
from sandbox.polling import Cursor
from sandbox.presenting import desk_of
from tests.conftest import NOW
from tests.sandbox.engine.test_replay import END, SEEDS, act_lists
from tests.sandbox.samples import herbarium


@pytest.fixture(autouse=True)
def _no_snapshot():
    snapshots.forget()


def at(minute):
    return NOW + timedelta(minutes=minute / 8)


def fresh(shift):
    return Shift.objects.select_related("version").get(pk=shift.pk)


def do(shift, minute, action="keep", comment="c01", **fields):
    fields = {"action": action, "comment": comment, **fields}
    services.record_act(shift=shift, form_key=uuid4(), fields=fields, now=at(minute))


@given(act_lists(), SEEDS)
@rounds(max_examples=60, deadline=None)
def test_catching_up_step_by_step_is_the_same_as_replaying(acts, seed):
    log = sorted(acts, key=lambda a: (a.minute, a.sequence))
    run = Run(herbarium(), seed)
    for number, act in enumerate(log):
        assert catch_up(run, [act], act.minute) == replay(herbarium(), seed, log[: number + 1], act.minute)
    assert catch_up(run, [], END) == replay(herbarium(), seed, log, END)


def test_a_run_cannot_go_back():
    run = Run(herbarium(), 1)
    catch_up(run, [], 10.0)
    with pytest.raises(ValueError, match="already beyond"):
        catch_up(run, [], 9.0)


@pytest.mark.django_db
def test_the_feed_from_a_snapshot_is_the_feed_replayed(begin):
    shift = begin(NOW)
    for minute, comment in ((4, "c01"), (6, "c02"), (8, "c03")):
        playing.feed_of(fresh(shift), minute - 1.0)
        do(shift, minute, comment=comment)
        playing.feed_of(fresh(shift), minute + 0.5)
    do(shift, 10, "undo", "", target=str(Act.objects.first().key))
    now = fresh(shift)
    assert playing.feed_of(now, 20.0) == playing.world_of(now, 20.0)


@pytest.mark.django_db
def test_a_snapshot_ahead_of_an_act_is_dropped(begin):
    """Two processes: one has already let a moment pass when the other's act, a breath earlier, becomes visible."""
    shift = begin(NOW)
    playing.feed_of(fresh(shift), 8.0)
    do(shift, 7.9, "hide", "c02", reason="off_topic")
    now = fresh(shift)
    assert playing.feed_of(now, 9.0) == playing.world_of(now, 9.0)
    assert playing.feed_of(now, 4.0) == playing.world_of(now, 4.0)


@pytest.mark.django_db
def test_an_act_from_a_clock_ahead_is_not_lost(begin):
    shift = begin(NOW)
    do(shift, 9)
    now = fresh(shift)
    assert playing.feed_of(now, 8.0) == playing.world_of(now, 8.0)
    assert playing.feed_of(now, 10.0) == playing.world_of(now, 10.0)


@pytest.mark.django_db
def test_a_refused_bulk_leaves_no_trace_in_the_snapshot(begin):
    shift = begin(NOW)
    playing.feed_of(fresh(shift), 6.0)
    with pytest.raises(ValueError):  # noqa: PT011 (the engine's refusal, whatever its code)
        services.record_bulk(
            shift=shift, form_key=uuid4(), comments=["c01", "c05"], fields={"action": "keep"}, now=at(7)
        )
    now = fresh(shift)
    assert now.revision == 0
    assert playing.feed_of(now, 8.0) == playing.world_of(now, 8.0)


def test_the_longest_forgotten_snapshot_goes_first(monkeypatch):
    monkeypatch.setattr(snapshots, "KEPT", 2)
    keys = [uuid4() for _ in range(3)]
    for key in keys:
        snapshots.keep(key, snapshots.Snapshot(0, Run(herbarium(), 1)))
    assert snapshots.take(keys[0], 0, 1.0) is None
    assert snapshots.take(keys[2], 0, 1.0) is not None
    assert snapshots.take(keys[2], 0, 1.0) is None  # whoever took it has it alone


# -- the cost of a poll -----------------------------------------------------------------------------------------------


def running_now(shift, minute=7.0):
    """Hold the clock, so that nothing happens while one counts."""
    Shift.objects.filter(pk=shift.pk).update(clock_minute=minute, clock_from=None)


def queries_of(ask):
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    return response.status_code, len(captured)


@pytest.mark.django_db
@pytest.mark.parametrize(("sessions", "most"), [("cached_db", 1), ("db", 2)])
def test_a_quiet_poll_asks_for_the_shift_with_its_person(client, enrolled, begin, sessions, most):
    """Where the cache is shared between processes it holds the sessions, as in production."""
    shift = begin(NOW)
    with override_settings(SESSION_ENGINE=f"django.contrib.sessions.backends.{sessions}"):
        client.force_login(enrolled)
        running_now(shift)
        cursor = client.get(reverse("sandbox:desk", args=[shift.key])).context["desk"].cursor
        url = reverse("sandbox:poll", args=[shift.key])
        assert queries_of(lambda: client.get(url, {"cursor": cursor})) == (204, most)


@pytest.mark.django_db
def test_a_poll_with_news_asks_the_same_whatever_was_done_before(client, enrolled, begin):
    shift, counts = begin(NOW), []
    client.force_login(enrolled)
    url = reverse("sandbox:poll", args=[shift.key])
    for minute, acts in ((2.0, 1), (6.0, 30)):
        for _ in range(acts):
            do(shift, minute)
        running_now(shift, minute)
        cursor = client.get(reverse("sandbox:desk", args=[shift.key])).context["desk"].cursor
        running_now(shift, minute + 3)
        counts.append(queries_of(lambda cursor=cursor: client.get(url, {"cursor": cursor})))
    assert counts[0] == counts[1] == (200, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("minute", [0.5, 7.0, 33.0])
def test_the_cursor_of_a_feed_is_that_of_the_desk_that_shows_it(begin, minute):
    shift = begin(NOW)
    running_now(shift, minute)
    shift = fresh(shift)
    assert str(Cursor.at(playing.feed_of(shift, minute), shift.revision)) == desk_of(shift, NOW).cursor


@pytest.mark.django_db
def test_a_poll_that_would_change_nothing_to_see_says_only_where_it_is(client, enrolled, begin):
    shift = begin(NOW)
    client.force_login(enrolled)
    running_now(shift, 7.0)
    cursor = client.get(reverse("sandbox:desk", args=[shift.key])).context["desk"].cursor
    running_now(shift, 8.2)  # a minute has closed; nobody has come
    response = client.get(reverse("sandbox:poll", args=[shift.key]), {"cursor": cursor})
    assert response.status_code == 204
    moved = Cursor.read(response.headers["X-Desk-Cursor"])
    assert (moved.comments, moved.minute) == (Cursor.read(cursor).comments, 8.2)

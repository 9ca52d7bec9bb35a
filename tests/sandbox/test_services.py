"""Writes: counted once, at the server's minute, whatever the network does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections

from courses.models import ActivityRecord
from sandbox import clock_services, playing, services
from sandbox.engine.acts import IllegalAct
from sandbox.models import Act, ScenarioVersion, Shift
from tests import databases
from tests.conftest import NOW, _worker

pytestmark = pytest.mark.django_db


def after(minutes):
    """The time at which the desk stands at a simulated minute (pace 8)."""
    return NOW + timedelta(minutes=minutes / 8)


def keep(shift, comment="c01", minute=2, key=None):
    return services.record_act(
        shift=shift, form_key=key or uuid4(), fields={"action": "keep", "comment": comment}, now=after(minute)
    )


def test_the_servers_clock_gives_the_minute(begin):
    keep(begin(), minute=7.5)
    assert Act.objects.get().minute == 7.5


def test_a_clock_that_steps_back_never_takes_the_shift_back(begin):
    shift = begin()
    assert playing.minute_of(shift, NOW - timedelta(hours=1)) == 0


def test_acts_are_numbered_and_counted(begin):
    shift = begin()
    for comment in ("c01", "c02"):
        keep(shift, comment, minute=7)
    shift.refresh_from_db()
    assert shift.revision == 2
    assert list(shift.acts.values_list("sequence", flat=True)) == [1, 2]


def test_the_same_form_twice_counts_once_even_later(begin):
    shift, key = begin(), uuid4()
    keep(shift, minute=2, key=key)
    keep(shift, minute=9, key=key)
    assert list(Act.objects.values_list("minute", flat=True)) == [2.0]


def test_a_refused_act_writes_nothing(begin):
    shift = begin()
    with pytest.raises(IllegalAct):
        keep(shift, "c05", minute=2)
    shift.refresh_from_db()
    assert (shift.revision, Act.objects.count()) == (0, 0)


def test_an_act_after_the_end_is_refused(begin):
    shift = begin()
    with pytest.raises(IllegalAct, match="shift_over"):
        keep(shift, minute=60)


def test_the_world_is_rebuilt_from_rows_alone(begin):
    shift = begin()
    live = keep(shift, "c02", minute=7)
    playing._parsed.cache_clear()  # as after a restart of the server
    again = playing.world_of(Shift.objects.get(pk=shift.pk), 7)
    assert again == live


def test_a_pause_holds_the_minute_and_acts_made_meanwhile_have_it(begin):
    shift = begin()
    shift = clock_services.set_clock(shift=shift, paused=True, now=after(7))
    keep(shift, minute=40)
    assert Act.objects.get().minute == 7
    shift = clock_services.set_clock(shift=shift, paused=False, now=after(40))
    assert playing.minute_of(shift, after(43)) == 10


def test_pausing_twice_loses_no_time(begin):
    shift = clock_services.set_clock(shift=begin(), paused=True, now=after(7))
    shift = clock_services.set_clock(shift=shift, paused=True, now=after(20))
    assert shift.clock_minute == 7


def test_a_shift_keeps_its_version_when_the_scenario_changes(begin, page):
    shift = begin()
    scenario = page.scenario
    scenario.duration = 90
    scenario.save()
    scenario.save_revision().publish()
    assert ScenarioVersion.objects.count() == 2
    assert playing.scenario_of(Shift.objects.select_related("version").get(pk=shift.pk)).duration == 60


def test_finishing_twice_reports_one_result(begin, page):
    shift = begin()
    first = services.finish_shift(shift=shift, now=after(60))
    second = services.finish_shift(shift=shift, now=after(90))
    assert (second.result, second.ended_at) == (first.result, first.ended_at)
    assert ActivityRecord.objects.get(activity_key=page.translation_key).best_fraction == first.result


def test_a_perfect_shift_passes_and_completes_the_activity(begin, page):
    from sandbox.engine.players import play

    shift = begin()
    for act in play(playing.scenario_of(shift), shift.seed, "perfect"):
        fields = {n: getattr(act, n) for n in ("action", "comment", "reason", "desk", "text", "strategy")}
        services.record_act(shift=shift, form_key=uuid4(), fields=fields, now=after(act.minute))
    shift = services.finish_shift(shift=shift, now=after(60))
    assert shift.passed
    assert ActivityRecord.objects.get(activity_key=page.translation_key).state == "done"


def test_a_finished_shift_gives_way_to_a_new_one(begin):
    first = begin()
    assert begin(after(30)).pk == first.pk
    second = begin(after(61))
    assert second.pk != first.pk
    first.refresh_from_db()
    assert first.state == Shift.State.ENDED


def test_stopping_in_practice_leaves_no_result_and_in_an_exam_does_nothing(begin):
    shift = services.stop_shift(shift=begin(), now=after(5))
    assert (shift.state, shift.result) == (Shift.State.STOPPED, None)
    exam = services.stop_shift(shift=begin(after(6), mode="exam"), now=after(7))
    assert exam.running


def in_threads(work, times):
    def once(i):
        try:
            return work(i)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(once, range(times)))


@pytest.fixture
def committed(request, transactional_db):
    """A shift in the real database, seen by every thread. Whatever flushed it before, it starts from the template."""
    databases.restore(_worker(request))
    return request.getfixturevalue("begin")


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_count_once(committed):
    shift, key = committed(), uuid4()
    in_threads(lambda _: keep(shift, key=key), 8)
    assert Act.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_lose_nothing(committed):
    shift = committed()
    in_threads(lambda i: keep(shift, f"c0{i % 4 + 1}", minute=8), 8)
    shift.refresh_from_db()
    assert shift.revision == Act.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_starting_twice_at_once_begins_one_shift(committed):
    begun = in_threads(lambda _: committed().pk, 4)
    assert len(set(begun)) == 1

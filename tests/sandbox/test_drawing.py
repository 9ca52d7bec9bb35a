from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import minute_at, wall
from sandbox.curve import HEIGHT, WAITING_BASE, WAITING_TOP, WIDTH, curve, spark
from sandbox.delays import LEVEL_X, NEVER_X, strips

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "since", "expected"),
    [(0, NINE, 5), (60, NINE, 13), (3600, NINE, 96), (-60, NINE, 5), (3600, None, 5), (0.75, NINE, 5.1)],
)
def test_the_clock_runs_at_its_pace_never_back_never_beyond(seconds, since, expected):
    now = NINE + timedelta(seconds=seconds)
    assert minute_at(minute=5, since=since, pace=8, now=now, duration=96) == pytest.approx(expected)


@pytest.mark.parametrize(("minute", "shown"), [(0, "22:30"), (29.99, "22:59"), (90, "00:00"), (150.5, "01:00")])
def test_the_wall_clock_passes_midnight(minute, shown):
    assert wall(minute, 22 * 60 + 30) == shown


def test_the_curve_stays_on_its_paper():
    drawing = curve([0.0, 0.5, 1.0, 1.0], 3, [0, 1.4, 99])
    assert all(0 <= m.x <= WIDTH and 0 <= m.y <= HEIGHT for m in drawing.marks)
    assert [m.number for m in drawing.marks] == [1, 2, 3]
    assert drawing.line.startswith("M8.0 ")
    assert drawing.area.endswith("Z")


@pytest.mark.parametrize("duration", [3, 16, 96, 240, 1440])
def test_the_curve_has_a_legible_scale(duration):
    drawing = curve([0.1] * (duration + 1), duration, [])
    assert 1 <= len(drawing.ticks) <= 7


def test_what_waited_is_drawn_as_steps_from_its_own_base():
    drawing = curve([0.0] * 4, 3, [], [(1.5, "kept")], [0, 2, 1, 0])
    assert drawing.most_waiting == 2
    assert drawing.waiting.startswith(f"M8.0 {WAITING_BASE} L8.0 {WAITING_BASE}")
    assert f"V{float(WAITING_TOP)}" in drawing.waiting
    assert drawing.acts == ((400.0, "kept"),)
    assert curve([0.0, 0.0], 1, [], [], [0, 0]).waiting == ""


def test_two_moods_share_one_scale():
    mine, other = spark([[0.0, 0.8], [0.0, 0.4]], 100, 48)
    assert mine.endswith("100.0 4.0")
    assert other.endswith("100.0 24.0")
    assert spark([]) == ()


def test_delays_stand_on_the_right_side_of_their_service_level():
    urgent, usual = strips(
        [("question", 60, 30), ("question", 60, 61), ("question", 60, None), ("4", 5, 5), ("4", 5, 500)]
    )
    assert (urgent.kind, urgent.level, urgent.total, urgent.in_time) == ("4", 5, 2, 1)
    assert (usual.total, usual.in_time) == (3, 1)
    before, after, never = usual.dots
    assert before.x < LEVEL_X < after.x < never.x == NEVER_X
    assert (before.late, after.late, never.never) == (False, True, True)


def test_dots_at_the_same_place_pile_up():
    (strip,) = strips([("1", 240, 10)] * 5)
    assert len({dot.y for dot in strip.dots}) == 5
    assert all(0 < dot.y < strip.height for dot in strip.dots)

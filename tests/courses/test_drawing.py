"""Drawings: where things stand, whatever the numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.drawing.charts import draw_chart, nice_ticks
from courses.drawing.paths import Scene, draw_path

numbers = st.floats(-1e6, 1e6).map(lambda number: round(number, 2))


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([64, 31], [0, 20, 40, 60, 80]),
        ([0, 0], [0, 1]),
        ([0.4], [0, 0.1, 0.2, 0.3, 0.4]),
        ([-10, 30], [-10, 0, 10, 20, 30]),
        ([100], [0, 20, 40, 60, 80, 100]),
    ],
)
def test_ticks_are_round_and_hold_every_value(values, ticks):
    assert nice_ticks(values) == ticks


@given(st.lists(numbers, min_size=1, max_size=20))
def test_ticks_hold_every_value_whatever_it_is(values):
    ticks = nice_ticks(values)
    assert ticks[0] <= min(0, *values) + 1e-6
    assert ticks[-1] >= max(0, *values) - 1e-6
    assert 2 <= len(ticks) <= 8


@given(st.sampled_from(["bars", "line"]), st.lists(st.tuples(numbers, numbers), min_size=2, max_size=24))
def test_everything_drawn_lies_within_the_drawing(form, rows):
    drawing = draw_chart(form, ["one", "two"], [(f"r{n}", values) for n, values in enumerate(rows)])
    places = [bar.length for _, bars in drawing.rows for bar in bars]
    places += [place for curve in drawing.curves for point in curve.points for place in (point.x, point.y)]
    assert all(0 <= float(place.removesuffix("%")) <= 100 for place in places)
    assert len(drawing.labels) <= 6


def scene(key, *leads_to, ending=""):
    return Scene(key, ending, leads_to)


def test_a_path_goes_down_and_is_drawn_on_top():
    scenes = [
        scene("a", "b", "c"),
        scene("b", "d"),
        scene("c", "d", "e"),
        scene("d", ending="good"),
        scene("e", ending="bad"),
    ]
    picture = draw_path(scenes, ["a", "c", "d"])
    assert [node.step for node in picture.nodes] == [1, 0, 2, 3, 0]
    assert [edge.taken for edge in picture.edges] == [False, False, False, True, True]
    assert all(edge.y1 < edge.y2 for edge in picture.edges)
    assert all(0 < node.x < picture.width and 0 < node.y < picture.height for node in picture.nodes)
    assert len({(node.x, node.y) for node in picture.nodes}) == 5

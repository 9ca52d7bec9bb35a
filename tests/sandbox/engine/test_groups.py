"""Which way one leans by group addressed: said where comments enough say so, and nowhere else."""

import pytest

from sandbox.engine import codes, constants
from sandbox.engine.replay import replay
from sandbox.engine.scoring import ALL_GROUPS, by_group, items_of
from tests.sandbox.engine.worlds import act, comment, world_with

LEAST = constants.GROUP_LEAST


def about(group, signals, noises):
    """Comments about a group: so many to restrict, so many to keep."""
    bad = [comment(f"{group}-bad{n}", group=group, key={"remove": 1.0}, severity=2) for n in range(signals)]
    return [*bad, *(comment(f"{group}-good{n}", group=group) for n in range(noises))]


def leans(comments, removed):
    acts = [act(1 + n / 100, "remove", name) for n, name in enumerate(removed)]
    scenario = world_with(*comments)
    return {lean.group: lean.leaning for lean in by_group(items_of(replay(scenario, 7, acts, scenario.duration)))}


def named(group, sort, n):
    return [f"{group}-{sort}{i}" for i in range(n)]


BAD = named("women", "bad", LEAST)


@pytest.mark.parametrize(
    ("removed", "expected"),
    [
        (BAD, ""),
        ([*BAD, *named("women", "good", 1)], ""),  # one mistake is an accident
        ([*BAD, *named("women", "good", 2)], "easily"),
        (BAD[:-1], ""),
        (BAD[:-2], "much"),
        ([], "much"),
        ([*BAD, *named("women", "good", LEAST)], "easily"),
        ([*BAD[:-2], *named("women", "good", 2)], ""),  # as often one way as the other
    ],
)
def test_the_lean_follows_mistakes_of_one_kind(removed, expected):
    assert leans(about("women", LEAST, LEAST), removed) == {"women": expected}


@pytest.mark.parametrize(("signals", "noises"), [(LEAST - 1, 40), (40, LEAST - 1), (0, 40), (40, 0)])
def test_nothing_is_said_of_too_few_comments(signals, noises):
    assert leans(about("women", signals, noises), []) == {}


def test_groups_too_small_alone_are_told_together():
    half = LEAST // 2
    comments = [*about("women", half, half), *about("older", LEAST - half, LEAST - half)]
    assert leans(comments, []) == {ALL_GROUPS: "much"}


def test_a_group_alone_is_not_told_twice():
    assert set(leans([*about("women", LEAST, LEAST), comment("other")], BAD)) == {"women"}


def test_groups_stand_in_the_order_of_the_vocabulary():
    comments = [*about("place", LEAST, LEAST), *about("women", LEAST, LEAST)]
    assert list(leans(comments, [])) == ["women", "place", ALL_GROUPS]
    assert codes.GROUPS.index("women") < codes.GROUPS.index("place")

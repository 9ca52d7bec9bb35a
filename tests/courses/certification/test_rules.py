"""Rules: met or not, and what is missing."""

from uuid import UUID

import pytest

from courses.certification.rules import (
    ActivityPassed,
    AllOf,
    Announced,
    AnyOf,
    CourseCompleted,
    PointsEarned,
    Progress,
    awaited,
    is_met,
    leaves,
    missing,
)

A, B, C = (UUID(int=n) for n in (1, 2, 3))
DONE = Progress(completed=frozenset({A}), passed={C: 74})


@pytest.mark.parametrize(
    ("rule", "met"),
    [
        (CourseCompleted(A), True),
        (CourseCompleted(B), False),
        (ActivityPassed(C), True),
        (ActivityPassed(C, 74), True),
        (ActivityPassed(C, 75), False),
        (ActivityPassed(B), False),
        (AllOf((CourseCompleted(A), ActivityPassed(C))), True),
        (AllOf((CourseCompleted(A), CourseCompleted(B))), False),
        (AnyOf((CourseCompleted(A), CourseCompleted(B))), True),
        (AnyOf((CourseCompleted(A), CourseCompleted(B)), 2), False),
        (AnyOf((CourseCompleted(A),), 2), False),
        (AllOf(()), False),
        (AnyOf(()), False),
        (AllOf((AnyOf((CourseCompleted(B), ActivityPassed(C))), CourseCompleted(A))), True),
    ],
)
def test_a_rule_is_met_when_it_says_so(rule, met):
    assert is_met(rule, DONE) is met
    assert bool(missing(rule, DONE)) is (not met and rule != AllOf(()))


def test_what_is_missing_leaves_out_what_is_done():
    rule = AllOf((CourseCompleted(A), CourseCompleted(B), ActivityPassed(C, 90)))
    assert missing(rule, DONE) == (CourseCompleted(B), ActivityPassed(C, 90))


def test_a_choice_is_missing_as_a_whole():
    rule = AnyOf((CourseCompleted(B), ActivityPassed(B)))
    assert missing(rule, DONE) == (rule,)


EXAM = Announced({"fr": "L’examen", "en": "The exam"})


def test_nobody_can_meet_what_does_not_exist_yet():
    rule = AllOf((CourseCompleted(A), EXAM))
    assert not is_met(rule, DONE)
    assert missing(rule, DONE) == (EXAM,)


@pytest.mark.parametrize(
    ("rule", "things"),
    [
        (AllOf((CourseCompleted(A),)), ()),
        (AllOf((CourseCompleted(A), EXAM)), (EXAM,)),
        (AnyOf((CourseCompleted(A), EXAM)), ()),
        (AnyOf((CourseCompleted(A), EXAM), 2), (EXAM,)),
        (AllOf((CourseCompleted(A), AllOf((EXAM,)))), (EXAM,)),
    ],
)
def test_a_rule_says_what_it_waits_for(rule, things):
    assert awaited(rule) == things


def test_leaves_come_in_order():
    rule = AllOf((AnyOf((CourseCompleted(B), ActivityPassed(C))), CourseCompleted(A)))
    assert list(leaves(rule)) == [CourseCompleted(B), ActivityPassed(C), CourseCompleted(A)]


@pytest.mark.parametrize(("points", "met"), [(0, False), (11, False), (12, True), (400, True)])
def test_points_are_met_by_as_many_or_more(points, met):
    assert is_met(PointsEarned(12), Progress(points=points)) is met

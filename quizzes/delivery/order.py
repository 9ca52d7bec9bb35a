"""Lock points: which questions of a paper are open now, and which are left for good."""

from collections.abc import Sequence

LOCK_POINTS = frozenset({"none", "question", "section"})  # after what a candidate cannot come back


def open_questions(lock_points: str, sections: Sequence[int], first_open: int) -> range:
    """Return the numbers of the questions open now, from 1; `sections` holds the section of each question."""
    if lock_points == "none":
        return range(1, len(sections) + 1)
    stop = first_open + 1
    if lock_points == "section":
        while stop <= len(sections) and sections[stop - 1] == sections[first_open - 1]:
            stop += 1
    return range(first_open, stop)


def crosses(open_now: range, wanted: int, count: int) -> bool:
    """Return whether going to `wanted` passes the lock point: only the very next question does, so none is skipped."""
    return wanted == open_now.stop <= count

"""A scenario without what its trainee chose to leave out: nothing of it comes, and nothing that would follow from it."""

from collections.abc import Collection
from dataclasses import replace

from .scenario import Comment, Scenario


def trimmed(scenario: Scenario, left_out: Collection[str] = (), cap: int = 4) -> Scenario:
    """Return `scenario` without the comments that touch on a topic of `left_out` or are graver than `cap`.

    Replies to them, reactions that set out from them or bring them, and appeals about them go too; an inject only such a
    reaction brings goes with it. The shift keeps its length, its other arrivals and its dice.
    """
    out = {c.id for c in scenario.find.values() if _touches(c, left_out) or c.severity > cap}
    if not out:
        return scenario
    grown = -1
    while grown != len(out):  # replies to replies
        grown = len(out)
        out |= {c.id for c in scenario.find.values() if c.parent in out}
    reactions = tuple(
        r for r in scenario.reactions if r.comment not in out and (not r.brings_comment or r.brings_comment not in out)
    )
    return replace(
        scenario,
        comments=tuple(c for c in scenario.comments if c.id not in out),
        background=tuple(c for c in scenario.background if c.id not in out),
        reactions=reactions,
        appeals={name: a for name, a in scenario.appeals.items() if a.comment not in out},
    )


def _touches(comment: Comment, topics: Collection[str]) -> bool:
    return any(reason in topics for reason in (*comment.reasons, *comment.touches))


def playable(scenario: Scenario) -> bool:
    """Say whether anything is left to moderate."""
    return any(c.minute is not None for c in scenario.comments)

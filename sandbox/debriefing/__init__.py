"""The debrief as its templates show it: evidence beside every opinion, in the reader's language."""

from collections import Counter
from collections.abc import Sequence

from courses.vocabulary import ACTIONS
from sandbox import playing, wording
from sandbox.debriefing.appeals import appeal_rows
from sandbox.debriefing.crisis import crisis_lines
from sandbox.debriefing.figures import delays_of, groups_of, lean_of, part_of, shares_of
from sandbox.debriefing.lessons import advice_of
from sandbox.debriefing.moments import consequences, moment_of
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.replies import replies_of
from sandbox.debriefing.rows import row_of
from sandbox.debriefing.shapes import DebriefView, Moment, Otherwise, ReplyView, Row, Standing
from sandbox.debriefing.timeline import drawn, timeline
from sandbox.engine import RULES_VERSION, scoring
from sandbox.engine.debrief import Debrief, debrief, play_out, what_if
from sandbox.engine.lessons import lessons_of
from sandbox.engine.replay import replay
from sandbox.engine.world import World
from sandbox.marking import counting, marks_of
from sandbox.models import Mark, Shift

__all__ = ["DebriefView", "Moment", "Otherwise", "Row", "debrief_of", "otherwise_of", "replies_of_shift"]


def debrief_of(shift: Shift) -> DebriefView:
    """Return the debrief of an ended shift, computed by replaying it."""
    marks = marks_of(shift)
    scenario, acts = playing.scenario_of(shift), playing.acts_of(shift)
    result = debrief(scenario, shift.seed, acts, counting(marks), exam=not shift.practice)
    standing = Standing(shift.passed, shift.lightened, shift.rules_version == RULES_VERSION)
    return view_of(result, marks, standing, own_counts=shift.practice)


def replies_of_shift(shift: Shift) -> list[ReplyView]:
    """Return what the trainee published in an ended shift, with its marks."""
    scenario = playing.scenario_of(shift)
    world = replay(scenario, shift.seed, playing.acts_of(shift), scenario.duration)
    return replies_of(world, marks_of(shift), Reader.of(scenario))


def otherwise_of(shift: Shift, comment: str, action: str) -> Otherwise | None:
    """Return one scored comment of an ended shift, played again with `action` when given; None when it has no such."""
    scenario = playing.scenario_of(shift)
    played = play_out(scenario, shift.seed, playing.acts_of(shift), counting(marks_of(shift)))
    item = next((i for i in played.score.items if i.comment.id == comment), None)
    if item is None:
        return None
    reader = Reader.of(scenario)
    if not action:
        return Otherwise(row_of(item, reader))
    other = what_if(played, item, (action,))
    found = consequences(other, played.world, reader)
    return Otherwise(row_of(item, reader), found, ACTIONS[action].label, round(other.gain * 100))


def view_of(result: Debrief, marks: Sequence[Mark], standing: Standing, *, own_counts: bool = False) -> DebriefView:
    """Put one debrief into words; `own_counts` also says what the result is with the trainee's own marks."""
    score, world, scenario = result.score, result.world, result.world.scenario
    reader = Reader.of(scenario)
    rows = [row_of(item, reader) for item in score.items]
    replies = score.part("replies").inputs
    drawing = drawn(world)
    keep, change = advice_of(lessons_of(world, score), world, reader)
    return DebriefView(
        percent=round(score.result * 100),
        standing=standing,
        falls_short=not score.passed,
        pass_mark=round(scenario.pass_mark * 100),
        failures=[wording.FAILURES[code] for code in score.failures],
        parts=[part_of(p) for p in score.parts],
        rows=rows,
        moments=[moment_of(p, world, reader) for p in result.pivots],
        timeline=timeline(world, reader),
        curve=drawing,
        hours=[(x, reader.when(minute)) for x, minute in drawing.ticks],
        peak=round(max(world.mood) * 100),
        lean=lean_of(score.detection),
        delays=delays_of(score.items),
        verdicts=Counter(row.verdict for row in rows),
        kappa=None if score.kappa is None else round(score.kappa, 2),
        pending=int(replies["n"] or 0) - int(replies["marked"] or 0),
        replies=replies_of(world, marks, reader),
        with_own=with_own(world, marks) if own_counts else None,
        title=reader.text(scenario.title),
        unseen=len(world.comments) - len(score.items),
        appeals=appeal_rows(score.appeals, reader),
        shares=shares_of(score.items),
        groups=groups_of(score.items),
        crisis=crisis_lines(scoring.crisis_of(world), world, reader),
        keep=keep,
        change=change,
    )


def with_own(world: World, marks: Sequence[Mark]) -> int | None:
    """Return the result in percent with one's own marks where no instructor has marked; None when there are none."""
    counted = counting(marks, own=True)
    return None if counted == counting(marks) else round(scoring.score(world, counted).result * 100)

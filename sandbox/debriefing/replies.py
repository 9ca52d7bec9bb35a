"""What the trainee wrote, beside the marks it was given: their own first, then an instructor's."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from courses.vocabulary import ACTIONS
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.rows import rule_of
from sandbox.debriefing.shapes import ReplyView
from sandbox.engine.acts import Act
from sandbox.engine.codes import WRITTEN
from sandbox.engine.scoring.replies import hints, reply_score
from sandbox.engine.world import World
from sandbox.models import Mark
from sandbox.rubric import lines


def replies_of(world: World, marks: Sequence[Mark], reader: Reader) -> list[ReplyView]:
    """Return the published texts of the shift, oldest first."""
    return [reply_of(act, marks, reader) for act in world.acts if act.action in WRITTEN]


def reply_of(act: Act, marks: Sequence[Mark], reader: Reader) -> ReplyView:
    own, expert = newest(act, marks, own=True), newest(act, marks, own=False)
    return ReplyView(
        key=act.key,
        label=ACTIONS[act.action].label,
        when=reader.when(act.minute),
        comment=act.comment,
        text=act.text,
        hints=[HINTS[hint] for hint in hints(act.text)],
        own=percent(own),
        expert=percent(expert),
        remark=expert.remark if expert else "",
        lines=lines(own.levels if own else None, expert.levels if expert else None),
        **_asked(act, reader),
    )


def _asked(act: Act, reader: Reader) -> dict[str, Any]:
    """Return what the text answers, and what the scenario's author says of it."""
    comment = reader.scenario.find.get(act.comment)
    if comment is None:
        return {"who": "", "handle": "", "asked": "", "rationale": "", "rule": None}
    persona = reader.scenario.personas[comment.persona]
    return {
        "who": persona.name,
        "handle": persona.handle,
        "asked": reader.text(comment.text),
        "rationale": reader.text(comment.rationale),
        "rule": rule_of(comment.rule, reader),
    }


def newest(act: Act, marks: Sequence[Mark], *, own: bool) -> Mark | None:
    found = [mark for mark in marks if str(mark.act.key) == act.key and mark.own is own]
    return max(found, key=lambda mark: mark.number, default=None)


def percent(mark: Mark | None) -> int | None:
    return None if mark is None else round(reply_score(mark.value()) * 100)


HINTS = {
    "too_short": gettext_lazy("Very short: does it acknowledge the person?"),
    "too_long": gettext_lazy("Long: would it be read on a phone?"),
    "shouting": gettext_lazy("Capitals read as shouting."),
    "personal_data": gettext_lazy("It seems to contain personal data."),
    "threat": gettext_lazy("It may read as a threat."),
    "no_next_step": gettext_lazy("It asks without saying what comes next."),
}

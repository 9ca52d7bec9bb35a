"""Pivotal moments, and what a replay says would have followed otherwise."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.vocabulary import ACTIONS
from sandbox import wording
from sandbox.curve import spark
from sandbox.debriefing.appeals import appeal_row
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.rows import row_of
from sandbox.debriefing.shapes import Consequences, Moment
from sandbox.engine.debrief import Counterfactual, Pivot
from sandbox.engine.scoring import AppealItem
from sandbox.engine.world import World


def moment_of(pivot: Pivot, world: World, reader: Reader) -> Moment:
    item, code = pivot.item, pivot.otherwise.action
    cost, found = round(pivot.cost * 100), consequences(pivot.otherwise, world, reader)
    if isinstance(item, AppealItem):
        return Moment(appeal_row(item, reader), cost, wording.VERDICTS[code], found, appeal=True)
    return Moment(row_of(item, reader), cost, ACTIONS[code].label, found)


def consequences(other: Counterfactual, world: World, reader: Reader) -> Consequences:
    """Say what the replay found: comments that would not have come or would have, views, mood."""
    said = [_("%(who)s would not have written: “%(text)s”") % reader.quote(c) for c in other.spared[:3]]
    said += [_("%(who)s would have written: “%(text)s”") % reader.quote(c) for c in other.brought[:3]]
    if other.spared_views >= 1:
        views = round(other.spared_views)
        said.append(ngettext("%(n)d view spared.", "%(n)d views spared.", views) % {"n": views})
    points = round(abs(other.calm) * 100)
    if points:
        said.append(_calmer(points) if other.calm > 0 else _tenser(points))
    if not said:
        said.append(_("Nothing else in the feed would have changed; the decision itself is what counts here."))
    moods = spark((world.mood, other.mood)) if points else ()
    return Consequences(reader.when(other.minute), said, moods)


def _calmer(points: int) -> str:
    return ngettext("A crowd calmer by %(n)d point.", "A crowd calmer by %(n)d points.", points) % {"n": points}


def _tenser(points: int) -> str:
    return ngettext("A crowd tenser by %(n)d point.", "A crowd tenser by %(n)d points.", points) % {"n": points}

"""Appeals in the debrief: what was contested, what was decided, what the key says; and whether authors were told why."""

from django.utils.translation import gettext as _

from sandbox import wording
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.shapes import AppealRow
from sandbox.engine.credit import panelists, verdicts
from sandbox.engine.scoring import AppealItem, Item
from sandbox.engine.scoring.reasons import must_tell, statement, told_rightly


def appeal_rows(items: tuple[AppealItem, ...], reader: Reader) -> list[AppealRow]:
    return [appeal_row(item, reader) for item in items]


def appeal_row(item: AppealItem, reader: Reader) -> AppealRow:
    """Return one appeal beside the key."""
    appeal, state = item.state.appeal, item.state
    about = reader.quote(appeal.comment)
    return AppealRow(
        id=appeal.id,
        name=about["who"],
        when=reader.when(state.arrived),
        comment=about["text"],
        contested=wording.action_label(state.contested.action),
        text=reader.text(appeal.text),
        edited=reader.text(appeal.edited),
        verdict=wording.VERDICTS[item.verdict] if item.verdict else "",
        answer=state.verdict.text if state.verdict else "",
        outcome="right" if item.credit >= 0.95 else "half" if item.credit > 0 else "wrong",
        delay=None if item.delay is None else round(item.delay),
        deadline=round(item.deadline),
        in_time=item.timeliness == 1,
        credit=round(item.credit * 100),
        key=[(wording.VERDICTS[v], round(c * 100), appeal.votes.get(v, 0)) for v, c in verdicts(appeal) if c > 0],
        panel=panelists(appeal),
        rationale=reader.text(appeal.rationale),
    )


def told_of(item: Item, owed: bool) -> str:
    """Say whether the author of a restricted comment was told why, or "" where there is nothing to say."""
    if statement(item):
        return _("Told why, on the right ground.") if told_rightly(item) else _("Told why, but on a wrong ground.")
    if owed and item.signal and item.level >= 2 and must_tell(item.comment):
        return _("The author was owed a statement of reasons and got none.")
    return ""

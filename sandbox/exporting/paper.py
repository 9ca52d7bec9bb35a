"""The debrief on paper."""

import json
from pathlib import Path
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.figures import per_cent
from sandbox.debriefing import DebriefView, Moment
from sandbox.debriefing.shapes import AppealRow, ReplyView, Row
from sandbox.exporting.drawing import drawing
from sandbox.exporting.marks import by_criterion, expert_mark, remark
from sandbox.models import Shift
from sandbox.wording import language

LAYOUTS = Path(__file__).parents[1] / "layouts"


def document(view: DebriefView, shift: Shift) -> bytes:
    """Return the debrief as PDF. Errors: typst.TypstError."""
    made = typst.compile(
        str(LAYOUTS / "debrief.typ"),
        root=str(LAYOUTS),
        format="pdf",
        sys_inputs={"data": json.dumps(facts_of(view, shift), default=str)},
        timestamp=int((shift.ended_at or shift.started_at).timestamp()),
    )
    if not isinstance(made, bytes):  # one document, one file
        raise TypeError("typst gave several files")
    return made


def facts_of(view: DebriefView, shift: Shift) -> dict[str, Any]:
    """Return what the layout prints, in words."""
    parts = [[part.name, per_cent(part.percent), part.sentence] for part in view.parts]
    return {
        "language": language()[:2],
        "title": view.title,
        "kicker": _("Debrief"),
        "holder": str(shift.user),
        "when": date_format(localtime(shift.started_at), "DATETIME_FORMAT"),
        "result": per_cent(view.percent),
        "verdict": _("Waits for marks") if view.passed is None else _("Passed") if view.passed else _("Not passed"),
        "failures": view.failures,
        "headings": {
            "words": _("Your own words"),
            "moments": _("The moments that mattered"),
            "happened": _("What happened"),
            "figures": _("The figures"),
            "rows": _("Comment by comment, beside the key"),
            "commitment": _("One commitment"),
            "groups": [_("Group addressed"), _("Comments"), _("What it says")],
            "crisis": _("The crisis"),
            "tomorrow": _("For tomorrow morning"),
            "appeals": _("Appeals of your decisions"),
            "replies": _("Your replies"),
            "marks": [_("Criterion"), pgettext("mark", "You"), _("Instructor")],
            "you": _("You:"),
            "key": _("The key:"),
            "columns": [pgettext("debrief", "Part"), pgettext("debrief", "Mark"), _("What it says")],
        },
        "words": shift.words,
        "commitment": shift.commitment,
        "drawing": drawing(view),
        "figures": parts,
        "bias": _lean(view),
        "groups": [[str(group.label), str(group.n), group.sentence] for group in view.groups],
        "crisis": [[line.label, line.told] for line in view.crisis],
        "keep": [advice.seen for advice in view.keep],
        "change": [[advice.seen, advice.gesture] for advice in view.change],
        "moments": [
            {**_paper_of(moment.row), "better": moment.better, "cost": moment.cost, "sentences": _consequences(moment)}
            for moment in view.moments
        ],
        "rows": [_paper(row) for row in view.rows],
        "appeals": [_paper_appeal(row) for row in view.appeals],
        "replies": [_paper_reply(reply) for reply in view.replies],
    }


def _lean(view: DebriefView) -> str:
    if view.lean is None:
        return ""
    bars = (
        _("%(label)s: %(restricted)d of %(total)d restricted.")
        % {"label": bar.label, "restricted": bar.restricted, "total": bar.total}
        for bar in view.lean.bars
    )
    return " ".join([*bars, view.lean.sentence, view.lean.figures])


def _consequences(moment: Moment) -> list[str]:
    found = moment.otherwise
    return [_("Played again with this one decision changed, at %(when)s:") % {"when": found.when}, *found.sentences]


def _paper_of(row: Row | AppealRow) -> dict[str, Any]:
    return _paper_appeal(row) if isinstance(row, AppealRow) else _paper(row)


def _paper(row: Row) -> dict[str, Any]:
    return {
        "when": row.when,
        "name": row.name,
        "text": row.text,
        "done": ", ".join(map(str, row.done)) or _("nothing"),
        "credit": per_cent(row.credit),
        "key": ", ".join(f"{line.label} {per_cent(line.credit)}" for line in row.key),
        "why": row.critical or row.rationale,
    }


def _paper_appeal(row: AppealRow) -> dict[str, Any]:
    return {
        "when": row.when,
        "name": _("Appeal of %(who)s") % {"who": row.name},
        "text": row.text,
        "about": f"{row.contested} – {row.comment}",
        "done": _decided(row),
        "credit": per_cent(row.credit),
        "key": ", ".join(f"{label} {per_cent(credit)}" for label, credit, _votes in row.key),
        "why": row.rationale,
    }


def _decided(row: AppealRow) -> str:
    """Return the verdict, and whether it came in time."""
    if not row.verdict:
        return _("No decision")
    return (_("%(verdict)s, in time") if row.in_time else _("%(verdict)s, late")) % {"verdict": row.verdict}


def _paper_reply(reply: ReplyView) -> dict[str, Any]:
    own = per_cent(reply.own)
    return {
        "when": reply.when,
        "name": reply.who or reply.label,
        "text": reply.text,
        "total": f"{pgettext('mark', 'You')} {own} · {_('Instructor')} {expert_mark(reply)}",
        "marks": [list(line) for line in by_criterion(reply)] if reply.own is not None else [],
        "remark": remark(reply),
    }

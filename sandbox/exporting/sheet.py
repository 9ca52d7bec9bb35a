"""The debrief as one table: comments, then appeals, then the texts one wrote with their marks; the first column says which."""

import csv
import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.figures import per_cent
from sandbox.debriefing import DebriefView, Row
from sandbox.debriefing.shapes import AppealRow, ReplyView
from sandbox.exporting.marks import by_criterion, expert_mark, remark
from sandbox.rubric import CRITERIA

BOM = "\ufeff"  # without it spreadsheets misread accents
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(view: DebriefView) -> str:
    """Return the shift as CSV with the byte order mark, a line for each comment, appeal and text."""
    out = io.StringIO()
    writer = csv.writer(out)
    heads = _heads()
    writer.writerow(heads.values())
    for line in (*map(_comment, view.rows), *map(_appeal, view.appeals), *map(_reply, view.replies)):
        writer.writerow([_safe(line.get(column, "")) for column in heads])
    return BOM + out.getvalue()


def _heads() -> dict[str, str]:
    """Return the columns with their headings; each criterion of the rubric has one for either mark."""
    heads = {
        "kind": _("Kind"), "id": _("Identifier"), "when": pgettext("hour", "Time"), "name": _("Author"), "handle": _("Handle"),
        "text": _("Text"), "done": _("What you did"), "reason": _("Reason"), "credit": _("Credit (%)"),
        "key": pgettext("debrief", "The key"), "panel": _("Votes"), "delay": _("After (min)"), "deadline": _("Given (min)"),
        "in_time": _("In time"), "critical": _("Critical mistake"), "rule": _("Rule"), "group": _("Group addressed"), "why": _("Why"),
        "own": _("Your mark (%)"), "expert": _("Instructor’s mark (%)"), "remark": _("Remark"),
    }  # fmt: skip
    for name, label in CRITERIA.items():
        heads[f"own:{name}"] = f"{label} · {pgettext('mark', 'You')}"
        heads[f"expert:{name}"] = f"{label} · {_('Instructor')}"
    return heads


def _comment(row: Row) -> dict[str, Any]:
    return {
        "kind": _("Comment"),
        "id": row.id,
        "when": row.when,
        "name": row.name,
        "handle": row.handle,
        "text": row.text,
        "done": ", ".join(map(str, row.done)),
        "reason": row.reason,
        "credit": row.credit,
        "key": ", ".join(f"{line.label} {per_cent(line.credit)}" for line in row.key),
        "panel": row.panel,
        "delay": _or_blank(row.delay),
        "deadline": _or_blank(row.deadline),
        "in_time": "" if row.deadline is None else _yes_or_no(row.in_time),
        "critical": row.critical,
        "rule": row.rule[0] if row.rule else "",
        "group": row.group,
        "why": row.rationale,
    }


def _appeal(row: AppealRow) -> dict[str, Any]:
    return {
        "kind": _("Appeal"),
        "id": row.id,
        "when": row.when,
        "name": row.name,
        "text": row.text,
        "done": row.verdict or _("No decision"),
        "credit": row.credit,
        "key": ", ".join(f"{label} {per_cent(credit)}" for label, credit, _votes in row.key),
        "panel": row.panel,
        "delay": _or_blank(row.delay),
        "deadline": row.deadline,
        "in_time": _yes_or_no(row.in_time),
        "why": row.rationale,
    }


def _reply(reply: ReplyView) -> dict[str, Any]:
    given: dict[str, str] = {}
    for name, (_label, own, expert) in zip(CRITERIA, by_criterion(reply), strict=True):
        given |= {f"own:{name}": own, f"expert:{name}": expert}
    return {
        "kind": reply.label,
        "id": reply.comment,
        "when": reply.when,
        "name": reply.who,
        "handle": reply.handle,
        "text": reply.text,
        "own": _or_blank(reply.own),
        "expert": expert_mark(reply),
        "remark": remark(reply),
        **given,
    }


def _or_blank(number: int | None) -> int | str:
    return "" if number is None else number


def _yes_or_no(fact: bool) -> str:
    return _("Yes") if fact else _("No")


def _safe(cell: Any) -> Any:
    """Keep a text from being taken for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text

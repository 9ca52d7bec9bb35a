"""Marks of a reply in words. As on the page, an instructor's is seen once the trainee's own is given."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.figures import per_cent
from sandbox.debriefing.shapes import ReplyView
from sandbox.rubric import LEVELS


def expert_mark(reply: ReplyView) -> str:
    if reply.expert is None:
        return _("not marked yet")
    return pgettext("reply", "marked") if reply.own is None else per_cent(reply.expert)


def remark(reply: ReplyView) -> str:
    return reply.remark if reply.own is not None else ""


def by_criterion(reply: ReplyView) -> Iterator[tuple[str, str, str]]:
    """Yield each criterion with the trainee's level and the instructor's, in words; "" where there is none to show."""
    for line in reply.lines:
        expert = _level(line, "expert") if reply.own is not None else ""
        yield str(line["label"]), _level(line, "own"), expert


def _level(line: dict[str, Any], whose: str) -> str:
    return next((str(LEVELS[n]) for n, cell in enumerate(line["cells"]) if cell[whose]), "")

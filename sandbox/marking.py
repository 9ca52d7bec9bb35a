"""Writes of marks: one's own first, then an instructor's, which counts. Each is one transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.services import begin, record_result
from sandbox import playing
from sandbox.engine import RULES_VERSION
from sandbox.engine.scoring.replies import ReplyMark
from sandbox.models import Act, Mark, Shift


class OvertakenError(Exception):
    """Somebody else has marked this reply since the page was opened."""


@transaction.atomic
def mark_own(*, act: Act, levels: Mapping[str, int], capped: bool, now: datetime) -> Mark:
    """Keep the trainee's own mark; the first one stays, so that it is not rewritten after the expert's."""
    fields = {"levels": dict(levels), "capped": capped, "marker_id": act.shift.user_id, "marked_at": now}
    return Mark.objects.get_or_create(act=act, own=True, number=1, defaults=fields)[0]


@transaction.atomic
def mark_reply(
    *, act: Act, marker: Any, levels: Mapping[str, int], capped: bool, remark: str, seen: int, now: datetime
) -> Mark:
    """Keep an instructor's mark and count it in the result.

    `seen` is the number of the newest mark the marker's page has shown, 0 for none. The same mark sent twice counts once.
    Errors: OvertakenError when somebody else has marked it since.
    """
    shift = Shift.objects.select_for_update().get(pk=act.shift_id)  # two markers take turns
    newest = newest_of(act)
    given = {"levels": dict(levels), "capped": capped, "remark": remark, "marker_id": marker.pk}
    if newest and newest.says(**given):
        return newest
    if seen != (newest.number if newest else 0):
        raise OvertakenError
    number = newest.number + 1 if newest else 1
    mark = Mark.objects.create(act=act, number=number, marked_at=now, **given)
    recount(shift=shift, now=now)
    return mark


def newest_of(act: Act) -> Mark | None:
    """Return the instructor's mark that counts."""
    return act.marks.filter(own=False).select_related("marker").order_by("-number").first()


def recount(*, shift: Shift, now: datetime) -> None:
    """Mark the ended shift with what instructors have marked so far, and report the result where it counts.

    A result of earlier rules stands as it is: today's rules would change more than the replies. A pass once announced
    stays. What was lightened, or still waits for marks it depends on, is known to the course as begun and no more.
    """
    if shift.state != Shift.State.ENDED or shift.rules_version != RULES_VERSION:
        return
    result = playing.score_of(shift, counting(marks_of(shift)))
    waits = shift.marks_first and result.part("replies").pending and not shift.passed
    shift.result = round(result.result, 5)  # type: ignore[assignment]
    shift.passed = None if waits else result.passed or bool(shift.passed)
    shift.save(update_fields=["result", "passed"])
    where = {"course_key": shift.course_key, "activity_key": shift.activity_key}
    if shift.passed is None or shift.lightened:
        begin(user_id=shift.user_id, now=now, **where)
        return
    record_result(user=shift.user, fraction=shift.result, passed=shift.passed, now=now, done_at=shift.ended_at, **where)


def marks_of(shift: Shift) -> list[Mark]:
    """Return every mark of the shift's replies, the newest of each kind first."""
    return list(Mark.objects.filter(act__shift=shift).select_related("act").order_by("act", "own", "-number"))


def counting(marks: Iterable[Mark], *, own: bool = False) -> list[ReplyMark]:
    """Return the marks that count: the newest of an instructor, else, where `own` says so, the trainee's."""
    chosen: dict[int, Mark] = {}
    for mark in sorted(marks, key=lambda m: (not m.own, m.number)):  # the last one stays
        if own or not mark.own:
            chosen[mark.act_id] = mark
    return [mark.value() for mark in chosen.values()]

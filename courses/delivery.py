"""Serving a page of a course: who may open it, and what the learner's page needs to know."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import FilteredRelation, Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from wagtail.models import Page

from courses import services
from courses.blocks import Kept
from courses.certification.progress import certificate_of_course
from courses.models import (
    ActivityPage,
    ActivityRecord,
    CheckAnswer,
    CoursePage,
    Enrolment,
    LessonPage,
    ModulePage,
    Note,
)
from courses.models.records import VISIT_GAP
from courses.outline import COURSE_DEPTH, LOCKED, Item, Outline, mark, outlines_of
from courses.privacy import is_open_to


@dataclass
class Learning:
    """What a page of a course knows about its reader; on the request as `request.learning`."""

    course: Outline
    enrolment: Enrolment | None
    current_key: UUID | None
    answers: dict[str, Kept] = field(default_factory=dict)
    note: Note | None = None

    @property
    def outline(self) -> Outline:
        return self.course

    @property
    def enrolled(self) -> bool:
        return self.enrolment is not None

    @cached_property
    def current(self) -> Item | None:
        return self.course.item(self.current_key)

    @cached_property
    def _position(self) -> int | None:
        keys = [item.key for item in self.course.items]
        return keys.index(self.current_key) if self.current_key in keys else None

    @property
    def previous(self) -> Item | None:
        return self.course.items[self._position - 1] if self._position else None

    @property
    def next(self) -> Item | None:
        items = self.course.items
        return items[self._position + 1] if self._position is not None and self._position + 1 < len(items) else None

    @property
    def next_step(self) -> Item | None:
        return self.course.next_step(self.enrolment.last_activity_key if self.enrolment else None)

    @property
    def to_try(self) -> Item | None:
        """Return the first lesson that opens without an account."""
        return next((item for item in self.course.items if item.open_to_all and not item.language), None)

    @property
    def has_locked(self) -> bool:
        return any(item.state == LOCKED for item in self.course.items)

    @cached_property
    def certificate_url(self) -> str:
        """Where the certificate is that this course earned its learner; empty before."""
        if self.enrolment is None or self.enrolment.completed_at is None:
            return ""
        certificate = certificate_of_course(user_id=self.enrolment.user_id, course_key=self.course.key)
        return certificate.get_absolute_url() if certificate else ""

    def __getattr__(self, name: str) -> Any:
        # Templates read the counts of the outline straight from here.
        if name in {"fraction", "percent", "done_count", "total_count", "minutes", "minutes_left", "modules"}:
            return getattr(self.course, name)
        raise AttributeError(name)


def learning_for(request: HttpRequest, page: Page) -> Learning | None:
    """Return the learner's view of the course `page` belongs to; None outside a course. Three queries at most."""
    if not isinstance(page, CoursePage | ModulePage | ActivityPage):
        return None
    outlines = outlines_of(_course_stub(page))
    if not outlines:
        return None
    outline = outlines[0]
    keys = [
        item.key for item in outline.items
    ]  # not the course's: an activity may have been moved here, done elsewhere
    enrolment, note = _own(request.user, outline.key, page)
    records = (
        {r.activity_key: r for r in ActivityRecord.objects.of(request.user).filter(activity_key__in=keys)}
        if request.user.is_authenticated
        else {}
    )
    current = page.translation_key if isinstance(page, ActivityPage) else None
    since = enrolment.news_since(timezone.now()) if enrolment else None
    opened = enrolment is not None or can_author(request.user)
    mark(outline, records, enrolled=opened, current=current, since=since)
    return Learning(outline, enrolment, current, note=note)


def _own(user: Any, course_key: UUID, page: Page) -> tuple[Enrolment | None, Note | None]:
    """Return the reader's own enrolment in the course and, on a lesson, note and bookmark: in one query."""
    if not isinstance(page, LessonPage) or not user.is_authenticated:
        return Enrolment.objects.of(user).filter(course_key=course_key).first(), None
    # Both are one row at most for a reader, and either may be missing: hence from the reader, not from one to the other.
    readers: Any = get_user_model().objects
    reader = (
        readers.annotate(
            enrolment=FilteredRelation("enrolments", condition=Q(enrolments__course_key=course_key)),
            note=FilteredRelation("notes", condition=Q(notes__activity_key=page.translation_key)),
        )
        .select_related("enrolment", "note")
        .get(pk=user.pk)
    )
    return getattr(reader, "enrolment", None), getattr(reader, "note", None)  # what is missing is not set at all


def _course_stub(page: Page) -> Page:
    """Return the course above `page` by its place in the tree, without asking the database for it."""
    return Page(path=page.path[: COURSE_DEPTH * Page.steplen], depth=COURSE_DEPTH)


def can_author(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))


def may_open(page: ActivityPage, learning: Learning | None, user: Any) -> bool:
    """Return whether `user` may open an activity: enrolled, an author, or a lesson open to all; never one that is private."""
    if not is_open_to(page, user):
        return False
    if isinstance(page, LessonPage) and page.open_to_all:
        return True
    return bool(learning and learning.enrolled) or can_author(user)


def answers_for(request: HttpRequest, lesson: LessonPage) -> dict[str, Kept]:
    """Return the answers to show in a lesson: those kept, and the one a visitor has just given in the address."""
    answers: dict[str, Kept] = {}
    if request.user.is_authenticated and lesson.asks():
        rows = CheckAnswer.objects.filter(user=request.user, activity_key=lesson.translation_key)
        answers = {row.check_key: Kept(row.chosen, row.correct, row.tries) for row in rows}
    key = request.GET.get("block", "")
    if key and key not in answers:
        answers |= given(lesson, key, request.GET)
    return answers


def given(lesson: LessonPage, key: str, posted: QueryDict) -> dict[str, Kept]:
    """Return the answer a form or an address holds, kept nowhere; empty when it holds none."""
    found = lesson.interactive(key)
    if found is None:
        return {}
    block, value = found
    state = block.state_of(value, posted)
    return {} if state is None else {key: Kept(block.settle(state, None, timezone.now()), block.is_right(value, state))}


def note_visit(learning: Learning, page: ActivityPage) -> None:
    """Remember where the learner is; writes only when that changes, or when a new visit begins."""
    enrolment, now = learning.enrolment, timezone.now()
    if enrolment is None:
        return
    item = learning.current
    if item and item.state == "not_started":
        services.begin(user_id=enrolment.user_id, course_key=learning.course.key, activity_key=item.key, now=now)
        item.state, item.new = "begun", False
    seen_at = enrolment.last_seen_at
    if enrolment.last_activity_key != page.translation_key or seen_at is None or now - seen_at > VISIT_GAP:
        services.remember_activity(enrolment=enrolment, activity_key=page.translation_key, now=now)

"""The outline of a course for one learner: modules, activities, states. Pages in one query, records in another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.addresses import address_of, roots
from courses.lending import lend
from courses.models.pages import ActivityPage, CoursePage, ModulePage, activity_models

NOT_STARTED, BEGUN, DONE, LOCKED = "not_started", "begun", "done", "locked"


@dataclass(slots=True)
class Item:
    """An activity as the outline shows it. `state` is one of not_started, begun, done, locked."""

    key: UUID
    title: str
    url: str
    kind: str
    minutes: int
    state: str = NOT_STARTED
    passed: bool = False
    fraction: float | None = None
    open_to_all: bool = False
    current: bool = False
    new: bool = False  # published since the learner finished the course or last came, and not yet opened
    reason: str = ""  # why it is locked, and what unlocks it
    place: str = ""  # where in it the learner stopped
    language: str = ""  # the one it is offered in, where it is not translated yet
    published_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def resume_url(self) -> str:
        """The address of the very place where the learner stopped."""
        return f"{self.url}#{self.place}" if self.place and self.state == BEGUN else self.url


@dataclass(slots=True)
class Module:
    key: UUID
    title: str
    url: str
    items: list[Item] = field(default_factory=list)
    current: bool = False

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def done(self) -> bool:
        return bool(self.items) and all(item.state == DONE for item in self.items)


@dataclass(slots=True)
class Outline:
    """A course's modules in order, and the counts that follow from the items' states."""

    key: UUID
    title: str
    url: str
    modules: list[Module] = field(default_factory=list)
    path: str = ""  # its place in the tree
    elsewhere: dict[str, "Outline"] = field(default_factory=dict)  # the same course, by its other languages

    @property
    def language(self) -> str:
        return self.url.strip("/").split("/")[0]

    @property
    def items(self) -> list[Item]:
        return [item for module in self.modules for item in module.items]

    @property
    def total_count(self) -> int:
        return len(self.items)

    @property
    def done_count(self) -> int:
        return sum(item.state == DONE for item in self.items)

    @property
    def fraction(self) -> float:
        return self.done_count / self.total_count if self.total_count else 0.0

    @property
    def percent(self) -> int:
        return int(100 * self.fraction)

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def minutes_left(self) -> int:
        return sum(item.minutes for item in self.items if item.state != DONE)

    def item(self, key: UUID | None) -> Item | None:
        return next((item for item in self.items if item.key == key), None)

    def addresses(self, key: UUID) -> dict[str, tuple[str, bool]]:
        """Return, for each language, the address of the page `key` and True; or of the module or course above it, and False."""
        above = [module.key for module in self.modules if any(item.key == key for item in module.items)]
        found = {}
        for outline in (self, *self.elsewhere.values()):
            pages: list[Outline | Module | Item] = [outline, *outline.modules, *outline.items]
            known = {page.key: page.url for page in pages}
            nearest = next(known[each] for each in (key, *above, self.key) if each in known)
            found[outline.language] = (nearest, key in known)
        return found

    def next_step(self, last_key: UUID | None = None) -> Item | None:
        """Return where to go on: the activity last open if it is not done, else the first one not done."""
        last = self.item(last_key)
        if last and last.state != DONE:
            return last
        return next((item for item in self.items if item.state != DONE), None)


COLUMNS = (
    "path", "content_type_id", "translation_key", "title", "url_path", "minutes", "open_to_all", "first_published_at",
    "last_published_at",
)  # fmt: skip
Row = tuple[str, int, UUID, str, str, int, bool | None, datetime | None, datetime | None]


COURSE_DEPTH = 4  # root, home, catalogue, course


def outlines_of(root: Page) -> list[Outline]:
    """Return the outlines of the courses at or below `root`; what is not translated yet stands in its place, in the
    language there is. One query.
    """
    own: list[Outline] = []
    others: dict[UUID, list[Outline]] = {}
    for outline in build(_in_every_language(root)):
        if outline.path.startswith(root.path):
            own.append(outline)
        else:
            others.setdefault(outline.key, []).append(outline)
    for outline in own:
        for other in others.get(outline.key, ()):
            lend(other, outline)
            outline.elsewhere[other.language] = other
    return own


def _in_every_language(root: Page) -> QuerySet[Page, Row]:
    """Return the rows of the courses at or below `root` and of the same courses in the other languages."""
    courses = Page.objects.filter(depth=COURSE_DEPTH, live=True)
    here = courses.filter(path__startswith=root.path).values("translation_key")
    return _rows().filter(course__in=courses.filter(translation_key__in=here).values("path"))


def branch(root: Page) -> QuerySet[Page, Row]:
    """Return the rows (COLUMNS) of live courses, modules and activities at or below `root`, in tree order: one query."""
    return _rows().filter(path__startswith=root.path)


def _rows() -> QuerySet[Page, Row]:
    return _every_row().filter(content_type_id__in=list(_kinds()))


@cache
def _every_row() -> QuerySet[Page, Row]:
    """Return the rows of all live pages, a query to narrow and never to run: every page of a course asks, so Django works
    its columns out once.

    The minutes sit in each kind's own table; the joins are built from the installed kinds, so that this app names none.
    """
    minutes = [F(f"{model.__name__.lower()}__minutes") for model in activity_models()]
    return (
        Page.objects.filter(live=True)
        .annotate(
            course=Substr("path", 1, COURSE_DEPTH * Page.steplen),
            minutes=Coalesce(*minutes, 0),
            open_to_all=F("lessonpage__open_to_all"),
        )
        .order_by("path")
        .values_list(*COLUMNS)
    )


def _kinds() -> dict[int, type[Page]]:
    """Return the models an outline is made of, by content type; Django keeps content types in memory."""
    models: list[type[Page]] = [CoursePage, ModulePage, *activity_models()]
    return {ContentType.objects.get_for_model(model).pk: model for model in models}


def build(rows: Iterable[Row]) -> list[Outline]:
    """Fold rows in tree order into outlines, one per course; a page whose parent is not live is left out."""
    kinds, homes = _kinds(), roots()
    outlines: list[Outline] = []
    parents: dict[str, Outline | Module] = {}
    for path, kind, key, title, url_path, minutes, open_to_all, published_at, changed_at in rows:
        model, parent, url = kinds[kind], parents.get(path[: -Page.steplen]), address_of(url_path, homes)
        if model is CoursePage:
            parents[path] = outline = Outline(key, title, url, path=path)
            outlines.append(outline)
        elif model is ModulePage and isinstance(parent, Outline):
            parents[path] = module = Module(key, title, url)
            parent.modules.append(module)
        elif issubclass(model, ActivityPage) and isinstance(parent, Module):
            item = Item(key, title, url, model.activity_kind, minutes, open_to_all=bool(open_to_all))
            item.published_at, item.changed_at = published_at, changed_at
            parent.items.append(item)
    return outlines


def mark(
    outline: Outline,
    records: Mapping[UUID, Any],
    *,
    enrolled: bool,
    current: UUID | None = None,
    since: datetime | None = None,
) -> Outline:
    """Write each item's state from the learner's records (activity key → record).

    `since`: what was published later and has no record is new to the learner; None when nothing can be.
    """
    for module in outline.modules:
        for item in module.items:
            record = records.get(item.key)
            item.current = item.key == current
            module.current = module.current or item.current
            if record is not None:
                _recall(item, record)
            elif not enrolled and not item.open_to_all:
                item.state, item.reason = LOCKED, _("Enrol in the course to open it.")
            elif since and item.published_at:
                item.new = item.published_at > since
    return outline


def _recall(item: Item, record: Any) -> None:
    item.state, item.passed, item.place = record.state, record.passed, record.place
    item.fraction = None if record.best_fraction is None else float(record.best_fraction)

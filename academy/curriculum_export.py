"""From pages to a curriculum: what is published, ready to be written to files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from academy.curriculum import LANGUAGES, CourseFolder, Curriculum, Item, ModuleFolder, usual_order
from academy.curriculum_names import distinct_stems, stems_in_order
from academy.curriculum_texts import (
    CannotWriteError,
    ImageNames,
    definition_of,
    pool_definitions,
    text_of,
    without_usual_minutes,
)
from courses.certification.writing import data_of
from courses.formats.course import Course, parse_activity, parse_course, parse_module
from courses.formats.errors import FileError
from courses.formats.lesson import parse_lesson
from courses.formats.writer import write_activity, write_course, write_lesson, write_module
from courses.loading import key_of
from courses.models import Award, CataloguePage, SourceFile
from quizzes.types import SpecError
from sandbox.loading import ScenarioError

Twins = dict[str, Any]  # one page in each of its languages
# What is written must be read back; a page that would not be is left out, and said so.
CHECKS: dict[str, tuple[Callable[[Any], str], Callable[..., Any]]] = {
    "course": (write_course, parse_course),
    "module": (write_module, parse_module),
    "lesson": (write_lesson, parse_lesson),
    "quiz": (write_activity, parse_activity),
    "scenario": (write_activity, parse_activity),
}


def export(stems: Iterable[str] = ()) -> Curriculum:
    """Return what is published, or the courses named by their stems with the awards that need nothing else.

    Errors: LookupError for a stem no course has.
    """
    exporter = _Exporter()
    courses = exporter.courses()
    wanted = set(stems)
    if unknown := wanted - {course.stem for course in courses}:
        raise LookupError(", ".join(sorted(unknown)))
    courses = [course for course in courses if course.stem in wanted] if wanted else _with_positions(courses)
    return Curriculum(courses, exporter.awards(wanted), left_out=exporter.left_out)


def awards_named(rule: Any) -> set[str]:
    """Return the awards a rule asks for, however deep."""
    inner = rule.values() if isinstance(rule, dict) else rule if isinstance(rule, list) else ()
    own = {rule["award"]} if isinstance(rule, dict) and isinstance(rule.get("award"), str) else set()
    return own.union(*(awards_named(each) for each in inner))


def with_layouts() -> Any:
    """Return the awards that have a layout of their own, which no file carries: its pictures belong to this site."""
    return Award.objects.filter(layout__isnull=False).select_related("layout")


def course_stems() -> list[tuple[str, str]]:
    """Return the stem and the title of every course an export would write, in the order of the catalogue."""
    return [(stem, next(iter(twins.values())).title) for stem, twins in _Exporter().named()]


def _with_positions(courses: list[CourseFolder]) -> list[CourseFolder]:
    """Say each course's place in its files where the usual order would not give it."""
    if courses == sorted(courses, key=usual_order):
        return courses
    for position, course in enumerate(courses, start=1):
        course.texts = {language: replace(text, position=position) for language, text in course.texts.items()}
    return courses


def _find(pk: int, is_image: bool) -> Any:
    """Return the image or the document with this key, or None when it is gone."""
    model = get_image_model() if is_image else get_document_model()
    return model.objects.filter(pk=pk).first()


class _Exporter:
    """One export: the names given so far, and what could not be written."""

    def __init__(self) -> None:
        self.left_out: list[tuple[str, str]] = []
        self.known = {key: path.rsplit("/", 1)[-1] for key, path in SourceFile.objects.values_list("key", "path")}
        self.paths: dict[UUID, str] = {}
        self.find = cache(_find)

    def named(self) -> list[tuple[str, Twins]]:
        """Return every course with the stem its files are named by."""
        catalogues = {page.locale.language_code: page for page in CataloguePage.objects.select_related("locale")}
        twins = self._children({language: catalogues[language] for language in LANGUAGES if language in catalogues})
        return list(zip(distinct_stems(*self._names(twins)), twins, strict=True))

    def courses(self) -> list[CourseFolder]:
        folders = [self._course(each, stem) for stem, each in self.named()]
        return [folder for folder in folders if folder is not None]

    def _course(self, twins: Twins, stem: str) -> CourseFolder | None:
        images = ImageNames(self.find)
        texts: dict[str, Course] | None = self._texts("course", twins, set(LANGUAGES), images, stem)
        if texts is None:
            return None
        children = self._children(twins)
        stems = stems_in_order(*self._names(children))
        modules = [self._module(c, set(twins), stem, name) for c, name in zip(children, stems, strict=True)]
        return CourseFolder(stem, texts, [module for module in modules if module is not None], images.files)

    def _module(self, twins: Twins, languages: set[str], *stems: str) -> ModuleFolder | None:
        images = ImageNames(self.find)
        texts = self._texts("module", twins, languages, images, *stems)
        if texts is None:
            return None
        children = self._children(twins)
        names = stems_in_order(*self._names(children))
        items = [self._item(c, set(twins), images, *stems, name) for c, name in zip(children, names, strict=True)]
        return ModuleFolder(stems[-1], texts, [item for item in items if item is not None], images.files)

    def _item(self, twins: Twins, languages: set[str], images: ImageNames, *stems: str) -> Item | None:
        page = next(iter(twins.values()))
        try:
            kind, definition = definition_of(page)
            pool = pool_definitions(page)
        except (CannotWriteError, ScenarioError, SpecError, IndexError) as error:
            self._leave_out(page, str(error))
            return None
        texts = self._texts(kind, twins, languages, images, *stems)
        if texts is None:
            return None
        if definition is not None:
            texts = {code: replace(t, **without_usual_minutes(t, kind, definition)) for code, t in texts.items()}
        return Item(stems[-1], kind, texts, definition, pool)

    def _texts(
        self, kind: str, twins: Twins, languages: set[str], images: ImageNames, *stems: str
    ) -> dict[str, Any] | None:
        """Return the texts of a page by language, or None once it is noted among those left out."""
        page = next(iter(twins.values()))
        key = page.translation_key
        untranslated = set(twins) != set(LANGUAGES)
        identity = {"key": "" if key_of(*stems) == key else str(key), "untranslated": untranslated}
        write, parse = CHECKS[kind]
        try:
            texts = {language: text_of(page, images, identity) for language, page in twins.items()}
            for text in texts.values():
                if parse(write(text), file="") != text:
                    raise CannotWriteError("its text would not be read back as it is")
        except (CannotWriteError, FileError) as error:
            self._leave_out(page, str(error))
            return None
        self.paths[key] = "/".join(stems)
        return texts

    def _children(self, parents: Mapping[str, Page]) -> list[Twins]:
        """Return the published children of a page in all its languages, twins together, in the order of the first."""
        groups: dict[UUID, Twins] = {}
        order: list[UUID] = []
        for language, parent in parents.items():
            place = 0
            for page in Page.objects.child_of(parent).order_by("path").specific():
                if not page.live:
                    self._leave_out(page, "it is not published")
                    continue
                if page.translation_key not in groups:
                    order.insert(place, page.translation_key)
                groups.setdefault(page.translation_key, {})[language] = page
                place = order.index(page.translation_key) + 1
        return [groups[key] for key in order]

    def _names(self, twins: list[Twins]) -> tuple[list[str], list[str]]:
        """Return the stems pages were loaded under, and their slugs, in English where there is one."""
        known = [self.known.get(next(iter(each.values())).translation_key, "") for each in twins]
        return known, [(each.get("en") or next(iter(each.values()))).slug for each in twins]

    def _leave_out(self, page: Page, why: str) -> None:
        self.left_out.append((page.url_path.split("/", 2)[-1].rstrip("/") or page.title, why))

    def awards(self, only: set[str]) -> dict[str, Any] | None:
        """Return the awards whose every requirement is written, within the courses `only` if there are any."""
        entries = []
        for award in Award.objects.all():
            try:
                entries.append(data_of(award, lambda page: self._path(page, only)))
            except LookupError as error:
                if not only:
                    self.left_out.append((f"award {award.slug}", str(error)))
            except ValueError as error:
                self.left_out.append((f"award {award.slug}", str(error)))
        entries = self._with_their_awards(entries) if only else entries
        for award in with_layouts().filter(slug__in=[entry["award"] for entry in entries]):
            self.left_out.append(
                (f"layout {award.layout}", f"layouts stay here; choose one anew for award {award.slug}")
            )
        return {"awards": entries} if entries else None

    def _with_their_awards(self, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the awards that build on no award left behind: a course alone does not carry its programme's."""
        kept = {entry["award"] for entry in entries}
        found = [entry for entry in entries if awards_named(entry["rule"]) <= kept]
        return found if len(found) == len(entries) else self._with_their_awards(found)

    def _path(self, page: Page | None, only: set[str]) -> str:
        path = self.paths.get(page.translation_key) if page is not None else None
        if path is None or (only and path.split("/", 1)[0] not in only):
            raise LookupError("it requires a page that is not written")
        return path

"""Writing a curriculum that was read and checked: pages in both languages, quizzes, scenarios, awards."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from academy.bootstrap import bootstrap
from academy.curriculum import LANGUAGES, CourseFolder, Curriculum, Images, Item, ModuleFolder, page_key, usual_minutes
from courses.certification.award_file import AwardError
from courses.certification.loading import load_awards
from courses.formats.assets import assets_of
from courses.formats.course import Activity, Course, Module
from courses.formats.errors import FileError
from courses.formats.lesson import Block, Lesson
from courses.formats.yaml_lines import line_of
from courses.loading import Report, keep_order, lines, load_page, record_paths, stream
from courses.models import CataloguePage, CoursePage, LessonPage, ModulePage
from quizzes.checking import QuizFileError
from quizzes.loading import load_quiz
from quizzes.models import Quiz, QuizPage
from sandbox.loading import load_scenario
from sandbox.models import Scenario, ScenarioPage

MODELS = {"lesson": LessonPage, "quiz": QuizPage, "scenario": ScenarioPage}


class _DryRunError(Exception):
    """Carries the report out of the transaction that must not be kept."""


def load(curriculum: Curriculum, *, force: bool = False, dry_run: bool = False) -> Report:
    """Write `curriculum` in one transaction and return what was done; with `dry_run`, what would be.

    Errors: FileError where the site refuses what a file says; nothing was written then.
    """
    report = Report()
    loader = _Loader(report, force)
    try:
        with transaction.atomic():
            loader.load(curriculum)
            if dry_run:
                raise _DryRunError
    except BaseException as error:
        loader.remove_uploads()
        if not isinstance(error, _DryRunError):
            raise
    return report


class _Loader:
    """One load: what it was told, and what it has done so far."""

    def __init__(self, report: Report, force: bool) -> None:
        self.report, self.force = report, force
        self.paths: dict[UUID, str] = {}
        self.uploads: list[Any] = []

    def remove_uploads(self) -> None:
        """Take back the files of a load that failed: their rows went with the transaction, they would stay."""
        for image in self.uploads:
            image.file.storage.delete(image.file.name)

    def load(self, curriculum: Curriculum) -> None:
        homes = bootstrap()
        for folder in curriculum.courses:
            for module in folder.modules:
                for item in module.items:
                    self._define(item)
        for language in LANGUAGES:
            catalogue = CataloguePage.objects.child_of(homes[language]).get()
            courses = [self._course(catalogue, f, language) for f in curriculum.courses if language in f.texts]
            keep_order(courses, self.report, force=self.force)
        record_paths(self.paths)
        if curriculum.awards is not None:
            self._awards(curriculum.awards, curriculum.awards_text)

    def _define(self, item: Item) -> None:
        """Load the definition of a quiz or a scenario; a lesson has none."""
        for name, definition in item.definitions():
            if item.kind == "scenario":
                outcome = load_scenario(definition, force=self.force)
                self.report.add(outcome, f"scenario {definition['scenario']}")
                continue
            try:
                loaded = load_quiz(definition, force=self.force)
            except QuizFileError as error:  # what only the bank can tell
                page = PurePosixPath(next(iter(item.texts.values())).file)
                raise FileError(str(page.with_name(name)), 0, str(error)) from error
            self.report.add(loaded.quiz_outcome, f"quiz {loaded.quiz.identifier}")
            for identifier, outcome in loaded.questions.items():
                self.report.add(outcome, f"question {identifier}")

    def _course(self, catalogue: Page, folder: CourseFolder, language: str) -> Page:
        values = _course_values(folder.texts[language], self._images(folder.images, folder.texts[language].body))
        course = self._page(catalogue, CoursePage, folder.texts, values, language, folder.stem)
        modules = [self._module(course, folder, m, language) for m in folder.modules if language in m.texts]
        keep_order(modules, self.report, force=self.force)
        return course

    def _module(self, course: Page, folder: CourseFolder, module: ModuleFolder, language: str) -> Page:
        stems = (folder.stem, module.stem)
        page = self._page(course, ModulePage, module.texts, _module_values(module.texts[language]), language, *stems)
        items = [
            self._page(
                page, MODELS[i.kind], i.texts, self._item_values(i, language, module.images), language, *stems, i.stem
            )
            for i in module.items
            if language in i.texts
        ]
        keep_order(items, self.report, force=self.force)
        return page

    def _page(
        self,
        parent: Page,
        model: type[Any],
        texts: Mapping[str, Any],
        values: dict[str, Any],
        language: str,
        *stems: str,
    ) -> Page:
        key = page_key(texts, *stems)
        self.paths[key] = "/".join(stems)
        try:
            page: Page = load_page(
                parent=parent, model=model, key=key, values=values, force=self.force, report=self.report
            )
        except ValidationError as error:
            said = [f"{name}: {' '.join(sentences)}" for name, sentences in error.message_dict.items()]
            raise FileError(texts[language].file, 0, "; ".join(said)) from error
        return page

    def _item_values(self, item: Item, language: str, images: Images) -> dict[str, Any]:
        text = item.texts[language]
        if item.kind == "lesson":
            return _lesson_values(text, self._images(images, text.body))
        values = _activity_values(text, usual_minutes(item.kind, item.definition or {}))
        identifier = (item.definition or {})[item.kind]
        if item.kind == "scenario":
            pool = [("scenario", Scenario.objects.get(identifier=each)) for each in item.pool]
            return {
                **values, "mode": text.mode, "scenario": Scenario.objects.get(identifier=identifier), "pool": pool,
                "marks_first": text.marks_first,
            }  # fmt: skip
        return {**values, "quiz": Quiz.objects.get(identifier=identifier)}

    def _images(self, images: Images, body: Iterable[Block]) -> dict[str, Any]:
        found = {}
        for block in body:
            for asset, name in assets_of(block.kind, block.value):
                title = block.value.get("alt") or block.value["title"]
                upload = self._image if asset.is_image else self._document
                found[name] = upload(name, images[name](), title)
        return found

    def _document(self, name: str, content: bytes, title: str) -> Any:
        """Return the document with this content, uploaded once however often it is loaded."""
        model = get_document_model()
        document = model(title=title[:255], file=ContentFile(content, name=name.rsplit("/", maxsplit=1)[-1]))
        document._set_document_file_metadata()
        found = model.objects.filter(file_hash=document.file_hash).first()
        if found is None:
            document.save()
            self.uploads.append(document)
        return found or document

    def _image(self, name: str, content: bytes, title: str) -> Any:
        """Return the image with this content, uploaded once however often it is loaded."""
        model = get_image_model()
        image = model(title=title[:255], file=ContentFile(content, name=name.rsplit("/", maxsplit=1)[-1]))
        image._set_file_hash()
        found = model.objects.filter(file_hash=image.file_hash).first()
        if found is None:
            image.save()
            self.uploads.append(image)
        return found or image

    def _awards(self, awards: dict[str, Any], text: str) -> None:
        try:
            for outcome, name in load_awards(awards, force=self.force):
                self.report.add(outcome, name)
        except AwardError as error:
            raise FileError("awards.yaml", line_of(text, error.path) if text else 0, str(error)) from error


def _course_values(course: Course, images: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": course.title,
        "slug": course.slug,
        "summary": course.summary,
        "level": course.level,
        "colour": course.colour,
        "prerequisites": course.prerequisites,
        "instructor": course.instructor,
        "stage": course.stage,
        "audience": lines(course.audience),
        "objectives": lines(course.objectives),
        "body": stream(course.body, images=images),
    }


def _module_values(module: Module) -> dict[str, Any]:
    return {"title": module.title, "slug": module.slug, "summary": module.summary}


def _activity_values(text: Activity, minutes: int) -> dict[str, Any]:
    chosen = minutes if text.minutes is None else text.minutes
    return {"title": text.title, "slug": text.slug, "summary": text.summary, "minutes": chosen}


def _lesson_values(lesson: Lesson, images: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": lesson.title,
        "slug": lesson.slug,
        "summary": lesson.summary,
        "minutes": lesson.minutes,
        "sector": lesson.sector,
        "open_to_all": lesson.open_to_all,
        "objectives": [("objective", {"key": o["id"], "text": o["text"]}) for o in lesson.objectives],
        "body": stream(lesson.body, images=images),
        "glossary": [("term", dict(term)) for term in lesson.glossary],
        "sources": lines(lesson.sources),
    }

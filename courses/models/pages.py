"""The tree an instructor writes: catalogue → course → module → activities."""

from http import HTTPMethod
from typing import Any, ClassVar
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from courses.authoring.panel import ChecksPanel
from courses.authoring.starting import LessonForm
from courses.blocks import BODY_BLOCKS, INTRODUCTION_BLOCKS, LINE_BLOCKS, InteractiveBlock, ObjectiveBlock, TermBlock
from courses.blocks.gathering import gather_media
from courses.models.signed import SignedPage
from courses.reading import lines, readable_text
from courses.words import stem_text


class CurriculumPage(Page):  # type: ignore[misc]
    """What every page of the curriculum shares: a summary, and where it was loaded from."""

    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences, shown in lists.")
    )
    # What the loader wrote last; when the page no longer matches, an instructor has changed it and the loader keeps off.
    loaded_fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    content_panels = [*Page.content_panels, FieldPanel("summary"), ChecksPanel(heading=_("Content checks"))]
    # The words as written, for authors' searches, and their stems, for learners'. Neither holds an answer.
    search_fields = [*Page.search_fields, index.SearchField("search_words"), index.SearchField("search_stems")]
    # The loader's view of a page: the fields whose change counts as an instructor's edit.
    content_fields: ClassVar[tuple[str, ...]] = ("title", "slug", "summary")
    # Fields that came after pages had been loaded: left out where empty, or every page of before would look edited.
    later_fields: ClassVar[tuple[str, ...]] = ()
    admin_default_ordering = "ord"  # the tree, as learners go through it; there rows are dragged to another place

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """As Wagtail's, which walks the ancestors: every page asks, and the path names them all in one query."""
        if "_restrictions" in self.__dict__:
            return self.__dict__["_restrictions"]  # asked twice on the way to a page, fetched once
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        found = PageViewRestriction.objects.filter(
            Q(page__path__in=above) | Q(page__aliases__path__in=above)
        ).distinct()
        self.__dict__["_restrictions"] = found
        return found

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        from courses.authoring import previewing  # it shows models; it cannot be imported before them

        return previewing.modes()

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        from courses.authoring import previewing

        return previewing.serve(self, request, mode_name)

    def readable_texts(self) -> list[str]:
        """Return what a search may find this page by and quote: never an answer."""
        return [self.title, self.summary]

    def search_words(self) -> str:
        return " ".join(self.readable_texts())

    def search_stems(self) -> str:
        """Return the stems of the readable texts for the search index; title and summary count more than the rest."""
        return stem_text([self.title, self.title, self.summary, *self.readable_texts()], self.locale.language_code)


class CataloguePage(CurriculumPage):
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    max_count_per_parent = 1
    subpage_types = ["courses.CoursePage"]
    template = "courses/catalogue_page.html"

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")


class Level(models.TextChoices):
    BEGINNER = "beginner", _("Beginner")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class Colour(models.TextChoices):
    INK = "ink", _("Ink")
    GREEN = "green", _("Green")
    AMBER = "amber", _("Amber")
    VIOLET = "violet", _("Violet")
    VERMILION = "vermilion", _("Vermilion")


class Stage(models.TextChoices):
    COURSE = "course", _("Course")
    CERTIFICATION = "certification", _("Certification: what comes after the courses")
    RENEWAL = "renewal", _("Renewal of a certificate")


class CoursePage(SignedPage, CurriculumPage):
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.BEGINNER)
    colour = models.CharField(_("colour"), max_length=20, choices=Colour, default=Colour.INK)
    audience = StreamField(LINE_BLOCKS, blank=True, verbose_name=_("who it is for"))
    objectives = StreamField(LINE_BLOCKS, blank=True, verbose_name=_("objectives"))
    prerequisites = models.CharField(_("prerequisites"), max_length=300, blank=True)
    instructor = models.CharField(
        _("who teaches it"), max_length=200, blank=True, help_text=_("Name and trade, as learners read them.")
    )
    stage = models.CharField(
        _("place in the programme"),
        max_length=20,
        choices=Stage,
        default=Stage.COURSE,
        help_text=_(
            "Lists number the courses; the certification stands after them without a number, the renewal is listed for "
            "those who have begun it."
        ),
    )
    body = StreamField(INTRODUCTION_BLOCKS, blank=True, verbose_name=_("introduction"))

    content_panels = [
        *CurriculumPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("level"),
                FieldPanel("colour"),
                FieldPanel("prerequisites"),
                FieldPanel("instructor"),
                FieldPanel("stage"),
            ],
            heading=_("In brief"),
        ),
        FieldPanel("audience"),
        FieldPanel("objectives"),
        FieldPanel("body"),
        FieldPanel("needs_sign_off"),
    ]
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.ModulePage"]
    template = "courses/course_page.html"
    content_fields = (
        *CurriculumPage.content_fields, "level", "colour", "audience", "objectives", "prerequisites", "instructor", "stage",
        "body",
    )  # fmt: skip
    later_fields = ("instructor", "stage")

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def readable_texts(self) -> list[str]:
        return [*super().readable_texts(), *lines(self.objectives), *lines(self.audience), readable_text(self.body)]


class ModulePage(SignedPage, CurriculumPage):
    content_panels = [*CurriculumPage.content_panels, FieldPanel("needs_sign_off")]
    parent_page_types = ["courses.CoursePage"]
    # Activities name this page as their parent; a new kind of activity needs no change here.
    template = "courses/module_page.html"

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")


class ActivityPage(CurriculumPage):
    """Something a learner can complete. The contract: a title, honest minutes, and a kind that names its icon.

    A kind reports a learner's result with `courses.services.record_result`; this app never asks which kind it is.
    """

    activity_kind: ClassVar[str] = ""
    format_name: ClassVar[Any] = ""  # what a learner calls it
    completion_words: ClassVar[Any] = ""

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10, help_text=_("Honest time to read and do it."))

    content_panels = [*CurriculumPage.content_panels, FieldPanel("minutes")]
    parent_page_types = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    content_fields = (*CurriculumPage.content_fields, "minutes")

    class Meta:
        abstract = True

    def copied_attributes(self, memo: dict[Any, Any]) -> dict[str, Any]:
        """Return what a copy of this page must have of its own, such as its quiz. `memo`: what was copied so far, for the
        page's other languages to share."""
        return {}


class LessonPage(SignedPage, ActivityPage):
    activity_kind = "lesson"
    format_name = _("Lesson")
    completion_words = _("Read it to the end and say so.")

    sector = models.CharField(_("sector"), max_length=60, blank=True, help_text=_("The sector its example comes from."))
    open_to_all = models.BooleanField(
        _("open to all"), default=False, help_text=_("Anyone can read it, without an account: a lesson to try.")
    )
    objectives = StreamField([("objective", ObjectiveBlock())], blank=True, verbose_name=_("objectives"))
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=pgettext_lazy("lesson", "body"))
    glossary = StreamField([("term", TermBlock())], blank=True, verbose_name=_("glossary"))
    sources = StreamField(LINE_BLOCKS, blank=True, verbose_name=_("sources"))

    content_panels = [
        *ActivityPage.content_panels,
        MultiFieldPanel([FieldPanel("sector"), FieldPanel("open_to_all")], heading=_("In brief")),
        FieldPanel("objectives"),
        FieldPanel("body"),
        FieldPanel("glossary"),
        FieldPanel("sources"),
        FieldPanel("needs_sign_off"),
    ]
    template = "courses/lesson_page.html"
    base_form_class = LessonForm
    content_fields = (
        *ActivityPage.content_fields, "sector", "open_to_all", "objectives", "body", "glossary", "sources",
    )  # fmt: skip

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def copied_attributes(self, memo: dict[Any, Any]) -> dict[str, Any]:
        """Answers hang on the identifiers of questions: a copy asks under new ones."""
        blocks = self.body.get_prep_value()
        for block in blocks:
            value = block["value"]
            if isinstance(value, dict) and value.get("key"):
                value["key"] = memo.setdefault(value["key"], f"{value['key'][:50]}-{uuid4().hex[:8]}")
        return {"body": self.body.stream_block.to_python(blocks)}

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        gather_media(self.body)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context

    def readable_texts(self) -> list[str]:
        return [*super().readable_texts(), *lines(self.objectives, "text"), readable_text(self.body)]

    def asks(self) -> bool:
        """Tell whether anything in the lesson remembers an answer, without building its blocks."""
        kinds = self.body.stream_block.child_blocks
        return any(isinstance(kinds.get(child["type"]), InteractiveBlock) for child in self.body.raw_data)

    def interactive(self, key: str) -> tuple[InteractiveBlock, Any] | None:
        """Return the interactive block named `key` and its value, or None."""
        found = (b for b in self.body if isinstance(b.block, InteractiveBlock) and b.value["key"] == key)
        return next(((b.block, b.value) for b in found), None)


def activity_models() -> list[type[ActivityPage]]:
    """Return every installed kind of activity, whatever app it comes from."""
    return [model for model in apps.get_models() if issubclass(model, ActivityPage)]

"""The bank: questions an instructor edits, and the frozen versions candidates meet."""

from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib.admin import display as admin_display
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, Revision, RevisionMixin, WorkflowMixin
from wagtail.search import index

from courses.skills import skill_choices
from quizzes.blocks import QUESTION_BLOCKS
from quizzes.content import digest, from_editor, rendered
from quizzes.models.question_form import QuestionForm
from quizzes.panels import ChancePanel, WhereUsedPanel
from quizzes.pictures import keep_picture
from quizzes.querysets import QuestionVersionQuerySet
from quizzes.types import LANGUAGES
from quizzes.types.base import Json
from quizzes.wording import KINDS

identifier_validator = RegexValidator(r"^[A-Za-z0-9_-]+$", _("Use letters without accents, digits, - and _ only."))


def new_identifier() -> str:
    return f"q-{token_hex(4)}"


class QuestionTag(TaggedItemBase):  # type: ignore[misc]
    content_object = ParentalKey("quizzes.Question", on_delete=models.CASCADE, related_name="tagged_items")


class Question(  # type: ignore[misc]
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, ClusterableModel
):
    """A question as its authors keep it. Publishing it freezes a `QuestionVersion` when the content changed."""

    class Difficulty(models.IntegerChoices):
        EASY = 1, _("Easy")
        MEDIUM = 2, pgettext_lazy("difficulty", "Medium")
        HARD = 3, _("Hard")

    identifier = models.CharField(
        _("identifier"),
        max_length=80,
        unique=True,
        default=new_identifier,
        validators=[identifier_validator],
        help_text=_("Names the question in files and reports; never reused for another one."),
    )
    category = models.CharField(
        _("category"),
        max_length=120,
        blank=True,
        db_index=True,
        help_text=_("Its place in the bank, such as moderation/1."),
    )
    objective = models.CharField(
        _("objective"),
        max_length=80,
        blank=True,
        help_text=_("Identifier of the learning objective it measures, from its lesson."),
    )
    skill = models.CharField(
        _("skill"),
        max_length=40,
        blank=True,
        choices=skill_choices,
        help_text=_("The skill of the certification it measures: exams are drawn, checked and reported by skill."),
    )
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=Difficulty, default=Difficulty.MEDIUM)
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("The article or the text it relies on.")
    )
    # Of the question, never of a draft: they are kept out of its revisions and show at once.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
        help_text=_("Who made it. Empty on a new question: you."),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewer"),
        help_text=_("Who approved it last; the workflow fills this in."),
    )
    body = StreamField(
        QUESTION_BLOCKS,
        max_num=1,
        verbose_name=_("question"),
        help_text=_("Choose the type, then write both languages side by side."),
    )
    tags = ClusterTaggableManager(through=QuestionTag, blank=True, verbose_name=_("tags"))

    # Copied from the body on saving, so that lists and filters need not read it.
    kind = models.CharField(_("type"), max_length=40, choices=list(KINDS.items()), editable=False, db_index=True)
    title = models.JSONField(_("question"), default=dict, editable=False)
    # What the loader wrote last; when the content no longer matches, an instructor has changed it and the loader keeps off.
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels = [FieldPanel("body"), ChancePanel()]
    filing_panels = [
        MultiFieldPanel(
            [FieldPanel(n) for n in ("identifier", "category", "objective", "skill", "difficulty")],
            heading=_("Place in the bank"),
        ),
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("author"), FieldPanel("reviewer")]),
        FieldPanel("tags"),
        WhereUsedPanel(),
    ]
    base_form_class = QuestionForm
    edit_handler = TabbedInterface(
        [ObjectList(content_panels, heading=_("Question")), ObjectList(filing_panels, heading=_("Filing"))]
    )
    search_fields = [
        index.SearchField("body"),
        index.SearchField("identifier"),
        index.AutocompleteField("identifier"),
        index.AutocompleteField("search_text"),
        index.FilterField("kind"),
        index.FilterField("category"),
        index.FilterField("objective"),
        index.FilterField("skill"),
        index.FilterField("difficulty"),
        index.FilterField("author"),
        index.FilterField("reviewer"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["category", "identifier"]

    def __str__(self) -> str:
        return self.title.get(get_language() or "fr") or self.identifier

    @admin_display(description=_("Question"))
    def headline(self) -> str:
        """Return the title in the reader's language; Wagtail's own column keeps the language it was saved in."""
        return str(self)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [
            ("fr", _("As the candidate sees it, in French")),
            ("en", _("As the candidate sees it, in English")),
            ("fr-key", _("With the key, in French")),
            ("en-key", _("With the key, in English")),
        ]

    @property
    def default_preview_mode(self) -> str:
        return get_language() if get_language() in LANGUAGES else "fr"

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "quizzes/question_preview.html"

    def get_preview_context(self, request: Any, mode_name: str | None) -> dict[str, Any]:
        from quizzes.previewing import preview_of  # the preview shows models; it cannot be imported before them

        language, _separator, key = (mode_name or self.default_preview_mode).partition("-")
        return {"request": request, "language": language, **preview_of(self, with_key=bool(key), language=language)}

    @property
    def search_text(self) -> str:
        """Return every word of the question in both languages: the listing's search completes words as one types."""
        return " ".join(self.body.stream_block.get_searchable_content(self.body))

    @property
    def content(self) -> Json:
        """Return the canonical content of the body. Errors: SpecError; IndexError when the body is empty."""
        block = self.body[0]
        return from_editor(block.block_type, block.value)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._copy_from_body()
        super().save(*args, **kwargs)

    def _copy_from_body(self) -> None:
        if len(self.body):
            self.kind = self.body[0].block_type
            stem = self.body[0].value["stem"]
            self.title = {language: " ".join(stem[language].split())[:160] for language in stem}

    def save_revision(self, user: Any = None, **kwargs: Any) -> Revision:
        """Keep a draft. Who wrote the first one, through whatever door, is the author, unless another was named."""
        if self.author_id is None and self.latest_revision_id is None:
            self.author = user
        type(self).objects.filter(pk=self.pk).update(author=self.author_id, reviewer=self.reviewer_id)
        return super().save_revision(user=user, **kwargs)

    def with_content_json(self, content: Any) -> "Question":
        question: Question = super().with_content_json(content)
        question.author_id, question.reviewer_id = self.author_id, self.reviewer_id
        return question

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish, then freeze what candidates will meet, whoever asked: an editor, a workflow or the schedule."""
        super().publish(revision, *args, **kwargs)
        published = revision.as_object()
        if type(self).objects.filter(pk=self.pk, live_revision=revision).exists():
            QuestionVersion.objects.freeze(published)


class QuestionVersionManager(models.Manager.from_queryset(QuestionVersionQuerySet)):  # type: ignore[misc]
    def freeze(self, question: Question) -> "QuestionVersion":
        """Return the version that holds the question's content, making one if its newest version holds another."""
        content = question.content
        if picture := content.get("image"):
            keep_picture(picture)
        newest = self.filter(question_id=question.pk).order_by("-number").first()
        if newest and newest.digest == digest(content):
            return newest
        return self.create(
            question_id=question.pk,
            number=newest.number + 1 if newest else 1,
            kind=content["type"],
            content=content,
            rendered=rendered(content),
            digest=digest(content),
            created_at=timezone.now(),
        )


class QuestionVersion(models.Model):
    """A question frozen at publication. Attempts point here; nothing here ever changes."""

    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="versions", verbose_name=_("question")
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("type"), max_length=40)
    content = models.JSONField(_("content"))  # canonical
    rendered = models.JSONField(_("rendered content"))  # the same with HTML in place of Markdown
    digest = models.CharField(_("digest"), max_length=64)
    created_at = models.DateTimeField(_("created"))

    objects = QuestionVersionManager()

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="question_version_number")]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not kwargs.get("force_insert"):
            raise TypeError("a version never changes; publish the question to make the next one")
        super().save(*args, **kwargs)

"""A quiz: what is drawn from the bank and under which rules; and the page that puts it in a course."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, TabbedInterface
from wagtail.models import DraftStateMixin, LockableMixin, Revision, RevisionMixin, WorkflowMixin
from wagtail.search import index

from courses.duplicating import copied, free_identifier
from courses.markdown import render
from courses.models import ActivityPage
from quizzes.delivery.rules import LONGEST_QUESTION, WORDS, Rules
from quizzes.models.bank import identifier_validator
from quizzes.models.quiz_form import QuizForm
from quizzes.models.quiz_panels import TABS


class Quiz(  # type: ignore[misc]
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, index.Indexed, ClusterableModel
):
    class Layout(models.TextChoices):
        ONE_PAGE = "one_page", _("All on one page")
        ONE_PER_PAGE = "one_per_page", _("One question a page")

    class Grace(models.TextChoices):
        SUBMIT = "submit", _("What is saved is submitted")
        WAIT = "wait", _("Answers are locked; some minutes remain to submit")
        VOID = "void", _("An attempt that was not submitted does not count")

    class Feedback(models.TextChoices):
        EACH = "each", _("After each question, as one goes")
        SUBMISSION = "submission", _("After the attempt is submitted")
        CLOSING = "closing", _("After the quiz has closed, for everybody at once")
        NEVER = "never", _("Never: the result by objective only")

    class LockPoints(models.TextChoices):
        NONE = "none", _("None: one may come back to every question")
        QUESTION = "question", _("After each question")
        SECTION = "section", _("After each section")

    class CutMethod(models.TextChoices):
        FIXED = "fixed", _("Fixed by decision")
        ANGOFF = "angoff", _("Angoff: judges estimate each question")
        HOFSTEE = "hofstee", _("Hofstee: judges agree on bounds")

    identifier = models.CharField(
        _("identifier"),
        max_length=80,
        unique=True,
        validators=[identifier_validator],
        help_text=_("Such as moderation-1."),
    )
    category = models.CharField(_("category"), max_length=120, blank=True)
    introduction_fr = models.TextField(_("introduction, French"), blank=True)
    introduction_en = models.TextField(_("introduction, English"), blank=True)
    pass_mark = models.DecimalField(
        _("pass mark"),
        max_digits=5,
        decimal_places=4,
        default=Decimal("0.7"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("Share of the points needed to pass: 0.7 for 70 %."),
    )
    draw = models.PositiveSmallIntegerField(
        _("questions drawn"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "How many of the questions each attempt draws. Empty: all, in their order. Sections have their own."
        ),
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit"), default=0, help_text=_("In minutes; 0 for no limit.")
    )
    question_seconds = models.PositiveSmallIntegerField(
        _("time for each question"),
        default=0,
        validators=[MaxValueValidator(LONGEST_QUESTION)],
        help_text=_(
            "In seconds, from its first showing; 0 for none. Asks for one question a page, with a lock point after each. "
            "A question may have a time of its own, beside it."
        ),
    )
    layout = models.CharField(_("layout"), max_length=20, choices=Layout, default=Layout.ONE_PAGE)

    exam = models.BooleanField(
        _("exam"),
        default=False,
        help_text=_("Questions stay as they are when the quiz is published, until it is published again."),
    )
    max_attempts = models.PositiveSmallIntegerField(_("attempts allowed"), default=0, help_text=_("0 for no limit."))
    first_delay = models.PositiveIntegerField(
        _("delay after the first attempt"), default=0, help_text=_("In minutes; 1440 for a day.")
    )
    second_delay = models.PositiveIntegerField(
        _("delay after later attempts"), default=0, help_text=_("In minutes; 1440 for a day.")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    grace = models.CharField(_("when the time is over"), max_length=10, choices=Grace, default=Grace.SUBMIT)
    grace_minutes = models.PositiveSmallIntegerField(_("minutes to submit"), default=0)
    honour = models.BooleanField(
        _("statement on honour"), default=False, help_text=_("Asked before the start, and kept with the attempt.")
    )
    feedback = models.CharField(_("corrections shown"), max_length=12, choices=Feedback, default=Feedback.SUBMISSION)
    hint_cost = models.DecimalField(
        _("price of a hint"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.25"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_(
            "Share of the question’s points: 0.25 for a quarter. Hints are offered where corrections come as one goes."
        ),
    )

    lock_points = models.CharField(
        _("lock points"),
        max_length=10,
        choices=LockPoints,
        default=LockPoints.NONE,
        help_text=_("What a candidate leaves there stays closed. After each question: asks for one question a page."),
    )
    networks = models.CharField(
        _("allowed networks"),
        max_length=1000,
        blank=True,
        help_text=_("Such as 192.0.2.0/24 2001:db8::/32, separated by spaces. Empty: from anywhere."),
    )
    avoid_seen = models.BooleanField(
        _("avoid questions seen before"),
        default=False,
        help_text=_("Draws first what the candidate has not met in earlier attempts, then what was met longest ago."),
    )
    max_exposure = models.DecimalField(
        _("maximum exposure rate"),
        max_digits=3,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_(
            "Share of the newest attempts that may have asked one question: 0.3 for 30 %; 0 for no limit. Beyond it a "
            "question is drawn only when nothing less asked is left. What is always asked is not held back."
        ),
    )
    watch = models.BooleanField(
        _("log of focus and network"),
        default=False,
        help_text=_(
            "Writes down when the page loses the focus and when the network address changes, if the candidate agrees "
            "before the start. Nothing is decided by it: a person reads the log."
        ),
    )
    cut_method = models.CharField(
        _("how the pass mark was set"), max_length=10, choices=CutMethod, default=CutMethod.FIXED
    )
    cut_minutes = models.TextField(
        _("minutes of the decision"),
        blank=True,
        max_length=5000,
        help_text=_(
            "Who decided, when, on which figures and why. Kept with each published version; no candidate reads it."
        ),
    )
    # Kept out of the rules: these are frozen in versions and written to files.
    password_hash = models.CharField(max_length=128, blank=True, editable=False)

    introduction_html = models.JSONField(default=dict, editable=False)
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)

    base_form_class = QuizForm
    edit_handler = TabbedInterface(TABS)
    search_fields = [
        index.SearchField("identifier"),
        index.AutocompleteField("identifier"),
        index.SearchField("introduction_fr"),
        index.SearchField("introduction_en"),
        index.FilterField("category"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["identifier"]

    def __str__(self) -> str:
        return self.identifier

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.introduction_html = {"fr": render(self.introduction_fr), "en": render(self.introduction_en)}
        super().save(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish, then freeze a numbered version when something changed."""
        from quizzes.versions import freeze  # it reads models; it cannot be imported before them

        super().publish(revision, *args, **kwargs)
        published = type(self).objects.filter(pk=self.pk, live_revision=revision).first()
        if published:
            freeze(published)

    @property
    def rules(self) -> Rules:
        return Rules(**{name: getattr(self, name) for name in WORDS})

    @property
    def introduction(self) -> str:
        return str(self.introduction_html.get(get_language() or "fr", ""))

    @property
    def pass_percent(self) -> Decimal:
        return (self.pass_mark * 100).normalize()


class QuizPage(ActivityPage):
    activity_kind = "quiz"
    format_name = _("Quiz")
    completion_words = _("Reach the pass mark.")

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="pages", verbose_name=_("quiz"))

    content_panels = [*ActivityPage.content_panels, FieldPanel("quiz")]
    template = "quizzes/quiz_page.html"
    content_fields = (*ActivityPage.content_fields, "quiz")

    class Meta:
        verbose_name = _("quiz page")
        verbose_name_plural = _("quiz pages")

    def copied_attributes(self, memo: dict[Any, Any]) -> dict[str, Any]:
        """A copy draws from the same questions under rules of its own."""
        if self.quiz not in memo:
            memo[self.quiz] = copied(self.quiz, identifier=free_identifier(Quiz, self.quiz.identifier))
        return {"quiz": memo[self.quiz]}

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from quizzes.cover import cover_of  # it reads models; it cannot be imported before them

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **cover_of(self, request, preview=getattr(request, "is_preview", False))}

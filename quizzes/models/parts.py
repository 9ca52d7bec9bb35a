"""What a quiz is made of: its questions, its sections, the pairs it never asks together."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from courses.skills import skill_choices
from quizzes.delivery.rules import LONGEST_QUESTION
from quizzes.models.bank import Question


class QuizSlot(Orderable):  # type: ignore[misc]
    """A question of a quiz. Attempts take its newest version when they start; an exam, that of its own version."""

    quiz = ParentalKey("quizzes.Quiz", on_delete=models.CASCADE, related_name="slots")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="slots", verbose_name=_("question"))
    weight = models.DecimalField(
        _("points"), max_digits=6, decimal_places=2, default=Decimal(1), validators=[MinValueValidator(Decimal("0.01"))]
    )
    section = models.PositiveSmallIntegerField(
        _("section"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Number of its section, from the tab Sections; 1 where there is none."),
    )
    pinned = models.BooleanField(_("always asked"), default=False, help_text=_("Part of every draw."))
    seconds = models.PositiveSmallIntegerField(
        _("time, in seconds"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(LONGEST_QUESTION)],
        help_text=_("Its own time from its first showing. Empty: the one of the quiz, if it has one."),
    )

    compulsory = models.BooleanField(
        _("compulsory"), default=False, help_text=_("Without all of its points nobody passes, whatever the total.")
    )
    version = models.PositiveIntegerField(
        _("version asked"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Number of a version that stays, whatever is published later. Empty: the latest one published."),
    )

    panels = [
        FieldRowPanel([FieldPanel("question", classname="col8"), FieldPanel("weight", classname="col4")]),
        FieldRowPanel([FieldPanel("section"), FieldPanel("seconds"), FieldPanel("version")]),
        FieldRowPanel([FieldPanel("pinned"), FieldPanel("compulsory")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("question of a quiz")
        verbose_name_plural = _("questions of quizzes")

    def __str__(self) -> str:
        return f"{self.quiz_id} · {self.question_id}"


class QuizSection(Orderable):  # type: ignore[misc]
    """A part of the paper with a draw and a minimum of its own. It may take questions from the bank by their filing."""

    quiz = ParentalKey("quizzes.Quiz", on_delete=models.CASCADE, related_name="sections")
    title_fr = models.CharField(_("title, French"), max_length=120)
    title_en = models.CharField(_("title, English"), max_length=120)
    draw = models.PositiveSmallIntegerField(
        _("questions drawn"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: all its questions."),
    )
    minimum = models.DecimalField(
        _("minimum"),
        max_digits=5,
        decimal_places=4,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("Share of the section’s points needed to pass, whatever the total: 0.5 for 50 %; 0 for none."),
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("In minutes, from its first showing. Empty: none. Asks for lock points."),
    )
    category = models.CharField(
        _("category"), max_length=120, blank=True, help_text=_("Such as moderation/1; what is filed below it counts.")
    )
    tag = models.CharField(_("tag"), max_length=100, blank=True)
    objective = models.CharField(_("objective"), max_length=80, blank=True)
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=Question.Difficulty, null=True, blank=True)
    skill = models.CharField(_("skill"), max_length=40, blank=True, choices=skill_choices)

    panels = [
        FieldRowPanel([FieldPanel("title_fr"), FieldPanel("title_en")]),
        FieldRowPanel([FieldPanel("draw"), FieldPanel("minimum"), FieldPanel("time_limit")]),
        FieldRowPanel(
            [FieldPanel(n) for n in ("category", "skill", "tag", "objective", "difficulty")],
            heading=_("Also draw from the bank what is filed so (all of these; empty: only the questions listed)"),
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("section of a quiz")
        verbose_name_plural = _("sections of quizzes")

    def __str__(self) -> str:
        return self.title_en

    @property
    def filing(self) -> dict[str, str | int]:
        """Return what a question of the bank must be filed under to be drawn here; empty for none."""
        wanted = {"category": self.category, "tag": self.tag, "objective": self.objective}
        found: dict[str, str | int] = {name: value for name, value in wanted.items() if value}
        found |= {"difficulty": self.difficulty} if self.difficulty else {}
        return found | ({"skill": self.skill} if self.skill else {})


class EnemyPair(Orderable):  # type: ignore[misc]
    """Two questions never asked in one attempt: one gives the other away."""

    quiz = ParentalKey("quizzes.Quiz", on_delete=models.CASCADE, related_name="enemies")
    first = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", verbose_name=_("question"))
    second = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", verbose_name=_("never with"))

    panels = [FieldRowPanel([FieldPanel("first"), FieldPanel("second")])]

    class Meta(Orderable.Meta):
        verbose_name = _("enemy pair")
        verbose_name_plural = _("enemy pairs")

    def __str__(self) -> str:
        return f"{self.first_id} × {self.second_id}"


def filed_under(filing: dict[str, str | int]) -> models.QuerySet[Question]:
    """Return the published questions of the bank filed so; none for an empty filing."""
    found = Question.objects.filter(live=True).order_by("identifier")
    if not filing:
        return found.none()
    if category := filing.get("category"):
        found = found.filter(models.Q(category=category) | models.Q(category__startswith=f"{category}/"))
    if tag := filing.get("tag"):
        found = found.filter(tags__name__iexact=tag)
    if objective := filing.get("objective"):
        found = found.filter(objective=objective)
    if difficulty := filing.get("difficulty"):
        found = found.filter(difficulty=difficulty)
    if skill := filing.get("skill"):
        found = found.filter(skill=skill)
    return found.distinct()

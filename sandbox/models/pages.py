"""The activity of a course that opens onto a scenario."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.duplicating import copied, free_identifier
from courses.models import ActivityPage
from sandbox.engine.constants import EXAM_ITEMS
from sandbox.models.scenario import Scenario


class Mode(models.TextChoices):
    PRACTICE = "practice", pgettext_lazy("shift", "Practice")
    EXAM = "exam", pgettext_lazy("shift", "Exam")


class ScenarioPage(ActivityPage):
    activity_kind = "scenario"
    format_name = _("Scenario")
    completion_words = _("Pass the scenario.")

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="pages", verbose_name=_("scenario"))
    mode = models.CharField(
        _("mode"),
        max_length=10,
        choices=Mode,
        default=Mode.PRACTICE,
        help_text=_("In practice one may pause and move the clock on; in an exam one may not."),
    )
    pool = StreamField(
        [("scenario", SnippetChooserBlock("sandbox.Scenario", label=_("Scenario")))],
        blank=True,
        verbose_name=_("further scenarios of the exam"),
        help_text=_("An exam draws, among the scenario above and these, one the learner has never met."),
    )

    marks_first = models.BooleanField(
        _("the pass waits for the marks of texts"),
        default=False,
        help_text=_(
            "A shift passes once an instructor has marked every reply and statement. For an exam, or where an award rests on it."
        ),
    )

    content_panels = [
        *ActivityPage.content_panels,
        FieldPanel("scenario"),
        FieldPanel("mode"),
        FieldPanel("pool"),
        FieldPanel("marks_first"),
    ]
    template = "sandbox/scenario_page.html"
    content_fields = (*ActivityPage.content_fields, "scenario", "mode", "pool", "marks_first")
    later_fields = ("pool", "marks_first")

    class Meta:
        verbose_name = _("scenario page")
        verbose_name_plural = _("scenario pages")

    def scenarios(self) -> list[Scenario]:
        """Return what the page may give to play: its scenario, then those of the pool, each once."""
        return list(dict.fromkeys([self.scenario, *self.pooled()]))

    def pooled(self) -> list[Scenario]:
        return [child.value for child in self.pool if child.value is not None]

    def clean(self) -> None:
        super().clean()
        if self.mode != Mode.EXAM and self.pool:
            raise ValidationError({"pool": _("Only an exam draws its scenario: choose that mode, or empty this list.")})
        for scenario in self.scenarios() if self.mode == Mode.EXAM and self.scenario_id else ():
            found = len(scenario.comments)
            if found < EXAM_ITEMS:
                sentence = _("An exam needs %(n)d comments at least; “%(scenario)s” has %(found)d.")
                told = sentence % {"n": EXAM_ITEMS, "scenario": scenario, "found": found}
                raise ValidationError({"mode" if scenario == self.scenario else "pool": told})

    def copied_attributes(self, memo: dict[Any, Any]) -> dict[str, Any]:
        """A copy plays scenarios of its own, to be changed without changing the first."""
        own, *further = [_copy_of(scenario, memo) for scenario in (self.scenario, *self.pooled())]
        return {"scenario": own, "pool": [("scenario", scenario) for scenario in further]}


def _copy_of(scenario: Scenario, memo: dict[Any, Any]) -> Scenario:
    if scenario not in memo:
        memo[scenario] = copied(scenario, identifier=free_identifier(Scenario, scenario.identifier))
    copy: Scenario = memo[scenario]
    return copy

"""A scenario as an instructor edits it, and its frozen versions as shifts play them."""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from sandbox import answer_blocks as answers
from sandbox import blocks as parts
from sandbox import content, wording
from sandbox.engine import scenario as engine
from sandbox.engine.parsing import from_dict
from sandbox.scenario_form import ScenarioForm


def _line(label: Any, **kwargs: Any) -> models.CharField:
    return models.CharField(label, max_length=300, **kwargs)


def _share(label: Any, default: float, **kwargs: Any) -> models.FloatField:
    return models.FloatField(label, default=default, validators=[MinValueValidator(0), MaxValueValidator(1)], **kwargs)


def _stream(name: str, block: Any, label: Any) -> StreamField:
    return StreamField([(name, block)], blank=True, collapsed=True, verbose_name=label)


class Scenario(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, index.Indexed, models.Model):  # type: ignore[misc]
    """One shift, in both languages. Published, it is frozen into a version; shifts play versions, never this."""

    identifier = models.SlugField(_("identifier"), max_length=80, unique=True)
    title_fr = _line(_("title (French)"))
    title_en = _line(_("title (English)"))
    summary_fr = _line(_("summary (French)"), help_text=_("One sentence."))
    summary_en = _line(_("summary (English)"), help_text=_("One sentence."))
    brief_fr = models.TextField(_("brief (French)"), help_text=_("Markdown: who you are, what happened this week."))
    brief_en = models.TextField(_("brief (English)"), help_text=_("Markdown: who you are, what happened this week."))
    objectives = _stream("text", parts.TextBlock(label=_("Objective")), _("objectives"))
    brand_name = models.CharField(_("brand"), max_length=80, help_text=_("Invented, like every name here."))
    brand_handle = models.CharField(_("handle"), max_length=80)
    brand_sector_fr = _line(_("sector (French)"))
    brand_sector_en = _line(_("sector (English)"))
    brand_tone_fr = models.TextField(_("tone (French)"), help_text=_("How the house speaks, two to four lines."))
    brand_tone_en = models.TextField(_("tone (English)"), help_text=_("How the house speaks, two to four lines."))
    charter = _stream("rule", parts.RuleBlock(), _("charter"))
    macros = _stream("macro", answers.MacroBlock(), _("reply templates"))
    personas = _stream("persona", parts.PersonaBlock(), _("personas"))
    posts = _stream("post", parts.PostBlock(), _("posts"))
    comments = _stream("comment", parts.CommentBlock(), _("comments"))
    background = _stream("comment", parts.BackgroundBlock(), _("background comments"))
    reactions = _stream("reaction", parts.ReactionBlock(), _("reactions"))
    injects = _stream("inject", parts.InjectBlock(), _("injects"))
    appeals = _stream("appeal", answers.AppealBlock(), _("appeals"))
    starts_at = models.CharField(
        _("starts at"),
        max_length=5,
        default="09:00",
        validators=[RegexValidator(r"^([01]?\d|2[0-3]):[0-5]\d$", _("An hour, like 09:00."))],
    )
    duration = models.FloatField(
        _("duration"), default=96, validators=[MinValueValidator(1), MaxValueValidator(1440)],
        help_text=_("In simulated minutes."),
    )  # fmt: skip
    pace = models.FloatField(
        _("pace"), default=8, validators=[MinValueValidator(0.1), MaxValueValidator(120)],
        help_text=_("Simulated minutes per real minute."),
    )  # fmt: skip
    seed = models.PositiveBigIntegerField(_("seed"), default=0, help_text=_("The default draw of chance."))
    pass_mark = _share(_("pass mark"), 0.7)
    tension = _share(_("tension at the start"), 0.08)
    background_rate = models.FloatField(
        _("background comments per minute"), default=0.05, validators=[MinValueValidator(0), MaxValueValidator(5)]
    )
    severity_cap = models.PositiveSmallIntegerField(_("highest severity"), default=4, validators=[MaxValueValidator(4)])
    explain = models.BooleanField(
        _("statements of reasons are owed"), default=False,
        help_text=_("The author of a restricted comment must be told why: forgetting it costs part of the mark for reasons."),
    )  # fmt: skip
    topics = StreamField(
        [("code", blocks.ChoiceBlock(choices=parts.REASON_CHOICES, label=_("Topic")))],
        blank=True, verbose_name=_("sensitive topics"), help_text=_("Announced before the start."),
    )  # fmt: skip
    service_levels = _stream("service_level", parts.ServiceLevelBlock(), _("service levels"))
    crisis_responsibility = models.CharField(
        _("crisis: responsibility"), max_length=20, blank=True, choices=list(wording.RESPONSIBILITIES.items())
    )
    crisis_fitting = StreamField(
        [("code", blocks.ChoiceBlock(choices=list(wording.STRATEGIES.items()), label=_("Strategy")))],
        blank=True, verbose_name=_("crisis: fitting strategies"),
    )  # fmt: skip
    base_form_class = ScenarioForm

    # What the loader wrote last; when the content no longer matches, an instructor has changed it.
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="scenario")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="scenario",
        for_concrete_model=False,
    )

    search_fields = [
        index.SearchField("title_fr"),
        index.SearchField("title_en"),
        index.AutocompleteField("title_fr"),
        index.AutocompleteField("title_en"),
        index.FilterField("identifier"),
    ]

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["identifier"]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def title(self) -> str:
        return str(self.title_fr if (get_language() or "en")[:2] == "fr" else self.title_en) or self.identifier

    def data(self) -> content.Data:
        """Return the canonical mapping of the current field values."""
        return content.to_data(self)

    def parsed(self) -> engine.Scenario:
        """Return the playable scenario.

        Errors: ScenarioError with the path and the reason.
        """
        return from_dict(self.data())


class ScenarioVersion(models.Model):
    """What a shift plays: the canonical content, frozen, with its number and fingerprint."""

    scenario = models.ForeignKey(
        Scenario, on_delete=models.PROTECT, related_name="versions", verbose_name=_("scenario")
    )
    number = models.PositiveIntegerField(_("number"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    data = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("frozen"))

    class Meta:
        verbose_name = _("version of a scenario")
        verbose_name_plural = _("versions of scenarios")
        ordering = ["scenario", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_number_once"),
            models.UniqueConstraint(fields=["scenario", "fingerprint"], name="scenario_version_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} · {self.number}"

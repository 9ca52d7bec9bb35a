"""What can be earned: the texts of an award, its rule, and the shorter path of its renewal."""

import hashlib
import json
import uuid
from datetime import datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin
from wagtail.search import index

from courses.certification import snapshots
from courses.certification.blocks import RENEWAL_BLOCKS, RULE_BLOCKS, rule_of
from courses.certification.dates import add_months
from courses.certification.models.texts import in_language
from courses.certification.querysets import AwardQuerySet
from courses.certification.rules import Announced, Rule, awaited

LAST_SECOND = time(23, 59, 59)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class Award(RevisionMixin, index.Indexed, models.Model):
    """What can be earned. Its texts and rule are data; what was issued keeps its own copy of them."""

    class Match(models.TextChoices):
        ALL = "all", _("all of them")
        ANY = "any", _("one of them is enough")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        _("identifier"), unique=True, help_text=_("In web addresses; do not change it once certificates exist.")
    )
    title_fr = models.CharField(_("title (French)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    description_fr = models.CharField(_("description (French)"), max_length=300)
    description_en = models.CharField(_("description (English)"), max_length=300)
    criteria_fr = models.TextField(
        _("criteria (French)"),
        max_length=600,
        help_text=_("What the holder did, in two sentences; printed on the certificate."),
    )
    criteria_en = models.TextField(_("criteria (English)"), max_length=600)
    skills_fr = models.TextField(_("skills (French)"), blank=True, help_text=_("One skill on each line."))
    skills_en = models.TextField(_("skills (English)"), blank=True, help_text=_("One skill on each line."))
    signatory = models.CharField(_("signatory"), max_length=80, blank=True)
    signatory_role_fr = models.CharField(_("signatory’s role (French)"), max_length=120, blank=True)
    signatory_role_en = models.CharField(_("signatory’s role (English)"), max_length=120, blank=True)
    match = models.CharField(_("how many requirements"), max_length=3, choices=Match, default=Match.ALL)
    requirements = StreamField(
        RULE_BLOCKS,
        blank=True,
        verbose_name=_("requirements"),
        help_text=_("Without any, the award is given by hand only."),
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Leave empty for a certificate that never expires."),
    )
    valid_day = models.DateField(
        _("or valid until a fixed day"),
        null=True,
        blank=True,
        help_text=_(
            "The last day it counts, the same for everybody, instead of months. It is not given after that day."
        ),
    )
    renewal_match = models.CharField(
        _("how many requirements to renew"), max_length=3, choices=Match, default=Match.ALL
    )
    renewal_requirements = StreamField(
        RENEWAL_BLOCKS,
        blank=True,
        verbose_name=_("requirements to renew"),
        help_text=_(
            "The shorter path: a course on what changed, a renewal exam, a scenario. Each must be done anew since the "
            "certificate was issued. Without any, it is renewed by hand only."
        ),
    )
    renewal_opens = models.PositiveSmallIntegerField(
        _("renewal opens (days before expiry)"), default=90, validators=[MaxValueValidator(366)]
    )
    renewal_closes = models.PositiveSmallIntegerField(
        _("renewal closes (days after expiry)"), default=180, validators=[MaxValueValidator(1830)]
    )
    layout = models.ForeignKey(
        "courses.Layout",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("layout"),
        help_text=_("How the certificates look; empty for the academy’s own. Those already issued keep theirs."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(
        _("active"), default=True, help_text=_("An inactive award is no longer issued; what was issued stays valid.")
    )
    # What the loader wrote last; when the award no longer matches, someone has edited it and the loader keeps off.
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = AwardQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        index.AutocompleteField("title_fr"),
        index.AutocompleteField("title_en"),
        index.SearchField("criteria_fr"),
        index.SearchField("criteria_en"),
        index.FilterField("active"),
    ]
    LOADED_FIELDS: ClassVar[tuple[str, ...]] = (
        "title_fr", "title_en", "description_fr", "description_en", "criteria_fr", "criteria_en",
        "skills_fr", "skills_en", "signatory", "signatory_role_fr", "signatory_role_en",
        "match", "valid_months", "position", "active",
    )  # fmt: skip
    RENEWAL_FIELDS: ClassVar[tuple[str, ...]] = ("renewal_match", "renewal_opens", "renewal_closes")

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("certificates:award", args=[self.slug])

    @property
    def title(self) -> str:
        return in_language(self.texts("title"))

    @property
    def description(self) -> str:
        return in_language(self.texts("description"))

    @property
    def criteria(self) -> str:
        return in_language(self.texts("criteria"))

    def texts(self, name: str) -> dict[str, str]:
        """One text in each language."""
        return {code: getattr(self, f"{name}_{code}") for code, _name in settings.LANGUAGES}

    def rule(self) -> Rule:
        return rule_of(self.requirements, self.match)

    def awaits(self) -> tuple[Announced, ...]:
        """What must exist before anybody can be given it, such as an exam being written."""
        return awaited(self.rule())

    @property
    def awaited_names(self) -> list[str]:
        return [in_language(thing.texts) for thing in self.awaits()]

    @property
    def announces(self) -> bool:
        """Whether its rule names anything that does not exist yet, told without asking the database."""
        return any(part["type"] == "announced" for part in self.requirements.raw_data)

    def renewal_rule(self) -> Rule:
        """The shorter path; never met while it is empty."""
        return rule_of(self.renewal_requirements, self.renewal_match)

    def renewal_window(self, valid_until: datetime) -> tuple[datetime, datetime]:
        """From when to when a certificate that runs until `valid_until` may be renewed."""
        return valid_until - timedelta(days=self.renewal_opens), valid_until + timedelta(days=self.renewal_closes)

    def clean(self) -> None:
        super().clean()
        if self.valid_months and self.valid_day:
            raise ValidationError({"valid_day": _("Either months or a fixed day, not both.")})

    def expiry(self, start: datetime, time_zone: str) -> datetime | None:
        """When a certificate expires whose time begins at `start`: months later, or as a fixed day ends where its holder lives."""
        if self.valid_day is not None:
            return datetime.combine(self.valid_day, LAST_SECOND, ZoneInfo(time_zone))
        return add_months(start, self.valid_months) if self.valid_months else None

    def is_past(self, now: datetime) -> bool:
        """Whether its fixed day is over: a certificate given now would be born expired."""
        return self.valid_day is not None and self.valid_day < timezone.localdate(now)

    def lasts_beyond(self, until: datetime, time_zone: str) -> bool:
        """Whether one given anew would outlast one that runs until then."""
        expiry = self.expiry(until, time_zone)
        return expiry is None or expiry > until

    def facts(self) -> snapshots.AwardFacts:
        """What a certificate keeps of the award."""
        facts = {name: self.texts(name) for name in ("title", "description", "criteria", "skills", "signatory_role")}
        fingerprint = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:8]
        return snapshots.AwardFacts(
            uuid=self.uuid,
            slug=self.slug,
            version=fingerprint,
            title=facts["title"],
            description=facts["description"],
            criteria=facts["criteria"],
            skills={code: _lines(text) for code, text in facts["skills"].items()},
            signatory=self.signatory,
            signatory_role=facts["signatory_role"],
        )

    def fingerprint(self) -> str:
        """A hash of what the loader writes, to tell whether anyone has edited the award since."""
        state = {name: getattr(self, name) for name in self.LOADED_FIELDS}
        state["requirements"] = repr(self.rule())  # by translation key: renaming a page changes no award
        if self.valid_day:  # named only where there is one: what was loaded before there could be keeps its fingerprint
            state["valid_day"] = self.valid_day
        if self.renewal_requirements:
            state["renewal"] = [repr(self.renewal_rule()), *(getattr(self, name) for name in self.RENEWAL_FIELDS)]
        return hashlib.sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()

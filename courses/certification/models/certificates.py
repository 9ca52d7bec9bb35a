"""Certificates as they were issued, and the audit trail of each."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.certification import snapshots
from courses.certification.models.awards import Award
from courses.certification.models.status import StatusEntry
from courses.certification.models.texts import in_language
from courses.certification.querysets import CertificateQuerySet
from courses.certification.verification import Verdict


class Certificate(models.Model):
    """One issued certificate: the frozen facts and the exact signed bytes. Nothing here follows later edits."""

    wagtail_reference_index_ignore = True  # nobody asks where a certificate is used; the queue has better to do
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=17, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("award"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("learner"),
    )
    renewal = models.PositiveSmallIntegerField(_("renewal"), default=0)
    holder = models.CharField(_("holder"), max_length=120, blank=True)
    snapshot = models.JSONField(editable=False)
    embedded = models.TextField(editable=False)
    token = models.TextField(editable=False)
    status_entry = models.OneToOneField(
        StatusEntry, on_delete=models.PROTECT, related_name="certificate", editable=False
    )
    issued_at = models.DateTimeField(pgettext_lazy("certificate", "issued"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    replaced_at = models.DateTimeField(
        _("replaced"), null=True, blank=True, help_text=_("By one with the name put right; this one no longer counts.")
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    public_reason = models.CharField(_("public reason"), max_length=300, blank=True)
    internal_reason = models.TextField(_("internal reason"), blank=True)
    hidden = models.BooleanField(_("hidden by its holder"), default=False)
    specimen = models.BooleanField(_("specimen"), default=False)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("replaces"),
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at"]
        permissions = [
            ("issue_certificate", _("Can issue certificates")),
            ("revoke_certificate", _("Can revoke certificates")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "award", "renewal"], condition=models.Q(user__isnull=False), name="certificate_once"
            ),
            models.UniqueConstraint(
                fields=["award"], condition=models.Q(specimen=True), name="certificate_specimen_once"
            ),
        ]
        indexes = [models.Index(fields=["valid_until"], name="certificate_by_expiry")]

    def __str__(self) -> str:
        return f"{self.code} · {self.holder}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:page", args=[self.code])

    @cached_property
    def facts(self) -> snapshots.Snapshot:
        return snapshots.from_record(self.snapshot)

    @property
    def title(self) -> str:
        return in_language(self.facts.award.title)

    @property
    def short_url(self) -> str:
        return self.facts.short_url

    @property
    def is_over(self) -> bool:
        """Whether it was taken back, or another one has taken its place."""
        return bool(self.revoked_at or self.replaced_at or self.erased_at) or hasattr(self, "superseded_by")

    @property
    def can_be_renewed(self) -> bool:
        """Whether one given anew would outlast it, one day or another; not whether today is such a day."""
        if self.valid_until is None or self.is_over or not self.award.active:
            return False
        return self.award.lasts_beyond(self.valid_until, self.facts.time_zone)

    def verdict(self, now: datetime) -> Verdict:
        """The state the register gives it. Revoked outweighs expired."""
        if self.revoked_at is not None:
            return Verdict.REVOKED
        if self.replaced_at is not None:
            return Verdict.REPLACED
        if now < self.issued_at.replace(microsecond=0):
            return Verdict.NOT_YET
        return Verdict.EXPIRED if self.valid_until and now >= self.valid_until else Verdict.VALID


class CertificateEvent(models.Model):
    """The audit trail: who did what to a certificate, and when. Only ever added to."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        ISSUED = "issued", pgettext_lazy("certificate", "Issued")
        MAILED = "mailed", pgettext_lazy("certificate", "Sent by e-mail")
        REVOKED = "revoked", pgettext_lazy("certificate", "Revoked")
        HIDDEN = "hidden", pgettext_lazy("certificate", "Hidden by its holder")
        SHOWN = "shown", pgettext_lazy("certificate", "Shown again")
        RENEWED = "renewed", pgettext_lazy("certificate", "Renewed")
        REPLACED = "replaced", pgettext_lazy("certificate", "Replaced, the name put right")
        ASKED = "asked", pgettext_lazy("certificate", "Correction of the name asked for")
        REFUSED = "refused", pgettext_lazy("certificate", "Correction of the name refused")
        REMINDED = "reminded", pgettext_lazy("certificate", "Reminder sent")
        SIGNED_ANEW = "signed_anew", pgettext_lazy("certificate", "Signed anew, its key being compromised")
        PLAIN = "plain", pgettext_lazy("certificate", "PDF without the archive label: a letter has no typeface here")
        ERASED = "erased", pgettext_lazy("certificate", "Personal data erased")

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=20, blank=True, help_text=_("What may happen to a certificate only once."))

    class Meta:
        verbose_name = _("certificate event")
        verbose_name_plural = _("certificate events")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "key"], condition=~models.Q(key=""), name="certificate_event_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.at:%Y-%m-%d}"

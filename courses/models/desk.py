"""Tables of the instructor's desk: the sign-off task, what the content checks found, links, pairs of translations."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page

from courses.authoring.signing import requires_sign_off


class SignOffTask(AbstractGroupApprovalTask):  # type: ignore[misc]
    """A step of a workflow that only marked pages stop at; any other page passes through it at once."""

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        state = super().start(workflow_state, user=user)
        if requires_sign_off(workflow_state.content_object.get_latest_revision_as_object()):
            return state
        return state.approve(user=user, update=False)  # the workflow sees that it is approved, and goes on

    @classmethod
    def get_description(cls) -> Any:
        return _("Only pages marked for it wait here, until a member of the groups signs them off.")

    class Meta:
        verbose_name = _("legal or ethics sign-off")
        verbose_name_plural = _("legal or ethics sign-offs")


class PageHealth(models.Model):
    """What the content checks measured in the latest version of a page."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="health")
    stamp = models.CharField(max_length=60)  # the version of the page and of the rules that was looked at
    checked_at = models.DateTimeField(_("checked"))
    words = models.PositiveIntegerField(_("words"), default=0)
    reading_ease = models.FloatField(_("reading ease"), null=True, blank=True)
    links = models.JSONField(default=list)  # the addresses outside this site

    class Meta:
        verbose_name = _("health of a page")
        verbose_name_plural = _("health of pages")

    def __str__(self) -> str:
        return f"{self.page_id} · {self.checked_at:%Y-%m-%d}"


class PageFinding(models.Model):
    """One thing an author can act on."""

    health = models.ForeignKey(PageHealth, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=40, db_index=True)
    place = models.CharField(max_length=120, blank=True)
    detail = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code} · {self.detail}"


class LinkCheck(models.Model):
    """An address outside this site, and what it answered last."""

    url = models.CharField(max_length=1000, unique=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=120, blank=True)  # what was wrong: a status, or why there was none
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")

    def __str__(self) -> str:
        return self.url


class TranslationPair(models.Model):
    """When the languages of a page last said the same. A page changed later leaves the others out of date."""

    key = models.UUIDField(unique=True)
    in_step_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pair of translations")
        verbose_name_plural = _("pairs of translations")

    def __str__(self) -> str:
        return str(self.key)

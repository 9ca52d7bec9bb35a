from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from academy.home import home_context
from courses.blocks import INTRODUCTION_BLOCKS


class HomePage(Page):  # type: ignore[misc]
    """The front door, one per language."""

    lead = models.CharField(
        _("lead"), max_length=300, blank=True, help_text=_("One sentence: what one will be able to do.")
    )
    body = StreamField(INTRODUCTION_BLOCKS, blank=True, verbose_name=_("about the academy"))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CataloguePage"]
    template = "academy/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):  # type: ignore[no-untyped-def]
        return {**super().get_context(request, *args, **kwargs), **home_context(request)}

"""The mark of a page that waits for the legal reviewers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignedPage(models.Model):
    """A page that may need a legal or ethics sign-off; the mark holds for every page below it."""

    needs_sign_off = models.BooleanField(
        _("legal or ethics sign-off"),
        default=False,
        help_text=_("This page, and every page below it, is published only once the legal reviewers have approved it."),
    )

    class Meta:
        abstract = True

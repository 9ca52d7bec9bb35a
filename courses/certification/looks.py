"""Tables of layouts: what a certificate looks like, put together from choices; nobody types code."""

import hashlib
import json
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.images import get_image_model_string
from wagtail.models import PreviewableMixin, RevisionMixin

from courses.certification import colours, pictures


class LayoutPicture(models.Model):
    """A logo or signature as it was printed, named by its content: certificates already issued keep theirs."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    png = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("picture of a layout")
        verbose_name_plural = _("pictures of layouts")

    def __str__(self) -> str:
        return self.sha256[:12]


def image_field(name: Any, text: Any, **options: Any) -> Any:
    return models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=name,
        help_text=text,
        **options,
    )


def check_picture(image: Any, field: str) -> None:
    """Errors: ValidationError for anything but a PNG of a sensible size."""
    if image is None:
        return
    try:
        pictures.of_image(image)
    except pictures.PictureRefusedError as error:
        raise ValidationError({field: error.sentence}) from error


GIVEN_HELP = _("For somebody who is given the award without having met its requirements.")


class Layout(PreviewableMixin, RevisionMixin, ClusterableModel):
    """A design, a sheet, colours, texts, a logo and up to two signatories."""

    class Design(models.TextChoices):
        CLASSIC = "classic-1", pgettext_lazy("layout", "Classic: to the left, the seal on the right")
        DIPLOMA = "diploma-1", pgettext_lazy("layout", "Diploma: centred in a frame")
        LEDGER = "ledger-1", pgettext_lazy("layout", "Ledger: a band of colour, figures in a column")

    class Orientation(models.TextChoices):
        LANDSCAPE = "landscape", pgettext_lazy("layout", "Landscape")
        PORTRAIT = "portrait", pgettext_lazy("layout", "Portrait")

    class Paper(models.TextChoices):
        A4 = "a4", _("A4")
        LETTER = "us-letter", _("US Letter")

    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("For staff; it is not printed."))
    design = models.CharField(_("design"), max_length=20, choices=Design, default=Design.CLASSIC)
    orientation = models.CharField(_("orientation"), max_length=10, choices=Orientation, default=Orientation.LANDSCAPE)
    paper = models.CharField(_("paper"), max_length=10, choices=Paper, default=Paper.A4)
    ground = models.CharField(
        _("colour of the ground"), max_length=7, choices=colours.GROUNDS, default=colours.GROUNDS[0][0]
    )
    accent = models.CharField(
        _("main colour"), max_length=7, choices=colours.ACCENTS, default=colours.ACCENTS[0][0], blank=True
    )
    own_accent = models.CharField(
        _("or a colour of your own"),
        max_length=7,
        blank=True,
        validators=[colours.check_hex],
        help_text=_("As #1a4fa0; it must be dark enough for letters to be read on the ground."),
    )
    logo = image_field(_("logo"), _("A PNG, best with a transparent ground, at least 600 pixels wide."))
    certifies_fr = models.CharField(_("first line (French)"), max_length=120, blank=True)
    certifies_en = models.CharField(_("first line (English)"), max_length=120, blank=True)
    earned_fr = models.CharField(_("line before the title (French)"), max_length=160, blank=True)
    earned_en = models.CharField(_("line before the title (English)"), max_length=160, blank=True)
    given_fr = models.CharField(
        _("the same line, given by decision (French)"), max_length=160, blank=True, help_text=GIVEN_HELP
    )
    given_en = models.CharField(
        _("the same line, given by decision (English)"), max_length=160, blank=True, help_text=GIVEN_HELP
    )
    mention_fr = models.CharField(_("mention at the foot (French)"), max_length=240, blank=True)
    mention_en = models.CharField(_("mention at the foot (English)"), max_length=240, blank=True)

    TEXTS: ClassVar[tuple[str, ...]] = ("certifies", "earned", "given", "mention")
    preview_modes: ClassVar[list[tuple[str, Any]]] = [
        ("fr", _("In French")),
        ("en", _("In English")),
        ("long", _("A name of sixty letters")),
        ("arabic", _("A name in Arabic")),
        ("given", _("Given by decision")),
        ("card", _("The share card")),
    ]
    default_preview_mode = "fr"

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not self.accent and not self.own_accent:
            raise ValidationError({"accent": _("Choose a colour, or write one of your own.")})
        if colours.contrast(self.colour, self.ground) < colours.LEAST:
            field = "own_accent" if self.own_accent else "accent"
            raise ValidationError({field: _("This colour is too pale for the ground: letters could not be read.")})
        check_picture(self.logo, "logo")

    @property
    def colour(self) -> str:
        return self.own_accent or self.accent

    def look(self) -> dict[str, Any]:
        """What a certificate keeps of the layout; pictures by the digest of their content."""
        found: dict[str, Any] = {
            "orientation": self.orientation,
            "paper": self.paper,
            "ground": self.ground,
            "accent": self.colour,
            "logo": _digest(self.logo),
            "texts": {
                name: {code: getattr(self, f"{name}_{code}") for code, _label in settings.LANGUAGES}
                for name in self.TEXTS
            },
            "signatories": [signatory.facts() for signatory in self.signatories.all()],
        }
        mark = hashlib.sha256(json.dumps([self.design, found], sort_keys=True).encode()).hexdigest()
        return {**found, "version": mark[:12]}

    def pictures(self) -> dict[str, bytes]:
        """digest → PNG of every picture of the layout. A picture that cannot be read is left out."""
        images = [self.logo, *(signatory.signature for signatory in self.signatories.all())]
        return {digest: png for image in images if image for digest, png in [pictures.read(image)] if digest}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        from courses.certification.previewing import preview  # the drawing knows the tables, not the other way round

        return preview(self, request, mode_name)


def _digest(image: Any) -> str:
    return pictures.read(image)[0] if image else ""


class LayoutSignatory(models.Model):
    """Who signs, and with which hand."""

    layout = ParentalKey(Layout, on_delete=models.CASCADE, related_name="signatories")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    name = models.CharField(_("name"), max_length=80)
    role_fr = models.CharField(_("role (French)"), max_length=120, blank=True)
    role_en = models.CharField(_("role (English)"), max_length=120, blank=True)
    signature = image_field(
        _("signature"), _("A PNG with a transparent ground; without one, the name is set in italics.")
    )

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        check_picture(self.signature, "signature")

    def facts(self) -> dict[str, Any]:
        role = {code: getattr(self, f"role_{code}") for code, _label in settings.LANGUAGES}
        return {"name": self.name, "role": role, "signature": _digest(self.signature)}

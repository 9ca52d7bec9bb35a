"""The block of a place to find on a picture."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from quizzes.block_parts import BothLanguages, ChoiceOption, QuestionBlock, pieces, stem
from quizzes.wording import KINDS


class PictureBlock(ImageChooserBlock):  # type: ignore[misc]
    """An image of the library, kept by what it shows (the SHA-1 of its file) and not by its number in this database:
    a question keeps its meaning in a file, and another picture under the same number is another question."""

    def to_python(self, value: str | None) -> Any:
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values: Sequence[str | None]) -> list[Any]:
        hashes = [value for value in values if value]
        found = {image.file_hash: image for image in get_image_model().objects.filter(file_hash__in=hashes)}
        return [found.get(value) for value in values]

    def get_prep_value(self, value: Any) -> str | None:
        return value.get_file_hash() if value else None


class Region(ChoiceOption):
    x = blocks.DecimalBlock(label=_("From the left, %"), min_value=0, max_value=100)
    y = blocks.DecimalBlock(label=_("From the top, %"), min_value=0, max_value=100)
    width = blocks.DecimalBlock(label=_("Width, %"), min_value=0, max_value=100)
    height = blocks.DecimalBlock(label=_("Height, %"), min_value=0, max_value=100)


class HotSpotBlock(QuestionBlock):
    plural = "regions"
    stem = stem()
    image = PictureBlock(label=_("Picture"))
    alt = BothLanguages(
        label=_("What the picture shows"),
        help_text=_("Read to who cannot see it. Describe the whole, without naming the right place."),
    )
    regions = pieces(
        Region,
        _("Places"),
        2,
        help_text=_("Each place is a rectangle; its text stands in the list for who cannot see the picture."),
    )

    class Meta:
        icon = "crosshairs"
        label = KINDS["hot_spot"]
        description = _("One place to point at on a picture")

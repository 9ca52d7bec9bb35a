"""Blocks one reads: call-out, situation, worked case, what to remember, a figure."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks import examples
from courses.blocks.markdown import MarkdownBlock


class CalloutBlock(blocks.StructBlock):  # type: ignore[misc]
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Note")),
            ("warning", _("Warning")),
            ("law", _("What the law says")),
            ("example", _("Example")),
        ],
        default="note",
    )
    text = MarkdownBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        readable = ("text",)
        template = "courses/blocks/callout.html"
        preview_value = staticmethod(
            examples.told({"kind": "warning", "text": _("A charter nobody can find protects nobody.")})
        )
        description = _("A short aside: note, warning, point of law or example")


class SituationBlock(blocks.StructBlock):  # type: ignore[misc]
    text = MarkdownBlock(label=_("Text"))

    class Meta:
        icon = "comment"
        label = _("Situation")
        readable = ("text",)
        template = "courses/blocks/situation.html"
        preview_value = staticmethod(
            examples.told({"text": _("Monday, 8:40. Forty comments wait under the opening post.")})
        )
        description = _("The scene a lesson opens on")


class CaseBlock(blocks.StructBlock):  # type: ignore[misc]
    title = blocks.CharBlock(label=_("Title"))
    text = MarkdownBlock(label=_("Text"), rows=10)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Worked case")
        readable = ("title", "text")
        template = "courses/blocks/case.html"
        preview_value = staticmethod(
            examples.told({"title": _("The museum and the queue"), "text": _("What happened, what was done, why.")})
        )
        description = _("One case worked through, step by step")


class RememberBlock(blocks.StructBlock):  # type: ignore[misc]
    text = MarkdownBlock(label=_("Text"), help_text=_("A list of three to five points."))

    class Meta:
        icon = "pin"
        label = _("What to remember")
        readable = ("text",)
        template = "courses/blocks/remember.html"
        preview_value = staticmethod(
            examples.told({"text": _("- Criticism stays.\n- Attacks on people go.\n- Say which rule.")})
        )
        description = _("The points to keep; closes the lesson")


class FigureBlock(blocks.StructBlock):  # type: ignore[misc]
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alternative text"), help_text=_("What the image says, for a reader who does not see it.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Figure")
        readable = ("caption",)
        template = "courses/blocks/figure.html"
        preview_value = staticmethod(examples.figure)
        description = _("An image with its alternative text and caption")

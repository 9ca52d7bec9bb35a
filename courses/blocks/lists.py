"""What a lesson lists beside its text: objectives and terms."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LineBlock(blocks.CharBlock):  # type: ignore[misc]
    """One line of a list, alone in its stream: its field says what it is, since no label stands beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.widget.attrs["aria-label"] = self.meta.label

    def deconstruct(self) -> Any:
        # For a migration it is a line of text like any other.
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs


class ObjectiveBlock(blocks.StructBlock):  # type: ignore[misc]
    key = blocks.CharBlock(
        label=_("Identifier"), max_length=40, help_text=_("The same in both languages; questions point to it.")
    )
    text = blocks.CharBlock(label=_("Objective"), help_text=_("Starts with a verb that can be observed."))

    class Meta:
        icon = "check"
        label = _("Objective")


class TermBlock(blocks.StructBlock):  # type: ignore[misc]
    term = blocks.CharBlock(label=_("Term"))
    definition = blocks.TextBlock(label=_("Definition"))

    class Meta:
        icon = "openquote"
        label = _("Glossary term")

"""Text in Markdown, rendered when it is saved."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import examples
from courses.markdown import RENDERER_VERSION, render


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """Markdown with its HTML beside it, so that viewing a page renders nothing."""

    source: str = ""
    html: str = ""

    @classmethod
    def from_source(cls, source: str) -> "MarkdownText":
        source = source.replace("\r\n", "\n").strip()
        return cls(source, render(source))

    def __bool__(self) -> bool:
        return bool(self.source)

    def __str__(self) -> SafeString:
        """What a template prints: the HTML."""
        return mark_safe(self.html)  # noqa: S308 (cleaned by courses.markdown)


class MarkdownBlock(blocks.FieldBlock):  # type: ignore[misc]
    """Text in Markdown: headings from ##, lists, tables, links, quotes."""

    def __init__(self, required: bool = True, help_text: Any = None, rows: int = 6, **kwargs: Any) -> None:
        self.field_options: dict[str, Any] = {"required": required, "help_text": help_text}
        self.rows = rows
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.CharField:
        # In a stream, Wagtail shows the name of a block as a heading and labels its field with nothing.
        attrs = {"rows": self.rows, "data-controller": "w-autosize", "aria-label": self.meta.label}
        return forms.CharField(widget=forms.Textarea(attrs=attrs), **self.field_options)

    def get_default(self) -> MarkdownText:
        return self.normalize(self.meta.default)

    def normalize(self, value: Any) -> MarkdownText:
        if isinstance(value, MarkdownText):
            return value
        return MarkdownText.from_source(value or "")

    def to_python(self, value: Any) -> MarkdownText:
        if isinstance(value, dict):
            if value.get("version") == RENDERER_VERSION:
                return MarkdownText(value["source"], value["html"])
            value = value["source"]
        return MarkdownText.from_source(value or "")

    def get_prep_value(self, value: MarkdownText) -> dict[str, Any]:
        value = self.normalize(value)
        return {"source": value.source, "html": value.html, "version": RENDERER_VERSION}

    def value_for_form(self, value: MarkdownText) -> str:
        return self.normalize(value).source

    def value_from_form(self, value: str) -> MarkdownText:
        return MarkdownText.from_source(value)

    def clean(self, value: MarkdownText) -> MarkdownText:
        # The field checks the source; the HTML comes from it.
        return self.value_from_form(self.field.clean(self.value_for_form(value)))

    def render_basic(self, value: MarkdownText, context: Any = None) -> SafeString:
        return str(value)  # type: ignore[return-value]

    def get_searchable_content(self, value: MarkdownText) -> list[str]:
        return [self.normalize(value).source]

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        readable = ("",)  # the fields a search may read and quote; "" is the value itself
        default = ""
        template = "courses/blocks/text.html"
        preview_value = staticmethod(
            examples.told(_("## A heading\n\nA paragraph with **strong** words and a [link](https://example.org/)."))
        )
        description = _("Paragraphs, headings, lists and tables, written in Markdown")

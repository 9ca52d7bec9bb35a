"""Markdown to safe HTML, in one place. Called when content is saved, never when a page is viewed."""

import markdown as python_markdown
import nh3
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# Raise it when the rendering changes: stored HTML of another version is rendered again on reading.
RENDERER_VERSION = 1

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "strong", "em", "code",
    "pre", "a", "abbr", "table", "thead", "tbody", "tr", "th", "td", "sup", "sub", "del", "q", "cite", "kbd",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "th": {"align", "scope"}, "td": {"align"}, "ol": {"start"}}
INLINE_TAGS = {"strong", "em", "code", "a", "abbr", "sup", "sub", "q", "kbd", "br"}


class _ShiftHeadings(Treeprocessor):
    """A page has one h1, its title: a `#` in the text becomes h2."""

    def run(self, root):  # type: ignore[no-untyped-def]
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"
            elif element.tag == "h6":
                element.tag = "h5"


class _OneTopHeading(Extension):
    def extendMarkdown(self, md: python_markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        md.treeprocessors.register(_ShiftHeadings(md), "one-top-heading", 5)


def render(source: str) -> str:
    """Return cleaned HTML for Markdown `source`: tables, lists, definition lists; no raw script, style or frame."""
    html = python_markdown.markdown(
        source, extensions=["tables", "sane_lists", "def_list", "abbr", _OneTopHeading()], output_format="html"
    )
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def render_inline(source: str) -> str:
    """Return cleaned HTML for one line of Markdown, without the paragraph around it."""
    html = nh3.clean(
        python_markdown.markdown(source), tags=INLINE_TAGS | {"p"}, attributes=ATTRIBUTES, link_rel="noopener"
    ).strip()
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        return html[3:-4]
    return html

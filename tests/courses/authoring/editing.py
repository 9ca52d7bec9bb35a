"""What a browser sends back from the editor of a page, read from the form the server itself gave."""

from html.parser import HTMLParser
from typing import Any

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield


class _Fields(HTMLParser):
    """The named fields of the editor's form, as a browser would send them back."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, Any] = {}
        self.text = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value")
        if tag == "input" and name:
            if found.get("type") in ("checkbox", "radio"):
                if "checked" in found:
                    self.data[name] = value or "on"
            elif found.get("type") not in ("submit", "button", "file"):
                self.data[name] = value or ""
        elif tag == "textarea" and name:
            self.text, self.data[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in found:
            self.data[self.select] = value or ""

    def handle_data(self, data: str) -> None:
        if self.text:
            self.data[self.text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text = ""
        elif tag == "select":
            self.select = ""


def edit_data(client: Any, page: Any, **changes: Any) -> dict[str, Any]:
    """Return the data of the editor's form of `page` with `changes`. Stream fields are sent empty; "" leaves a field out."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    fields = _Fields()
    fields.feed(html)
    streams = {name: streamfield([]) for name in ("body", "objectives", "glossary", "sources", "audience")}
    data = {k: v for k, v in fields.data.items() if not k.startswith("action-")} | nested_form_data(streams)
    data |= changes
    return {k: v for k, v in data.items() if v is not None and not (k in changes and v == "")}

"""The instructor's form: a draft may be anything, what is published must be playable."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from sandbox.engine.reader import ScenarioError

FIELD_OF = {"brand": "brand_name", "crisis": "crisis_responsibility"}
PLACE = re.compile(r"^(?P<part>\w+)(\[(?P<index>\d+)\])?\.?(?P<rest>.*)$")


class ScenarioForm(WagtailAdminModelForm):  # type: ignore[misc]
    # The editor's script keeps its own remarks in `window.comments`; an element of that very name would stand in for them,
    # and the streams before it would not open. With a prefix no field is called just "comments".
    prefix = "scenario"

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        try:
            self.instance.parsed()
        except ScenarioError as error:
            field, sentence = worded(error, self.instance.data())
            self.add_error(field if field in self.fields else None, sentence)


def worded(error: ScenarioError, data: dict[str, Any]) -> tuple[str, ValidationError]:
    """Return the field an engine's refusal belongs to, and a sentence that names the part to mend."""
    match = PLACE.match(error.path)
    part, index = (match["part"], match["index"]) if match else ("", None)
    why = gettext(error.template) % error.facts if error.facts else gettext(error.template)
    if index is None:
        return FIELD_OF.get(part, part), ValidationError(
            _("Not playable yet: %(where)s: %(why)s."), params={"where": error.path, "why": why}
        )
    number = int(index)
    items = data.get(part) or []
    name = items[number].get("id", "") if number < len(items) and isinstance(items[number], dict) else ""
    return part, ValidationError(
        _("Not playable yet: number %(number)d (%(name)s), %(where)s: %(why)s."),
        params={
            "number": number + 1,
            "name": name or "–",
            "where": match["rest"] if match else "",
            "why": why,
        },
    )

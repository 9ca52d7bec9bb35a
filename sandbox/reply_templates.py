"""Reply templates on the desk: what fills itself in from the comment at hand, and what is still asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sandbox.engine.macros import NAMES, fields_in, fill, order_number
from sandbox.engine.scenario import Macro, Scenario
from sandbox.slips import Slip
from sandbox.wording import language

# What is asked for under a usual name.
ASKED = {
    "first_name": _("First name"),
    "name": _("Name"),
    "handle": _("Handle"),
    "time": pgettext_lazy("reply", "Time"),
    "brand": _("Brand"),
    "order": _("Order number"),
    "date": pgettext_lazy("reply", "Date"),
    "link": pgettext_lazy("reply", "Link"),
}


@dataclass(frozen=True, slots=True)
class Template:
    """One template, filled in as far as the comment at hand allows; `asked` are (field, label) still to be given."""

    id: str
    title: str
    text: str
    asked: list[tuple[str, Any]]


def templates_for(scenario: Scenario, slip: Slip | None, now: str) -> list[Template]:
    known = known_from(scenario, slip, now)
    return [_template(macro, known) for macro in scenario.macros]


def known_from(scenario: Scenario, slip: Slip | None, now: str) -> dict[str, str]:
    """Return what the desk knows by itself; `now` is the hour it shows."""
    known = {"brand": scenario.brand.name, "time": now}
    if slip:
        known |= {
            "first_name": slip.name.split()[0],
            "name": slip.name,
            "handle": slip.handle,
            "order": order_number(slip.text),
        }
    return known


def _template(macro: Macro, known: Mapping[str, str]) -> Template:
    lang = language()
    own = {field.id: field for field in macro.fields}
    given = {name: field.value.get(lang) for name, field in own.items()}
    text = fill(macro.text.get(lang), {**known, **{name: value for name, value in given.items() if value}})
    asked = [(name, own[name].label.get(lang) if name in own else ASKED[NAMES[name]]) for name in fields_in(text)]
    return Template(macro.id, macro.title.get(lang), text, asked)

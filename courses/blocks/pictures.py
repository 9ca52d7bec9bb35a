"""Timeline, chart with its data table, and an image with places to find."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks import examples
from courses.blocks.interactive import InteractiveBlock, Kept, identifier, member_key, refuse, same_letter
from courses.drawing.charts import draw_chart


class EntryBlock(blocks.StructBlock):  # type: ignore[misc]
    when = blocks.CharBlock(label=_("When"), max_length=40, help_text=_("A year, a date, an hour: as it reads best."))
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "date"
        label = _("Moment")


class TimelineBlock(blocks.StructBlock):  # type: ignore[misc]
    title = blocks.CharBlock(label=_("Title"))
    entries = blocks.ListBlock(EntryBlock(), label=_("Moments"), min_num=2, max_num=20)

    class Meta:
        icon = "date"
        label = _("Timeline")
        readable = ("title",)
        template = "courses/blocks/timeline.html"
        description = _("Moments in order, each with its date or hour")
        preview_value = staticmethod(
            examples.told(
                {
                    "title": _("A bad Monday"),
                    "entries": [
                        {"when": _("8:40"), "title": _("The post goes out"), "text": _("Nobody has read it twice.")},
                        {"when": _("9:05"), "title": _("The first complaint"), "text": _("It is polite, and right.")},
                    ],
                }
            )
        )


class ChartRowBlock(blocks.StructBlock):  # type: ignore[misc]
    label = blocks.CharBlock(label=_("Label"), max_length=60)
    values = blocks.ListBlock(blocks.FloatBlock(label=_("Number")), label=_("Numbers"), min_num=1, max_num=4)

    class Meta:
        icon = "table"
        label = _("Row")


class ChartBlock(blocks.StructBlock):  # type: ignore[misc]
    """A few numbers, drawn on the server; the table with the same numbers is always there."""

    title = blocks.CharBlock(label=_("Title"))
    form = blocks.ChoiceBlock(
        label=_("Form"), choices=[("bars", _("Bars")), ("line", _("Line over time"))], default="bars"
    )
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=20, help_text=_("Such as % or minutes."))
    says = blocks.TextBlock(label=_("What it says"), help_text=_("One sentence, for everybody, drawing seen or not."))
    series = blocks.ListBlock(blocks.CharBlock(label=_("Name")), label=_("Series"), min_num=1, max_num=4)
    rows = blocks.ListBlock(ChartRowBlock(), label=_("Rows"), min_num=2, max_num=24)
    source = blocks.CharBlock(label=_("Source"), required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        rows = [(row["label"], [float(number) for number in row["values"]]) for row in value["rows"]]
        return context | {"drawing": draw_chart(value["form"], list(value["series"]), rows, value["unit"] or "")}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if any(len(row["values"]) != len(value["series"]) for row in value["rows"]):
            raise refuse(_("Each row needs one number for each series."))
        return value

    class Meta:
        icon = "table"
        label = _("Chart with its table")
        readable = ("title", "says")
        template = "courses/blocks/chart.html"
        description = _("Bars or a line, drawn from numbers that stay readable in a table")
        preview_value = staticmethod(
            examples.told(
                {
                    "title": _("Median time to a first reply"),
                    "form": "line",
                    "unit": "min",
                    "says": _("The wait was halved once replies were shared out."),
                    "series": [_("Minutes")],
                    "rows": [
                        {"label": _("January"), "values": [64]},
                        {"label": _("February"), "values": [58]},
                        {"label": _("March"), "values": [31]},
                    ],
                    "source": "",
                }
            )
        )


class SpotBlock(blocks.StructBlock):  # type: ignore[misc]
    key = member_key()
    x = blocks.FloatBlock(label=_("From the left, in %"), min_value=0, max_value=100)
    y = blocks.FloatBlock(label=_("From the top, in %"), min_value=0, max_value=100)
    label = blocks.CharBlock(
        label=_("What is there"), max_length=80, help_text=_("Also read by those who do not see it.")
    )
    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = blocks.TextBlock(label=_("Feedback"), help_text=_("Why it is right or wrong: it teaches."))

    class Meta:
        icon = "crosshairs"
        label = _("Place")


class HotspotBlock(InteractiveBlock):
    """An image with numbered places, and a list of them beside it: one ticks those the question asks for."""

    key = identifier()
    prompt = blocks.TextBlock(label=_("Question"))
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alternative text"), help_text=_("What the image says, for a reader who does not see it.")
    )
    spots = blocks.ListBlock(SpotBlock(), label=_("Places"), min_num=2, max_num=10)

    def state_of(self, value: Mapping[str, Any], posted: QueryDict) -> list[str] | None:
        return sorted({spot["key"] for spot in value["spots"]} & set(posted.getlist("choice"))) or None

    def is_right(self, value: Mapping[str, Any], state: Any) -> bool:
        return {spot["key"] for spot in value["spots"] if spot["correct"]} == set(state)

    def shown(self, value: Mapping[str, Any], kept: Kept | None) -> Mapping[str, Any]:
        chosen = set(kept.state) if kept else set()
        told = bool(kept and kept.correct)
        spots = [
            {
                "key": spot["key"], "number": n, "x": _percent(spot["x"]), "y": _percent(spot["y"]), "label": spot["label"],
                "chosen": spot["key"] in chosen,
                "state": ("right" if spot["correct"] else "wrong") if spot["key"] in chosen else "",
                "feedback": spot["feedback"] if told or spot["key"] in chosen else "",
            }
            for n, spot in enumerate(value["spots"], start=1)
        ]  # fmt: skip
        return {"spots": spots}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if same_letter(value["spots"]):
            raise refuse(_("Two places share the same letter."))
        if not any(spot["correct"] for spot in value["spots"]):
            raise refuse(_("Mark at least one place as right."))
        return value

    class Meta:
        icon = "crosshairs"
        label = _("Places on an image")
        template = "courses/blocks/hotspot.html"
        preview_value = staticmethod(examples.hotspot)
        description = _("An image with numbered places: find the ones the question asks for")


def _percent(number: float) -> str:
    """Return a share of the image as SVG understands it in every language: with a point."""
    return f"{number:.1f}%"

"""Self-assessment grid: where one stands today, beside where one stood before."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import examples
from courses.blocks.interactive import InteractiveBlock, Kept, identifier, member_key, refuse, same_letter

MOST_KEPT = 12
LOWEST = 2  # how many qualities get a word of advice


class QualityBlock(blocks.StructBlock):  # type: ignore[misc]
    key = member_key()
    label = blocks.CharBlock(label=_("Quality"), max_length=60)
    text = blocks.CharBlock(
        label=_("What it looks like"), help_text=_("A sentence about what one does, not what one is.")
    )
    advice = blocks.TextBlock(
        label=_("A first step"), required=False, help_text=_("Shown to those who rate it lowest.")
    )

    class Meta:
        icon = "tick"
        label = _("Quality")


class GridBlock(InteractiveBlock):
    """Qualities rated on a scale; the answer is a list of dated ratings, one a day at most, the latest last."""

    state_type = dict
    missing = _("Rate every line first.")

    key = identifier()
    title = blocks.CharBlock(label=_("Title"))
    prompt = blocks.TextBlock(label=_("Question"))
    scale = blocks.ListBlock(
        blocks.CharBlock(label=_("Step")), label=_("Scale"), min_num=3, max_num=6, help_text=_("From low to high.")
    )
    rows = blocks.ListBlock(QualityBlock(), label=_("Qualities"), min_num=2, max_num=15)

    def state_of(self, value: Mapping[str, Any], posted: QueryDict) -> dict[str, Any] | None:
        steps = {str(n): n for n in range(1, len(value["scale"]) + 1)}
        marks = {row["key"]: steps.get(posted.get(f"mark-{row['key']}", "")) for row in value["rows"]}
        return None if None in marks.values() else {"ratings": [{"on": "", "marks": marks}]}

    def settle(self, state: Any, kept: Any, now: datetime) -> Any:
        today = localdate(now).isoformat()
        before = [rating for rating in (kept or {}).get("ratings", []) if rating["on"] != today]
        return {"ratings": [*before, {**state["ratings"][-1], "on": today}][-MOST_KEPT:]}

    def shown(self, value: Mapping[str, Any], kept: Kept | None) -> Mapping[str, Any]:
        ratings = kept.state["ratings"] if kept else []
        if not ratings:
            return {"rows": list(value["rows"]), "scale": _scale(value)}
        first, last = ratings[0], ratings[-1]
        rows = [_row(row, last["marks"], first["marks"] if len(ratings) > 1 else {}) for row in value["rows"]]
        lowest = sorted((r for r in rows if r["now"] and r["advice"]), key=lambda row: row["now"])[:LOWEST]
        return {
            "rows": rows,
            "scale": _scale(value),
            "rated_on": _day(last["on"]),
            "rated_first": _day(first["on"]) if len(ratings) > 1 else None,
            "ratings": [
                {"on": _day(r["on"]), "marks": [r["marks"].get(row["key"]) for row in value["rows"]]} for r in ratings
            ],
            "lowest": lowest,
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if same_letter(value["rows"]):
            raise refuse(_("Two qualities share the same letter."))
        return value

    class Meta:
        icon = "form"
        label = _("Self-assessment grid")
        template = "courses/blocks/grid.html"
        description = _("Qualities one rates for oneself, kept and compared over time")
        preview_value = staticmethod(
            examples.told(
                {
                    "key": "preview",
                    "title": _("Where do I stand?"),
                    "prompt": _("Nobody else reads it."),
                    "scale": [_("Not yet"), _("Sometimes"), _("Often"), _("Always")],
                    "rows": [
                        {
                            "key": "a",
                            "label": _("Judgement"),
                            "text": _("I wait for facts before I post."),
                            "advice": _("Sleep on one reply."),
                        },
                        {
                            "key": "b",
                            "label": _("Empathy"),
                            "text": _("I name what people feel."),
                            "advice": _("Read aloud."),
                        },
                    ],
                }
            )
        )


def _scale(value: Mapping[str, Any]) -> list[tuple[int, str]]:
    return list(enumerate(value["scale"], start=1))


def _row(row: Mapping[str, Any], now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, Any]:
    """Return a quality with its mark of today, the first one, and how far it has moved."""
    mark, first = now.get(row["key"]), before.get(row["key"])
    moved = mark - first if mark and first else 0
    return {name: row[name] for name in ("key", "label", "text", "advice")} | {
        "now": mark, "first": first, "moved": moved, "up": moved > 0, "distance": abs(moved),
    }  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""Sort into categories; put in order."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import examples
from courses.blocks.interactive import (
    InteractiveBlock,
    Kept,
    identifier,
    member_key,
    refuse,
    same_letter,
    token,
)
from courses.blocks.markdown import MarkdownBlock

PATIENCE = 2  # from this try on, the key may be read


class CategoryBlock(blocks.StructBlock):  # type: ignore[misc]
    key = member_key()
    label = blocks.CharBlock(label=_("Category"), max_length=60)

    class Meta:
        icon = "folder"
        label = _("Category")


class SortItemBlock(blocks.StructBlock):  # type: ignore[misc]
    key = member_key()
    text = blocks.CharBlock(label=_("Text"))
    category = blocks.CharBlock(label=_("Its category"), max_length=20, help_text=_("The letter of a category above."))
    feedback = blocks.TextBlock(label=_("Feedback"), help_text=_("Why it belongs there: it teaches."))

    class Meta:
        icon = "tick"
        label = _("Thing to sort")


class SortBlock(InteractiveBlock):
    """Things to put into categories; the answer says for each thing which one."""

    state_type = dict
    missing = _("Give each of them a place first.")

    key = identifier()
    prompt = blocks.TextBlock(label=_("Question"))
    categories = blocks.ListBlock(CategoryBlock(), label=_("Categories"), min_num=2, max_num=5)
    items = blocks.ListBlock(SortItemBlock(), label=_("Things to sort"), min_num=2, max_num=12)

    def state_of(self, value: Mapping[str, Any], posted: QueryDict) -> dict[str, str] | None:
        categories = {category["key"] for category in value["categories"]}
        placed = {item["key"]: posted.get(f"place-{item['key']}", "") for item in value["items"]}
        return placed if set(placed.values()) <= categories else None

    def is_right(self, value: Mapping[str, Any], state: Any) -> bool:
        return all(state.get(item["key"]) == item["category"] for item in value["items"])

    def shown(self, value: Mapping[str, Any], kept: Kept | None) -> Mapping[str, Any]:
        told = kept is not None and (kept.correct or kept.tries >= PATIENCE)
        labels = {category["key"]: category["label"] for category in value["categories"]}
        rows = [_row(item, kept, told, labels) for item in value["items"]]
        return {"rows": rows, "right_count": sum(row["right"] is True for row in rows)}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if same_letter(value["categories"]) or same_letter(value["items"]):
            raise refuse(_("Two categories, or two things to sort, share the same letter."))
        known = {category["key"] for category in value["categories"]}
        lost = [item["text"] for item in value["items"] if item["category"] not in known]
        if lost:
            raise refuse(_("No category has the letter given for: %(things)s.") % {"things": "; ".join(lost)})
        return value

    class Meta:
        icon = "list-ul"
        label = _("Sort into categories")
        template = "courses/blocks/sort.html"
        description = _("Things to put into two to five categories, with a reason for each")
        preview_value = staticmethod(
            examples.told(
                {
                    "key": "preview",
                    "prompt": _("Under which rule does each comment fall?"),
                    "categories": [{"key": "stays", "label": _("Stays")}, {"key": "goes", "label": _("Goes")}],
                    "items": [
                        {
                            "key": "a",
                            "text": _("Your queue is a disgrace."),
                            "category": "stays",
                            "feedback": _("A criticism."),
                        },
                        {"key": "b", "text": _("Win a phone, click here."), "category": "goes", "feedback": _("Spam.")},
                    ],
                }
            )
        )


def _row(item: Mapping[str, Any], kept: Kept | None, told: bool, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return a thing to sort with where it was put; why it belongs elsewhere only once the reader has tried twice."""
    chosen = kept.state.get(item["key"], "") if kept else ""
    right = chosen == item["category"] if kept else None
    feedback = item["feedback"] if right or told else ""
    belongs = labels.get(item["category"], "") if told and not right else ""
    return {"key": item["key"], "text": item["text"], "chosen": chosen, "right": right, "feedback": feedback,
            "belongs": belongs}  # fmt: skip


class OrderItemBlock(blocks.StructBlock):  # type: ignore[misc]
    key = member_key()
    text = blocks.CharBlock(label=_("Text"))

    class Meta:
        icon = "order"
        label = _("Step")


class OrderBlock(InteractiveBlock):
    """Steps to put in order: the order they are written in. The answer is their keys as the reader ordered them."""

    missing = _("Give each step a place of its own first.")

    key = identifier()
    prompt = blocks.TextBlock(label=_("Question"))
    items = blocks.ListBlock(
        OrderItemBlock(),
        label=_("Steps"),
        min_num=3,
        max_num=8,
        help_text=_("In the right order; readers see another."),
    )
    answer = MarkdownBlock(label=_("Why this order"))

    def state_of(self, value: Mapping[str, Any], posted: QueryDict) -> list[str] | None:
        places = {item["key"]: posted.get(f"place-{token(value['key'], item['key'])}", "") for item in value["items"]}
        if sorted(places.values()) != sorted(str(n) for n in range(1, len(places) + 1)):
            return None
        return sorted(places, key=lambda key: int(places[key]))

    def is_right(self, value: Mapping[str, Any], state: Any) -> bool:
        return list(state) == [item["key"] for item in value["items"]]

    def shown(self, value: Mapping[str, Any], kept: Kept | None) -> Mapping[str, Any]:
        right = [item["key"] for item in value["items"]]
        order = _as_answered(kept.state, right) if kept else _shuffled(value["key"], right)
        texts = {item["key"]: item["text"] for item in value["items"]}
        rows = [
            {"name": token(value["key"], key), "text": texts[key], "place": n, "right": kept and right[n - 1] == key}
            for n, key in enumerate(order, start=1)
        ]
        told = kept is not None and (kept.correct or kept.tries >= PATIENCE)
        return {
            "rows": rows,
            "places": range(1, len(rows) + 1),
            "told": told,
            "solution": [texts[key] for key in right] if told and kept and not kept.correct else [],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if same_letter(value["items"]):
            raise refuse(_("Two steps share the same letter."))
        return value

    class Meta:
        icon = "list-ol"
        label = _("Put in order")
        template = "courses/blocks/order.html"
        description = _("Three to eight steps to put in the right order")
        preview_value = staticmethod(
            examples.told(
                {
                    "key": "preview",
                    "prompt": _("In which order do you answer?"),
                    "items": [
                        {"key": "a", "text": _("Read to the end")},
                        {"key": "b", "text": _("Acknowledge")},
                        {"key": "c", "text": _("Act, then follow up")},
                    ],
                    "answer": _("One cannot acknowledge what one has not read."),
                }
            )
        )


def _shuffled(seed: str, keys: list[str]) -> list[str]:
    """Return the keys in an order that is the same for everybody and never the right one."""
    order = sorted(keys, key=lambda key: token(seed, "order", key))
    return order if order != keys else order[1:] + order[:1]


def _as_answered(state: list[str], keys: list[str]) -> list[str]:
    """Return the kept order; a step the author has added since stands last, one taken away is gone."""
    return [key for key in state if key in keys] + [key for key in keys if key not in state]

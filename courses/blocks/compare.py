"""Compare two replies."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import examples
from courses.blocks.interactive import InteractiveBlock, Kept, identifier
from courses.blocks.markdown import MarkdownBlock

LONGEST = 600


class ReplyBlock(blocks.StructBlock):  # type: ignore[misc]
    text = blocks.TextBlock(label=_("Reply"))
    remark = blocks.TextBlock(label=_("Remark"), help_text=_("What it does well and badly; shown after the choice."))

    class Meta:
        icon = "comment"
        label = _("Reply")


class CompareBlock(InteractiveBlock):
    """Two replies to the same message; the answer is the one chosen and why, in the reader's words."""

    state_type = dict

    key = identifier()
    prompt = blocks.TextBlock(label=_("Question"))
    message = blocks.TextBlock(label=_("The message they answer"), required=False)
    a = ReplyBlock(label=_("Reply A"))
    b = ReplyBlock(label=_("Reply B"))
    better = blocks.ChoiceBlock(label=_("The better one"), choices=[("a", "A"), ("b", "B")], default="a")
    answer = MarkdownBlock(label=_("What makes the difference"))

    def state_of(self, value: Mapping[str, Any], posted: QueryDict) -> dict[str, str] | None:
        choice = posted.get("choice", "")
        if choice not in ("a", "b"):
            return None
        return {"choice": choice, "why": posted.get("why", "").strip()[:LONGEST]}

    def is_right(self, value: Mapping[str, Any], state: Any) -> bool:
        return bool(state["choice"] == value["better"])

    def shown(self, value: Mapping[str, Any], kept: Kept | None) -> Mapping[str, Any]:
        replies = [
            {
                "key": letter,
                "text": value[letter]["text"],
                "remark": value[letter]["remark"] if kept else "",
                "chosen": kept is not None and kept.state["choice"] == letter,
                "better": kept is not None and value["better"] == letter,
            }
            for letter in ("a", "b")
        ]
        return {"replies": replies, "longest": LONGEST}

    class Meta:
        icon = "resubmit"
        label = _("Compare two replies")
        template = "courses/blocks/compare.html"
        description = _("Two replies to one message: which is better, and why")
        preview_value = staticmethod(
            examples.told(
                {
                    "key": "preview",
                    "prompt": _("Which reply would you send?"),
                    "message": _("Third time I queue for nothing."),
                    "a": {
                        "text": _("We are sorry for any inconvenience."),
                        "remark": _("Says nothing of what happened."),
                    },
                    "b": {
                        "text": _("You waited for a closed till. It reopens at two."),
                        "remark": _("Names the fact, says what next."),
                    },
                    "better": "b",
                    "answer": _("The second one has read the message."),
                }
            )
        )

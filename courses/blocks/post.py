"""A post of the fictional network, with numbered remarks on its passages and parts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import examples
from courses.blocks.interactive import refuse
from courses.formats.remarks import MOST, pieces, remark_faults

PARTS = [
    ("text", _("A passage of the text")),
    ("author", _("Author")),
    ("handle", _("Handle")),
    ("network", _("Network")),
    ("likes", _("Likes")),
    ("replies", _("Replies")),
]
REASONS = {
    "both": _("Remark %(number)s: choose a passage or another part of the post, not both."),
    "silent": _("Remark %(number)s: copy here the words of the post it is about."),
    "lost": _("Remark %(number)s: these words are not in the post, or another remark has them. Copy them exactly."),
}


class RemarkBlock(blocks.StructBlock):  # type: ignore[misc]
    part = blocks.ChoiceBlock(label=_("What it is about"), choices=PARTS, default="text")
    quote = blocks.CharBlock(
        label=_("The passage"),
        required=False,
        help_text=_("Words of the post, copied exactly; empty for another part."),
    )
    text = blocks.TextBlock(label=_("Remark"), help_text=_("What the trained eye notices there, and why it matters."))

    class Meta:
        icon = "comment"
        label = _("Remark")


class PostBlock(blocks.StructBlock):  # type: ignore[misc]
    author = blocks.CharBlock(label=_("Author"), help_text=_("A fictional person."))
    handle = blocks.CharBlock(label=_("Handle"))
    network = blocks.CharBlock(label=_("Network"), default="Murmure")
    text = blocks.TextBlock(label=_("Text"))
    likes = blocks.IntegerBlock(label=_("Likes"), default=0, min_value=0)
    replies = blocks.IntegerBlock(label=_("Replies"), default=0, min_value=0)
    remarks = blocks.ListBlock(
        RemarkBlock(), label=_("Numbered remarks"), default=[], min_num=0, max_num=MOST,
        help_text=_("Each on a passage or a part of the post, in the order one reads them."),
    )  # fmt: skip
    note = blocks.TextBlock(label=_("What the trained eye notices"), required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        labels = dict(PARTS)
        remarks = [
            {"number": n, "part": r["part"], "about": labels.get(r["part"], ""), "quote": r["quote"], "text": r["text"]}
            for n, r in enumerate(value.get("remarks") or (), start=1)
        ]
        return context | {"remarks": remarks, "pieces": pieces(value["text"], remarks)}

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        # Without remarks, stored as before there were any: a page nobody touched keeps its fingerprint.
        stored: dict[str, Any] = super().get_prep_value(value)
        return {name: member for name, member in stored.items() if name != "remarks" or member}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if faults := remark_faults(value["text"], value.get("remarks") or ()):
            raise refuse(*(REASONS[fault] % {"number": number} for number, fault in faults))
        return value

    class Meta:
        icon = "user"
        label = _("Social post")
        readable = ("text",)
        template = "courses/blocks/post.html"
        preview_value = staticmethod(
            examples.told(
                {
                    "author": "Nadia B.",
                    "handle": "@nadia_b",
                    "network": "Murmure",
                    "text": _("Third time I queue for nothing."),
                    "likes": 41,
                    "replies": 6,
                    "remarks": [
                        {
                            "part": "text",
                            "quote": _("Third time"),
                            "text": _("It has happened before: who answered then?"),
                        },
                        {"part": "likes", "quote": "", "text": _("Forty-one people have been there too.")},
                    ],
                    "note": "",
                }
            )
        )
        description = _("A post from the fictional network, with numbered remarks")

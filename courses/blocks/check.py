"""Knowledge check, and think-then-compare."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import examples
from courses.blocks.interactive import InteractiveBlock, identifier, refuse, same_letter
from courses.blocks.markdown import MarkdownBlock

LONGEST = 2000


class OptionBlock(blocks.StructBlock):  # type: ignore[misc]
    key = blocks.CharBlock(label=_("Letter"), max_length=8, help_text=_("a, b, c…: the same letter in both languages."))
    text = blocks.CharBlock(label=_("Answer"))
    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = blocks.TextBlock(label=_("Feedback"), help_text=_("Why it is right or wrong: it teaches."))

    class Meta:
        icon = "tick"
        label = _("Answer")
        form_layout = ["key", "text", "correct", "feedback"]


class CheckBlock(InteractiveBlock):
    """A question with two to five answers; its answer is the list of letters chosen."""

    key = identifier()
    prompt = blocks.TextBlock(label=_("Question"))
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2, max_num=5)

    def state_of(self, value: Mapping[str, Any], posted: QueryDict) -> list[str] | None:
        return sorted({o["key"] for o in value["options"]} & set(posted.getlist("choice"))) or None

    def is_right(self, value: Mapping[str, Any], state: Any) -> bool:
        return {option["key"] for option in value["options"] if option["correct"]} == set(state)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if same_letter(value["options"]):
            raise refuse(_("Two answers share the same letter."))
        if not any(option["correct"] for option in value["options"]):
            raise refuse(_("Mark at least one answer as right."))
        return value

    class Meta:
        icon = "help"
        label = _("Knowledge check")
        template = "courses/blocks/check.html"
        description = _("A question answered at once, with feedback for each answer")
        preview_value = staticmethod(
            examples.told(
                {
                    "key": "preview",
                    "prompt": _("Does the charter forbid it?"),
                    "options": [
                        {"key": "a", "text": _("Yes"), "correct": False, "feedback": _("Look again.")},
                        {"key": "b", "text": _("No"), "correct": True, "feedback": _("Right.")},
                    ],
                }
            )
        )


class RevealBlock(InteractiveBlock):
    """The reader's own words first, then an expert's; the answer is what one wrote, which may be nothing."""

    state_type = str
    key = identifier()
    prompt = blocks.TextBlock(label=_("What to think about first"))
    answer = MarkdownBlock(label=_("What an experienced colleague answers"))

    def state_of(self, value: Mapping[str, Any], posted: QueryDict) -> str | None:
        return posted.get("words", "").strip()[:LONGEST] if "words" in posted else None

    def shown(self, value: Mapping[str, Any], kept: Any) -> Mapping[str, Any]:
        return {"longest": LONGEST}

    class Meta:
        icon = "view"
        label = _("Think, then compare")
        template = "courses/blocks/reveal.html"
        preview_value = staticmethod(
            examples.told(
                {
                    "key": "preview",
                    "prompt": _("Write your first sentence."),
                    "answer": _("“You are right, and we are sorry.”"),
                }
            )
        )
        description = _("The reader thinks first, then opens the expert’s answer")

"""What every block that asks something of the reader has in common: it remembers what one answered.

A new one is a subclass, a template and a shape in `courses.formats.blocks`. The subclass says how an answer is read from
a form, whether it is right, and what may be shown: never the key before the answer. Answers are plain data, kept by
`courses.services.answer_block` for learners; a visitor's travels in the address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2s
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


@dataclass(frozen=True, slots=True)
class Kept:
    """A reader's answer: `state` as the block made it, `correct` None where nothing is right or wrong."""

    state: Any
    correct: bool | None = None
    tries: int = 1


class InteractiveBlock(blocks.StructBlock):  # type: ignore[misc]
    """A question, an exercise, a story: what one answers is remembered under `key`, the same in both languages."""

    state_type: ClassVar[type] = list  # what an answer is; anything else was left by another block of that name
    missing: ClassVar[str | Promise] = _("Choose an answer first.")

    def state_of(self, value: Mapping[str, Any], posted: QueryDict) -> Any:
        """Return the answer a form holds as plain data; None when it holds none, or half of one."""
        raise NotImplementedError

    def is_right(self, value: Mapping[str, Any], state: Any) -> bool | None:
        """Tell whether an answer is right; None where there is no right or wrong."""
        return None

    def settle(self, state: Any, kept: Any, now: datetime) -> Any:
        """Return what to keep, from a new answer and what was kept before (None the first time)."""
        return state

    def shown(self, value: Mapping[str, Any], kept: Kept | None) -> Mapping[str, Any]:
        """Return what the template needs besides the block's own value."""
        return {}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        kept = self._as_it_stands(value, _answers(context).get(value["key"]))
        problem = self.missing if value["key"] and _unanswered(context) == value["key"] else ""
        return context | {"answer": kept, "problem": problem, **self.shown(value, kept)}

    def _as_it_stands(self, value: Mapping[str, Any], kept: Kept | None) -> Kept | None:
        """Return an answer judged by the block as it is today: an author may have edited it since."""
        if kept is None or not isinstance(kept.state, self.state_type):
            return None
        return replace(kept, correct=self.is_right(value, kept.state))


def _unanswered(context: Mapping[str, Any]) -> str:
    request = context.get("request")
    return context.get("unanswered") or (request.GET.get("unanswered", "") if request else "")


def _answers(context: Mapping[str, Any]) -> Mapping[str, Kept]:
    """Return the reader's answers: those just given, or those on the request. No query."""
    answers = context.get("answers")
    if answers is None:
        learning = getattr(context.get("request"), "learning", None)
        answers = learning.answers if learning else {}
    return answers  # type: ignore[no-any-return]


def identifier() -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Identifier"), max_length=60, help_text=_("Unique; the same in both languages."))


def member_key() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Letter"), max_length=20, help_text=_("a, b, c…: the same letter in both languages.")
    )


def refuse(*reasons: str | Promise) -> blocks.StructBlockValidationError:
    """Return the error of a block whose fields do not agree, in sentences an author can act on."""
    return blocks.StructBlockValidationError(non_block_errors=[ValidationError(str(reason)) for reason in reasons])


def same_letter(members: Any) -> bool:
    keys = [member["key"] for member in members]
    return len(set(keys)) != len(keys)


def token(*parts: str) -> str:
    """Return an opaque name for a member of a block: the same for everybody, and it gives nothing away."""
    return blake2s("/".join(parts).encode(), digest_size=4).hexdigest()

"""What the blocks of questions are made of: texts in both languages, entries with their keys, the common check."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.vocabulary import ACTIONS, REASONS
from quizzes.author_words import reason_of
from quizzes.content import from_editor, with_letters
from quizzes.types import SpecError
from quizzes.types.moderation_matrix import REASONED
from quizzes.wording import RULES

ORDER = (
    "stem", "thread", "questions", "image", "alt", "min_words", "max_words", "kinds", "max_mb", "passage", "mode",
    "handle", "text", "points", "levels", "pairs", "choices", "items", "answers", "unit", "gaps", "decoys", "allowed",
    "comments", "regions", "criteria", "options", "statements", "actions", "accept", "match", "value", "tolerance", "high",
    "decision", "reasons", "defensible", "correct", "credit", "answer", "mean", "most", "least", "votes", "x", "y",
    "width", "height", "rule", "ignore_accents", "shuffle", "hints", "feedback", "id",
)  # fmt: skip


ACTION_CHOICES = [(code, action.label) for code, action in ACTIONS.items()]
REASON_CHOICES = [(code, reason.label) for code, reason in REASONS.items() if code in REASONED]


class OrderedBlock(blocks.StructBlock):  # type: ignore[misc]
    """Shows its fields in the order an author thinks of them, whichever class declares them."""

    def get_form_layout(self) -> Any:
        names = [name for name in ORDER if name in self.base_blocks]
        return blocks.BlockGroup(names) if names else super().get_form_layout()


class BothLanguages(blocks.StructBlock):  # type: ignore[misc]
    """A text in French and in English."""

    def __init__(self, *, rows: int = 2, required: bool = True, **kwargs: Any) -> None:
        languages = {"fr": _("French"), "en": _("English")}
        super().__init__(
            [(code, blocks.TextBlock(label=label, required=required, rows=rows)) for code, label in languages.items()],
            required=required,
            **kwargs,
        )

    class Meta:
        form_classname = "struct-block both-languages"


def stem(label: str | Promise = "") -> BothLanguages:
    return BothLanguages(
        label=label or _("Question"),
        rows=3,
        help_text=_("What the candidate reads. Markdown: **strong**, *emphasis*, paragraphs."),
    )


def feedback(help_text: str | Promise, *, required: bool = False) -> BothLanguages:
    return BothLanguages(label=_("Feedback"), required=required, help_text=help_text)


def letter() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Letter"),
        required=False,
        max_length=40,
        help_text=_("Names this entry in reports. Left empty, the next free letter is taken. Candidates never see it."),
    )


def ignore_accents() -> blocks.BooleanBlock:
    return blocks.BooleanBlock(
        label=_("Ignore accents"),
        required=False,
        help_text=_(
            "Usually left off: “ou” and “où” are two words. Another answer may earn part of the point instead."
        ),
    )


PIECE_FEEDBACK = _("Shown after the quiz beside this entry. Say why, so that a wrong answer teaches.")


class PieceBlock(OrderedBlock):
    """An option, a statement or an action; subclasses add the words of the key."""

    text = BothLanguages(label=_("Text"))
    feedback = feedback(PIECE_FEEDBACK)
    id = letter()


class ThreadComment(OrderedBlock):
    handle = blocks.CharBlock(label=_("Author of the comment"), max_length=60, help_text=_("A fictional name."))
    text = BothLanguages(label=_("Text"))


class ChoiceOption(PieceBlock):
    correct = blocks.BooleanBlock(label=_("Right answer"), required=False)
    credit = blocks.DecimalBlock(
        label=_("Part of the point"),
        required=False,
        min_value=0,
        max_value=1,
        help_text=_("For a defensible wrong answer: 0.5 earns half of the point. Usually left empty."),
    )


class TickOption(PieceBlock):
    correct = blocks.BooleanBlock(label=_("Right answer"), required=False)


class Statement(PieceBlock):
    answer = blocks.ChoiceBlock(label=_("Answer"), choices=[("true", _("True")), ("false", _("False"))])


class JudgedOption(PieceBlock):
    credit = blocks.ChoiceBlock(
        label=_("Worth"),
        choices=[
            ("1", _("1: the best answer")),
            ("0.7", _("0.7: a good answer")),
            ("0.4", _("0.4: a weak answer")),
            ("0", _("0: a wrong answer")),
        ],
    )
    votes = blocks.IntegerBlock(label=_("Votes of experts"), required=False, min_value=0)


class RatedAction(PieceBlock):
    mean = blocks.DecimalBlock(
        label=_("Experts’ mean rating"),
        min_value=1,
        max_value=5,
        help_text=_("From 1 (very inappropriate) to 5 (very appropriate); decimals allowed."),
    )


class EndAction(PieceBlock):
    most = blocks.BooleanBlock(label=_("The most appropriate"), required=False)
    least = blocks.BooleanBlock(label=_("The least appropriate"), required=False)


class QuestionBlock(OrderedBlock):
    """A whole question. Its check is the one the loader uses, so that what is saved can always be asked."""

    plural = "options"
    shuffle = blocks.BooleanBlock(
        label=_("Shuffle"),
        required=False,
        default=True,
        help_text=_("Each candidate gets the entries in another order."),
    )
    hints = blocks.ListBlock(
        BothLanguages(label=_("Hint")),
        label=_("Hints"),
        min_num=0,
        max_num=3,
        default=[],
        help_text=_("Shown one by one in quizzes that teach as one goes; each takes a share of the points."),
    )
    feedback = feedback(_("The idea to keep, shown to everyone after the quiz."))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        for listed in {self.plural, "choices"} & set(value):
            for piece, name in zip(value[listed], with_letters([p["id"] for p in value[listed]]), strict=True):
                piece["id"] = name
        try:
            from_editor(self.name, value)
        except SpecError as error:
            raise error_at(error.path, reason_of(error)) from error
        return value


def error_at(path: str, sentence: str) -> ValidationError:
    """Return an error that the editor shows beside the field at `path`, such as `options[1].credit`."""
    error: ValidationError = ValidationError(sentence)
    for step in reversed(re.findall(r"[^.\[\]]+", path)):
        if step.isdigit():
            error = blocks.ListBlockValidationError(block_errors={int(step): error})
        else:
            error = blocks.StructBlockValidationError(block_errors={step: error})
    if not path:
        return blocks.StructBlockValidationError(non_block_errors=[ValidationError(sentence)])
    return error


def pieces(
    block: type[PieceBlock], label: str | Promise, least: int, most: int = 10, **more: str | Promise
) -> blocks.ListBlock:
    return blocks.ListBlock(block(), label=label, min_num=least, max_num=most, **more)


def rule_block(codes: Any, default: str) -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(
        label=_("Scoring"),
        choices=[(code, RULES[code]) for code in codes],
        default=default,
        help_text=_("The candidate reads this sentence with the question."),
    )

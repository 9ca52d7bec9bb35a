"""The blocks of matching, ordering, typed answers, gaps, the moderation matrix and what is not scored."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.block_parts import (
    ACTION_CHOICES,
    PIECE_FEEDBACK,
    REASON_CHOICES,
    BothLanguages,
    OrderedBlock,
    PieceBlock,
    QuestionBlock,
    ThreadComment,
    feedback,
    ignore_accents,
    letter,
    pieces,
    rule_block,
    stem,
)
from quizzes.scoring.ordering import RULES as ORDER_RULES
from quizzes.scoring.typing import TOLERANCES
from quizzes.wording import KINDS


class Choice(OrderedBlock):
    text = BothLanguages(label=_("Text"))
    id = letter()


class Pair(PieceBlock):
    match = blocks.CharBlock(label=_("Goes with"), max_length=40, help_text=_("The letter of the right choice below."))


class MatchingBlock(QuestionBlock):
    plural = "pairs"
    stem = stem()
    pairs = pieces(Pair, _("Lines"), 2)
    choices = blocks.ListBlock(
        Choice(),
        label=_("Choices"),
        min_num=2,
        max_num=12,
        help_text=_("Their letters go a, b, c… from the top when left empty. Some may match nothing."),
    )
    rule = rule_block(("share_of_pairs", "every_pair"), "share_of_pairs")

    class Meta:
        icon = "link"
        label = KINDS["matching"]
        description = _("Lines that each go with one choice of a list")


class OrderingBlock(QuestionBlock):
    plural = "items"
    stem = stem()
    items = pieces(PieceBlock, _("Lines, in their right order"), 3, 8)
    rule = rule_block(ORDER_RULES, "all_pairs")

    class Meta:
        icon = "order-down"
        label = KINDS["ordering"]
        description = _("Lines to put in their right order")


class Accepted(OrderedBlock):
    accept = BothLanguages(label=_("Words accepted"), rows=1, help_text=_("Part words that are worth the same by |."))


class AnswerBlock(OrderedBlock):
    credit = blocks.DecimalBlock(
        label=_("Part of the point"),
        required=False,
        min_value=0,
        max_value=1,
        help_text=_("Empty for the whole point; 0.5 for an answer that is nearly right."),
    )
    feedback = feedback(PIECE_FEEDBACK)
    id = letter()


class WordAnswer(AnswerBlock, Accepted):
    pass


class NumberAnswer(AnswerBlock):
    value = blocks.DecimalBlock(label=_("Number"))
    tolerance = blocks.DecimalBlock(
        label=_("Tolerance"),
        required=False,
        min_value=0,
        help_text=_("As the scoring counts it: an amount, a share (0.05 for 5 %), or a number of figures."),
    )
    high = blocks.DecimalBlock(label=_("Upper end"), required=False, help_text=_("Of a range only."))


class ShortAnswerBlock(QuestionBlock):
    plural = "answers"
    shuffle = None
    stem = stem()
    answers = pieces(WordAnswer, _("Answers foreseen"), 1)
    ignore_accents = ignore_accents()

    class Meta:
        icon = "edit"
        label = KINDS["short_answer"]
        description = _("A word or a few to write")


class NumericBlock(QuestionBlock):
    plural = "answers"
    shuffle = None
    stem = stem()
    answers = pieces(NumberAnswer, _("Answers foreseen"), 1)
    unit = BothLanguages(
        label=_("Unit"), rows=1, required=False, help_text=_("Shown after the field; may be typed too.")
    )
    rule = rule_block(TOLERANCES, "nominal")

    class Meta:
        icon = "superscript"
        label = KINDS["numeric"]
        description = _("A number with its unit and a tolerance")


class Gap(Accepted):
    feedback = feedback(PIECE_FEEDBACK)
    id = letter()


class GapTextBlock(QuestionBlock):
    plural = "gaps"
    stem = stem()
    passage = BothLanguages(label=_("Passage"), rows=4, help_text=_("Plain text; write each gap as [[a]], [[b]]…"))
    mode = blocks.ChoiceBlock(
        label=_("Gaps are"),
        choices=[("typed", _("typed")), ("chosen", _("chosen from one list")), ("dragged", _("dragged from one list"))],
        default="typed",
    )
    gaps = pieces(Gap, _("Gaps"), 1)
    decoys = blocks.ListBlock(
        Accepted(), label=_("Other words to choose from"), min_num=0, max_num=8, default=[], required=False
    )
    ignore_accents = ignore_accents()

    class Meta:
        icon = "form"
        label = KINDS["gap_text"]
        description = _("A passage with gaps to fill in")


class CommentBlock(PieceBlock, ThreadComment):
    decision = blocks.ChoiceBlock(label=_("Right decision"), choices=ACTION_CHOICES)
    reasons = blocks.MultipleChoiceBlock(
        label=_("Right reasons"), choices=REASON_CHOICES, required=False, help_text=_("One of them is enough.")
    )
    defensible = blocks.MultipleChoiceBlock(
        label=_("Defensible decisions"), choices=ACTION_CHOICES, required=False, help_text=_("Each earns half.")
    )


class ModerationMatrixBlock(QuestionBlock):
    plural = "comments"
    stem = stem()
    allowed = blocks.MultipleChoiceBlock(
        label=_("Decisions offered"), choices=ACTION_CHOICES, default=["keep", "hide", "remove", "escalate"]
    )
    comments = pieces(CommentBlock, _("Comments of the thread"), 2, 8)
    rule = rule_block(("decision_and_reason", "decision_only"), "decision_and_reason")

    class Meta:
        icon = "comment-add"
        label = KINDS["moderation_matrix"]
        description = _("A fictional thread with one decision per comment")


class LikertBlock(QuestionBlock):
    plural = "statements"
    hints = None
    stem = stem()
    statements = pieces(PieceBlock, _("Statements"), 1)

    class Meta:
        icon = "pick"
        label = KINDS["likert"]
        description = _("How far one agrees; not scored")


class DescriptionBlock(OrderedBlock):
    stem = stem()

    class Meta:
        icon = "doc-full"
        label = KINDS["description"]
        description = _("A text between questions; not scored")

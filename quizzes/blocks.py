"""How an instructor writes a question: one block per type, both languages side by side."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.block_parts import (
    ChoiceOption,
    EndAction,
    JudgedOption,
    PieceBlock,
    QuestionBlock,
    RatedAction,
    Statement,
    ThreadComment,
    TickOption,
    pieces,
    rule_block,
    stem,
)
from quizzes.marked_blocks import EssayBlock, FileUploadBlock
from quizzes.more_blocks import (
    DescriptionBlock,
    GapTextBlock,
    LikertBlock,
    MatchingBlock,
    ModerationMatrixBlock,
    NumericBlock,
    OrderingBlock,
    ShortAnswerBlock,
)
from quizzes.picture_blocks import HotSpotBlock
from quizzes.scoring.choice import RULES as TICK_RULES
from quizzes.wording import KINDS


class SingleChoiceBlock(QuestionBlock):
    stem = stem()
    options = pieces(ChoiceOption, _("Answers"), 2)

    class Meta:
        icon = "radio-full"
        label = KINDS["single_choice"]
        description = _("One right answer among several")


class MultipleResponseBlock(QuestionBlock):
    stem = stem()
    options = pieces(TickOption, _("Answers"), 3)
    rule = rule_block(TICK_RULES, "per_option_penalty_floor0")

    class Meta:
        icon = "list-ul"
        label = KINDS["multiple_response"]
        description = _("Several right answers to tick")


class TrueFalseBlock(QuestionBlock):
    plural = "statements"
    stem = stem()
    statements = pieces(Statement, _("Statements"), 2, 5)

    class Meta:
        icon = "tick-inverse"
        label = KINDS["true_false"]
        description = _("Two to five statements, each true or false")


class BestAnswerBlock(QuestionBlock):
    stem = stem()
    options = pieces(JudgedOption, _("Answers"), 3)
    rule = rule_block(("author_weights", "consensus_proportional", "consensus_modal"), "author_weights")

    class Meta:
        icon = "comment"
        label = KINDS["sjt_best"]
        description = _("A situation and several answers, each worth more or less")


class RateActionsBlock(QuestionBlock):
    plural = "actions"
    stem = stem()
    actions = pieces(RatedAction, _("Actions"), 2)
    rule = rule_block(("absolute_distance", "squared_distance"), "absolute_distance")

    class Meta:
        icon = "order"
        label = KINDS["sjt_rate"]
        description = _("Each action is rated from 1 to 5 and compared with the experts")


class RankActionsBlock(QuestionBlock):
    plural = "actions"
    stem = stem()
    actions = pieces(PieceBlock, _("Actions, from best to worst"), 3)

    class Meta:
        icon = "list-ol"
        label = KINDS["sjt_rank"]
        description = _("Actions to put in order, best first")


class MostLeastBlock(QuestionBlock):
    plural = "actions"
    stem = stem()
    actions = pieces(EndAction, _("Actions"), 3)

    class Meta:
        icon = "arrow-up"
        label = KINDS["sjt_most_least"]
        description = _("The most and the least appropriate of several actions")


SINGLE_BLOCKS = [
    ("single_choice", SingleChoiceBlock()),
    ("multiple_response", MultipleResponseBlock()),
    ("true_false", TrueFalseBlock()),
    ("sjt_best", BestAnswerBlock()),
    ("sjt_rate", RateActionsBlock()),
    ("sjt_rank", RankActionsBlock()),
    ("sjt_most_least", MostLeastBlock()),
    ("matching", MatchingBlock()),
    ("ordering", OrderingBlock()),
    ("short_answer", ShortAnswerBlock()),
    ("numeric", NumericBlock()),
    ("gap_text", GapTextBlock()),
    ("moderation_matrix", ModerationMatrixBlock()),
]


def _without_hints(block: QuestionBlock) -> QuestionBlock:
    """Return the block of a question inside a case: the hints of a case stand beside its situation."""
    kind = type(block)
    return type(f"{kind.__name__}OfCase", (kind,), {"hints": None, "__module__": kind.__module__})()  # type: ignore[no-any-return]


class CaseBlock(QuestionBlock):
    plural = ""
    shuffle = None
    stem = stem(_("Situation"))
    thread = blocks.ListBlock(
        ThreadComment(), label=_("Fictional thread"), min_num=0, max_num=12, default=[], required=False
    )
    questions = blocks.StreamBlock(
        [(name, _without_hints(block)) for name, block in SINGLE_BLOCKS], label=_("Questions"), min_num=2, max_num=8
    )

    class Meta:
        icon = "folder-open-inverse"
        label = KINDS["case"]
        description = _("One situation, a text and perhaps a thread, with several questions below")


QUESTION_BLOCKS = [
    *SINGLE_BLOCKS,
    ("hot_spot", HotSpotBlock()),
    ("case", CaseBlock()),
    ("essay", EssayBlock()),
    ("file_upload", FileUploadBlock()),
    ("likert", LikertBlock()),
    ("description", DescriptionBlock()),
]

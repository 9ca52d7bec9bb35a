"""The blocks of what a person marks: an essay, a file, and their rubric."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.block_parts import BothLanguages, OrderedBlock, PieceBlock, QuestionBlock, pieces, stem
from quizzes.scoring.files import KINDS as FILE_KINDS
from quizzes.types.essay import MOST_WORDS
from quizzes.types.file_upload import MOST_MB, USUAL_MB
from quizzes.types.marked import MOST_POINTS
from quizzes.wording import FILES, KINDS


class Level(OrderedBlock):
    text = BothLanguages(label=_("What one sees at this level"))
    points = blocks.DecimalBlock(label=_("Points"), min_value=0, max_value=MOST_POINTS)


class Criterion(PieceBlock):
    feedback = None  # type: ignore[assignment]  # how Wagtail takes a field out
    levels = blocks.ListBlock(
        Level(),
        label=_("Levels"),
        min_num=2,
        max_num=6,
        help_text=_(
            "The best level says what the criterion is worth. Candidates read the levels once they are marked."
        ),
    )


class RubricBlock(QuestionBlock):
    plural = "criteria"
    shuffle = None
    stem = stem()
    criteria = pieces(Criterion, _("Criteria"), 1, 6)


class EssayBlock(RubricBlock):
    min_words = blocks.IntegerBlock(label=_("Least words"), required=False, min_value=0, max_value=MOST_WORDS)
    max_words = blocks.IntegerBlock(label=_("Most words"), required=False, min_value=0, max_value=MOST_WORDS)

    class Meta:
        icon = "pilcrow"
        label = KINDS["essay"]
        description = _("A text, marked by a person with a rubric")


class FileUploadBlock(RubricBlock):
    kinds = blocks.MultipleChoiceBlock(
        label=_("Files taken"),
        choices=[(code, FILES[code]) for code in FILE_KINDS],
        default=list(FILE_KINDS),
        help_text=_("The content is checked, whatever the name says."),
    )
    max_mb = blocks.IntegerBlock(label=_("Most megabytes"), default=USUAL_MB, min_value=1, max_value=MOST_MB)

    class Meta:
        icon = "upload"
        label = KINDS["file_upload"]
        description = _("A file, marked by a person with a rubric")

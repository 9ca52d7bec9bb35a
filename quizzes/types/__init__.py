"""The question types, one module each behind the contract of `base`. Adding a type: its module, one line here, its
template in templates/quizzes/types/, its words in quizzes/wording.py, its block in quizzes/blocks.py, its tests."""

from typing import Any

from quizzes.types.base import (
    BadResponse,
    Chance,
    Face,
    Json,
    Layout,
    Line,
    QuestionType,
    Raw,
    Response,
    Review,
    ReviewLine,
)
from quizzes.types.case import Case
from quizzes.types.description import Description
from quizzes.types.essay import Essay
from quizzes.types.file_upload import FileUpload
from quizzes.types.gap_text import GapText
from quizzes.types.hot_spot import HotSpot
from quizzes.types.likert import Likert
from quizzes.types.matching import Matching
from quizzes.types.moderation_matrix import ModerationMatrix
from quizzes.types.multiple_response import MultipleResponse
from quizzes.types.numeric import Numeric
from quizzes.types.ordering import Ordering
from quizzes.types.reader import LANGUAGES, Node, SpecError
from quizzes.types.short_answer import ShortAnswer
from quizzes.types.single_choice import SingleChoice
from quizzes.types.sjt_best import BestAnswer
from quizzes.types.sjt_most_least import MostLeast
from quizzes.types.sjt_rank import RankActions
from quizzes.types.sjt_rate import RateActions
from quizzes.types.true_false import TrueFalse

# The types a case may hold: those a machine scores.
SINGLE: dict[str, QuestionType[Any]] = {
    t.code: t
    for t in (
        SingleChoice(),
        MultipleResponse(),
        TrueFalse(),
        BestAnswer(),
        RateActions(),
        RankActions(),
        MostLeast(),
        Matching(),
        Ordering(),
        ShortAnswer(),
        Numeric(),
        GapText(),
        ModerationMatrix(),
    )
}
TYPES: dict[str, QuestionType[Any]] = SINGLE | {
    t.code: t for t in (HotSpot(), Case(SINGLE), Essay(), FileUpload(), Likert(), Description())
}


def type_of(node: Node) -> QuestionType[Any]:
    """Return the type named by the content at `node`. Errors: SpecError if it is missing or unknown."""
    return TYPES[node["type"].one_of(TYPES)]


def canonical(content: Json, path: str = "") -> Json:
    """Return authored content checked and in its one canonical form. Errors: SpecError."""
    node = Node(content, path)
    kind = type_of(node)
    return kind.dump(kind.parse(node))


__all__ = [
    "LANGUAGES",
    "SINGLE",
    "TYPES",
    "BadResponse",
    "Chance",
    "Face",
    "Json",
    "Layout",
    "Line",
    "Node",
    "QuestionType",
    "Raw",
    "Response",
    "Review",
    "ReviewLine",
    "SpecError",
    "canonical",
    "type_of",
]

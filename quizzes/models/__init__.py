"""Tables of the quizzes app: the bank, quizzes and their pages, attempts."""

from quizzes.models.attempts import GRACE, Answer, Attempt, ScoreLine
from quizzes.models.bank import Question, QuestionTag, QuestionVersion
from quizzes.models.marking import MarkedAnswer, Marking, Upload
from quizzes.models.mistakes import Mistake
from quizzes.models.parts import EnemyPair, QuizSection, QuizSlot, filed_under
from quizzes.models.quiz import Quiz, QuizPage
from quizzes.models.staff import Accommodation, AttemptEvent
from quizzes.models.versions import QuizVersion

__all__ = [
    "GRACE",
    "Accommodation",
    "Answer",
    "Attempt",
    "AttemptEvent",
    "EnemyPair",
    "MarkedAnswer",
    "Marking",
    "Mistake",
    "Question",
    "QuestionTag",
    "QuestionVersion",
    "Quiz",
    "QuizPage",
    "QuizSection",
    "QuizSlot",
    "QuizVersion",
    "ScoreLine",
    "Upload",
    "filed_under",
]

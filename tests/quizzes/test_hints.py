"""Hints: written by the author, shown one by one, paid for when the question is scored."""

from decimal import Decimal as Dec

import pytest

from quizzes import teaching
from quizzes.blocks import QUESTION_BLOCKS
from quizzes.checking import check_quiz
from quizzes.content import digest, from_editor, rendered, to_editor
from quizzes.models import Question
from quizzes.scoring import settle
from quizzes.types import TYPES, Node, SpecError, canonical
from quizzes.writing import quiz_data
from tests.conftest import NOW
from tests.quizzes.building import perfect_fields, plant_picture, plant_quiz, quiz_file, sitting_of
from tests.quizzes.samples import ALL_SAMPLES, SAMPLES, UNSCORED, sample, t
from tests.quizzes.test_attempts import answer, begin, submit

HINTED = {**sample("single_choice"), "type": "single_choice", "hints": [t("Think of the charter."), t("Second.")]}


def test_hints_are_canonical_content_and_come_back_from_the_editor():
    content = canonical(HINTED)
    assert [hint["en"] for hint in content["hints"]] == ["Think of the charter.", "Second."]
    assert canonical(content) == content
    body = Question(body=to_editor(content)).body
    assert digest(from_editor(body[0].block_type, body[0].value)) == digest(content)


def test_three_hints_at_most():
    with pytest.raises(SpecError, match="1 to 3 entries"):
        canonical({**HINTED, "hints": [t("a")] * 4})


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_question_without_hints_has_none(kind):
    content = canonical({**sample(kind), "type": kind})
    assert "hints" not in content
    assert TYPES[kind].parse(Node(content))


HINTABLE = [kind for kind in ALL_SAMPLES if kind not in UNSCORED]


@pytest.mark.parametrize("kind", HINTABLE)
def test_every_type_that_is_scored_takes_hints_in_files_and_in_the_editor(kind):
    content = canonical({**sample(kind), "type": kind, "hints": [t("Look again.")]})
    assert content["hints"] == [t("Look again.")]
    assert rendered(content)["hints"][0]["en"] == "Look again."
    assert "hints" in dict(QUESTION_BLOCKS)[kind].child_blocks
    assert "hints" in quiz_data(plan_with(content))["questions"][0]


def plan_with(content):
    question = {"id": "q1", **content}
    return check_quiz({"quiz": "hinted", "category": "x", "pass_mark": 0.5, "questions": [question]})


@pytest.mark.parametrize("kind", UNSCORED)
def test_what_is_not_scored_has_nothing_to_hint_at(kind):
    with pytest.raises(SpecError, match="unknown word"):
        canonical({**sample(kind), "type": kind, "hints": [t("Look again.")]})
    assert "hints" not in dict(QUESTION_BLOCKS)[kind].child_blocks


def test_a_question_of_a_case_offers_no_hint_of_its_own():
    parts = dict(QUESTION_BLOCKS)["case"].child_blocks["questions"].child_blocks
    assert parts
    assert all("hints" not in part.child_blocks for part in parts.values())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in HINTABLE if kind not in ("essay", "file_upload")])
def test_a_hint_takes_its_price_from_every_type(tree, learner, kind):
    if kind == "hot_spot":
        plant_picture()
    data = quiz_file("hinted", kinds=[kind], feedback="each")
    data["questions"][0]["hints"] = [t("Look again.")]
    attempt = begin(plant_quiz(tree, data), learner)
    teaching.ask_hint(sitting=sitting_of(attempt), number=1, posted={}, now=NOW)
    answer(attempt, perfect_fields(sitting_of(attempt)))
    (asked,) = sitting_of(attempt).questions
    whole = asked.type.score(asked.spec, asked.response)
    assert asked.review("en").fraction == whole * Dec("0.75")
    assert submit(attempt).fraction == settle(whole * Dec("0.75"))

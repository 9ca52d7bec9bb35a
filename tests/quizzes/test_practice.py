"""Practice that teaches: answers explained at once, hints, questions turned by a script; nothing of an exam among them."""

import datetime as dt

import pytest

from quizzes.models import Answer, Mistake
from tests.quizzes.building import choice_fields_at, few, perfect_fields, plant_quiz, quiz_file, sitting_of
from tests.quizzes.samples import UNSCORED, t
from tests.quizzes.test_attempts import begin, submit
from tests.quizzes.test_views import start, text, url

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def teaching(**changes):
    data = few("practice-1", count=2, feedback="each", **changes)
    for question in data["questions"]:
        question["hints"] = [t("HINT one"), t("HINT two")]
    return data


@pytest.mark.parametrize("layout", ["one_page", "one_per_page"])
def test_an_answer_is_explained_at_once_and_then_stands(tree, learner, learner_client, layout):
    planted = plant_quiz(tree, teaching(layout=layout))
    planted.enrol(learner)
    attempt = start(learner_client, planted)
    tokens = choice_fields_at(attempt, 1)
    page = learner_client.post(url("attempt", attempt.key), {"q1": tokens["c"], "go": "check-1"}, follow=True)
    assert text(page).count("FEEDBACK") == 4
    learner_client.post(url("attempt", attempt.key), {"q1": tokens["a"]})
    learner_client.post(url("save", attempt.key), {"q1": tokens["a"], "sequence": "99"})
    assert sitting_of(attempt).questions[0].response == {"c": "1"}


def test_a_hint_is_shown_on_request_and_costs_what_was_said(tree, learner, learner_client):
    planted = plant_quiz(tree, teaching(hint_cost=0.25))
    planted.enrol(learner)
    attempt = start(learner_client, planted)
    page = text(learner_client.get(url("attempt", attempt.key)))
    assert "HINT" not in page
    assert "A hint, for 25% of the points" in page
    for shown in (1, 2, 2):
        page = text(learner_client.post(url("attempt", attempt.key), {"go": "hint-1"}, follow=True))
        assert page.count("HINT") == shown
    learner_client.post(url("attempt", attempt.key), {**perfect_fields(sitting_of(attempt)), "go": "submit"})
    attempt.refresh_from_db()
    assert attempt.fraction == (1 + 0.5) / 2
    assert attempt.score_lines.order_by("slot").first().hints == 2


@pytest.mark.parametrize("go", ["check-1", "hint-1", "check-99"])
def test_a_quiz_that_does_not_teach_shows_nothing_early(exam, learner_client, go):
    attempt = start(learner_client, exam())
    page = learner_client.post(url("attempt", attempt.key), {"go": go}, follow=True)
    assert "FEEDBACK" not in text(page)
    assert not Answer.objects.filter(checked_at__isnull=False).exists()


def test_nothing_of_an_exam_becomes_a_mistake_to_practise(exam, learner):
    submit(begin(exam(exam=True, feedback="never"), learner))
    assert not Mistake.objects.exists()


def test_the_next_question_is_swapped_in_by_a_script(tree, learner, learner_client):
    planted = plant_quiz(tree, few(count=3, layout="one_per_page"))
    planted.enrol(learner)
    attempt = start(learner_client, planted)
    fields = {"q1": choice_fields_at(attempt, 1)["a"], "go": "2"}
    reply = learner_client.post(url("question", attempt.key, 1), fields, headers={"X-Turn": "1"})
    assert reply.headers["X-Turn-At"] == url("question", attempt.key, 2)
    assert text(reply).count('class="question"') == 1
    assert "<html" not in text(reply)
    assert sitting_of(attempt).questions[0].response == {"a": "1"}


def test_no_turn_of_any_type_holds_a_key(tree, learner, learner_client):
    data = quiz_file("turns", layout="one_per_page")
    for question in data["questions"]:
        if question["type"] not in UNSCORED:
            question["hints"] = [t("HINT one")]
    planted = plant_quiz(tree, data)
    planted.enrol(learner)
    attempt = start(learner_client, planted)
    fields = perfect_fields(sitting_of(attempt))
    for number in range(1, len(attempt.form["slots"])):
        mine = {k: v for k, v in fields.items() if k == f"q{number}" or k.startswith(f"q{number}-")}
        data, address = {**mine, "go": str(number + 1)}, url("question", attempt.key, number)
        reply = learner_client.post(address, data, headers={"X-Turn": "1"})
        everything = text(reply) + str(reply.headers)
        assert f"question-{number + 1}" in everything
        for leak in ("FEEDBACK", "HINT", "credit", "votes", "turns-"):
            assert leak not in everything, (number + 1, leak)

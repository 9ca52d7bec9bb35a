"""What a paper is drawn from: sections, pins, enemies, the bank, frozen versions."""

import datetime as dt

import pytest
from django.urls import reverse

from quizzes.loading import load_quiz
from quizzes.models import Quiz, QuizVersion
from quizzes.writing import plan_of, quiz_data
from tests.factories import UserFactory, instructor
from tests.quizzes.building import drawn, few, perfect_fields, plant_quiz, sitting_of
from tests.quizzes.samples import t
from tests.quizzes.test_attempts import begin, submit
from tests.quizzes.test_views import start, text, url

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def sectioned(**changes):
    titles = [{"title": t("Basics"), "draw": 1, "minimum": 0.5}, {"title": t("Law"), "draw": 2}]
    data = few(count=6, sections=titles, **changes)
    for n, question in enumerate(data["questions"]):
        question["section"] = 1 + n // 2
        if question["section"] == 3:
            question["section"] = 2
    data["questions"][2]["pinned"] = True
    data["enemies"] = [["exam-1-q2", "exam-1-q3"], ["exam-1-q4", "exam-1-q5"]]
    return data


def test_sections_draw_apart_pins_stay_and_enemies_never_meet(tree):
    planted = plant_quiz(tree, sectioned())
    seen = {tuple(sorted(drawn(begin(planted, UserFactory(), seed=seed)))) for seed in range(8)}
    assert seen == {("q0", "q2", "q4"), ("q0", "q2", "q5"), ("q1", "q2", "q4"), ("q1", "q2", "q5")}


def test_sections_are_named_on_the_paper_and_in_the_result(tree, learner, learner_client):
    planted = plant_quiz(tree, sectioned())
    planted.enrol(learner)
    attempt = start(learner_client, planted)
    assert text(learner_client.get(url("attempt", attempt.key))).count("paper__section") == 2
    fields = perfect_fields(sitting_of(attempt))
    fields.pop("q1")
    learner_client.post(url("attempt", attempt.key), fields)
    learner_client.post(url("finish", attempt.key))
    attempt.refresh_from_db()
    assert not attempt.passed
    assert "50% needed here" in text(learner_client.get(url("review", attempt.key)))


def test_a_file_with_everything_comes_back_as_it_was(tree):
    data = sectioned(exam=True, honour=True, time_limit=30, max_attempts=2, first_delay=60, feedback="never")
    quiz = load_quiz(data).quiz
    again = quiz_data(plan_of(quiz))
    report = load_quiz(again)
    assert (report.quiz_outcome, report.count("unchanged")) == ("unchanged", 7)
    assert again["enemies"] == data["enemies"]
    assert [s["title"] for s in again["sections"]] == [s["title"] for s in data["sections"]]


def test_an_exam_keeps_the_questions_of_its_version_until_it_is_published_again(exam, learner):
    planted = exam(exam=True, max_attempts=0)
    first = QuizVersion.objects.get()
    question = planted.quiz.slots.first().question
    question.body[0].value["stem"]["en"] = "Changed meanwhile"
    question.save_revision().publish()
    attempt = begin(planted, learner)
    assert attempt.quiz_version == first
    assert "Changed" not in sitting_of(attempt).questions[0].face("en").stem
    submit(attempt)
    Quiz.objects.get().save_revision().publish()
    assert [v.number for v in QuizVersion.objects.order_by("number")] == [1, 2]
    assert "Changed" in sitting_of(begin(planted, learner)).questions[0].face("en").stem


def test_publishing_the_same_quiz_again_makes_no_new_version(tree):
    quiz = load_quiz(few()).quiz
    quiz.save_revision().publish()
    assert quiz.versions.count() == 1
    with pytest.raises(TypeError):
        quiz.versions.get().save()


def test_a_section_draws_from_the_bank_by_filing(tree):
    load_quiz(few("bank-1", count=5, category="law/1"))
    data = few(count=2, sections=[{"title": t("Own")}, {"title": t("Law"), "draw": 3, "category": "law"}])
    planted = plant_quiz(tree, data)
    names = [s["version"] for s in begin(planted, UserFactory()).form["slots"]]
    assert len(set(names)) == len(names) == 5


def test_the_author_reads_the_check_before_publishing(client, tree):
    quiz = load_quiz(sectioned()).quiz
    client.force_login(instructor())
    page = text(client.get(reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk])))
    assert "Each candidate is asked 3 questions" in page
    assert "Law: 2 asked of 4 questions, 1 of them always" in page
    assert "Published as version 1" in page

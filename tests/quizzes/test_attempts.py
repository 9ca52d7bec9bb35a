"""Attempts: drawn once, answered in any order, submitted once, never touched by an edit."""

import datetime as dt
from decimal import Decimal as Dec
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from courses.models import ActivityRecord
from quizzes import services
from quizzes.loading import load_quiz
from quizzes.models import GRACE, Answer, Attempt, Question, QuestionVersion, ScoreLine
from quizzes.posting import sort_fields
from quizzes.types import TYPES, BadResponse
from tests.conftest import NOW
from tests.factories import UserFactory
from tests.quizzes.building import perfect_fields, plant_quiz, quiz_file, sitting_of
from tests.quizzes.samples import SAMPLES

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def begin(planted, user, *, seed=7, now=NOW):
    return services.start_attempt(
        user=user,
        quiz=planted.quiz,
        course_key=planted.tree.course_key,
        activity_key=planted.key,
        seed=seed,
        now=now,
    )


def answer(attempt, fields, *, sequence=None, now=NOW):
    return services.save_answers(
        sitting=sitting_of(attempt), posted=sort_fields(fields.items()), sequence=sequence, now=now
    )


def perfect(attempt, *, now=NOW):
    return answer(attempt, perfect_fields(sitting_of(attempt)), now=now)


def submit(attempt, *, now=NOW):
    return services.submit_attempt(sitting=sitting_of(attempt), now=now)


def test_starting_twice_gives_the_same_attempt(planted, learner):
    assert begin(planted, learner) == begin(planted, learner, seed=99)
    assert Attempt.objects.count() == 1


def test_the_database_refuses_two_open_attempts_at_one_activity(planted, learner):
    first = begin(planted, learner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            user=learner, course_key=uuid4(), activity_key=planted.key, quiz=planted.quiz, number=2, seed=1, form={},
            started_at=NOW,
        )  # fmt: skip
    assert Attempt.objects.get() == first


def test_the_paper_holds_no_word_of_any_language_and_follows_the_seed(planted, learner):
    attempt = begin(planted, learner)
    assert "answer" not in repr(attempt.form)
    assert "(fr)" not in repr(attempt.form)
    other = begin(planted, UserFactory(), seed=7)
    assert other.form == attempt.form
    assert begin(planted, UserFactory(), seed=8).form != attempt.form


def test_a_draw_takes_so_many_questions_without_repetition(tree, learner):
    planted = plant_quiz(tree, quiz_file(copies=2, draw=5))
    forms = [begin(planted, UserFactory(), seed=seed).form for seed in range(6)]
    for form in forms:
        versions = [slot["version"] for slot in form["slots"]]
        assert len(set(versions)) == len(versions) == 5
    assert len({tuple(s["version"] for s in form["slots"]) for form in forms}) > 1


def test_a_perfect_paper_passes_and_reaches_the_course(planted, learner):
    attempt = begin(planted, learner)
    perfect(attempt)
    done = submit(attempt, now=NOW + MINUTE)
    assert done.passed
    assert done.fraction > Dec("0.98")
    record = ActivityRecord.objects.get(user=learner, activity_key=planted.key)
    assert (record.state, record.passed) == ("done", True)
    lines = ScoreLine.objects.filter(attempt=attempt)
    assert lines.count() == len(SAMPLES)
    assert {line.objective for line in lines} == {"o1"}
    scored = [line for line in lines if line.weight]
    assert len(scored) == sum(TYPES[kind].scored for kind in SAMPLES)
    assert all(line.raw and line.response and line.rule and line.engine == "1" for line in scored)


def test_an_empty_paper_earns_nothing_and_does_not_pass(planted, learner):
    done = submit(begin(planted, learner))
    assert (done.fraction, done.passed) == (0, False)
    assert ActivityRecord.objects.get(user=learner).state == "begun"


def test_a_second_submission_returns_the_first_result(planted, learner):
    attempt = begin(planted, learner)
    perfect(attempt)
    first = submit(attempt)
    again = submit(attempt, now=NOW + MINUTE)
    assert (again.fraction, again.submitted_at) == (first.fraction, NOW)
    assert ScoreLine.objects.count() == len(SAMPLES)


def test_no_answer_is_taken_after_submission(planted, learner):
    attempt = begin(planted, learner)
    fields = perfect_fields(sitting_of(attempt))
    submit(attempt)
    with pytest.raises(services.AttemptClosed):
        answer(attempt, fields)
    assert not Answer.objects.exists()


def test_a_worse_second_attempt_takes_nothing_back(planted, learner):
    attempt = begin(planted, learner)
    perfect(attempt)
    best = submit(attempt).fraction
    second = begin(planted, learner, now=NOW + MINUTE)
    assert second.number == 2
    submit(second, now=NOW + MINUTE)
    record = ActivityRecord.objects.get(user=learner)
    assert record.passed
    assert record.best_fraction == best.quantize(Dec("0.00001"))


def choice_fields(attempt, *wanted):
    asked = sitting_of(attempt).questions[0]
    return {"q1": [asked.slot.layout.token_of(i) for i in wanted]}


def test_the_newest_sequence_wins_whatever_the_order_of_arrival(planted, learner):
    attempt = begin(planted, learner)
    answer(attempt, choice_fields(attempt, "b"), sequence=5)
    answer(attempt, choice_fields(attempt, "c"), sequence=3)  # a late retry
    assert sitting_of(attempt).questions[0].response == {"b": "1"}
    answer(attempt, choice_fields(attempt, "a"), sequence=6)
    assert sitting_of(attempt).questions[0].response == {"a": "1"}


def test_sending_the_same_answer_again_changes_nothing(planted, learner):
    attempt = begin(planted, learner)
    for _ in range(2):
        answer(attempt, choice_fields(attempt, "b"), sequence=5)
    assert Answer.objects.get().sequence == 5


def test_a_plain_form_counts_as_newest(planted, learner):
    attempt = begin(planted, learner)
    answer(attempt, choice_fields(attempt, "b"), sequence=50)
    answer(attempt, choice_fields(attempt, "c"))
    assert sitting_of(attempt).questions[0].response == {"c": "1"}


def test_a_forged_answer_is_refused_and_nothing_of_the_form_is_written(planted, learner):
    attempt = begin(planted, learner)
    fields = {**perfect_fields(sitting_of(attempt)), "q1": ["deadbeef"]}
    with pytest.raises(BadResponse):
        answer(attempt, fields)
    assert not Answer.objects.exists()


def test_fields_of_questions_that_do_not_exist_are_passed_over(planted, learner):
    attempt = begin(planted, learner)
    answer(attempt, {"q99": ["x"], "csrfmiddlewaretoken": ["y"], **choice_fields(attempt, "a")})
    assert Answer.objects.get().slot == 1


def timed(tree, minutes=10):
    return plant_quiz(tree, quiz_file(time_limit=minutes))


def test_the_deadline_is_set_by_the_server_at_the_start(tree, learner):
    assert begin(timed(tree), learner).deadline == NOW + 10 * MINUTE


def test_an_answer_within_the_grace_counts_and_later_does_not(tree, learner):
    attempt = begin(timed(tree), learner)
    answer(attempt, choice_fields(attempt, "a"), now=attempt.deadline + GRACE)
    with pytest.raises(services.AttemptClosed):
        answer(attempt, choice_fields(attempt, "b"), now=attempt.deadline + GRACE + dt.timedelta(seconds=1))
    assert sitting_of(attempt).questions[0].response == {"a": "1"}


def test_an_overdue_attempt_is_closed_with_what_it_has(tree, learner):
    attempt = begin(timed(tree), learner)
    perfect(attempt)
    early = services.close_overdue(attempt=attempt, now=NOW + MINUTE)
    assert early.is_open
    closed = services.close_overdue(attempt=attempt, now=NOW + 60 * MINUTE)
    assert (closed.closing, closed.submitted_at, closed.passed) == ("deadline", attempt.deadline, True)


def test_submitting_after_the_grace_is_a_closing_at_the_deadline(tree, learner):
    attempt = begin(timed(tree), learner)
    assert submit(attempt, now=NOW + 60 * MINUTE).closing == "deadline"


def test_starting_again_after_the_deadline_closes_the_old_attempt_first(tree, learner):
    planted = timed(tree)
    old = begin(planted, learner)
    new = begin(planted, learner, now=NOW + 60 * MINUTE)
    assert new.number == 2
    assert Attempt.objects.get(pk=old.pk).state == "submitted"


def test_an_edit_during_an_attempt_reaches_neither_its_page_nor_its_mark(planted, learner):
    attempt = begin(planted, learner)
    before = [q.face("en") for q in sitting_of(attempt).questions]
    data = quiz_file()
    data["questions"][0]["options"][0].pop("correct")
    data["questions"][0]["options"][2]["correct"] = True
    data["questions"][0]["stem"] = {"fr": "Autre", "en": "Other"}
    data["questions"].pop(3)
    load_quiz(data)
    Question.objects.get(identifier="moderation-1-sjt_rank-0").unpublish()
    assert [q.face("en") for q in sitting_of(attempt).questions] == before
    perfect(attempt)
    assert submit(attempt).fraction > Dec("0.98")
    review = sitting_of(attempt).questions[0].review("en")
    assert review.stem.startswith("<p>A visitor calls")


def another_key(data):
    options = data["questions"][0]["options"]
    options[0].pop("correct")
    options[2]["correct"] = True


def another_order(data):
    data["questions"][0]["options"].reverse()


def one_option_less(data):
    data["questions"][0]["options"] = data["questions"][0]["options"][:2]


def another_weight(data):
    data["questions"][0]["weight"] = 9


def another_remark(data):
    data["questions"][0]["feedback"] = {"fr": "Autre", "en": "Other"}


EDITS = [another_key, another_order, one_option_less, another_weight, another_remark]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("when", ["during", "after"])
def test_no_edit_reaches_an_attempt_its_key_and_its_remarks_stay_readable(planted, learner, edit, when):
    attempt = begin(planted, learner)
    perfect(attempt)
    before = [q.review("en") for q in sitting_of(attempt).questions]
    if when == "after":
        submit(attempt)
    data = quiz_file()
    edit(data)
    load_quiz(data)
    submit(attempt)
    attempt.refresh_from_db()
    assert [q.review("en") for q in sitting_of(attempt).questions] == before
    assert attempt.fraction > Dec("0.98")
    assert attempt.out_of == sum(q.slot.weight for q in sitting_of(attempt).questions)


def test_a_new_attempt_meets_the_new_version_and_no_retired_question(planted, learner):
    data = quiz_file()
    data["questions"][0]["stem"] = {"fr": "Autre", "en": "Other"}
    load_quiz(data)
    Question.objects.get(identifier="moderation-1-sjt_rank-0").unpublish()
    sitting = sitting_of(begin(planted, learner))
    assert sitting.questions[0].face("en").stem == "<p>Other</p>"
    assert "sjt_rank" not in {q.type.code for q in sitting.questions}


def test_a_quiz_without_a_published_question_cannot_start(planted, learner):
    for question in Question.objects.all():
        question.unpublish()
    with pytest.raises(services.NothingToAsk):
        begin(planted, learner)


def test_weights_count(tree, learner):
    data = quiz_file()
    data["questions"] = data["questions"][:2]
    data["questions"][0]["weight"] = 3
    attempt = begin(plant_quiz(tree, data), learner)
    answer(attempt, choice_fields(attempt, "a"))
    done = submit(attempt)
    assert (done.points, done.out_of, done.fraction) == (3, 4, Dec("0.75"))


def test_the_cost_of_an_attempt_does_not_grow_with_its_questions_or_with_earlier_attempts(
    tree, learner, django_assert_max_num_queries
):
    planted = plant_quiz(tree, quiz_file(copies=4))
    for _ in range(3):
        submit(begin(planted, learner))
    with django_assert_max_num_queries(8):
        attempt = begin(planted, learner)
    with django_assert_max_num_queries(4):
        sitting = sitting_of(attempt)
    fields = perfect_fields(sitting)
    with django_assert_max_num_queries(6):
        services.save_answers(sitting=sitting, posted=sort_fields(fields.items()), sequence=1, now=NOW)
    with django_assert_max_num_queries(16):
        services.submit_attempt(sitting=sitting, now=NOW)
    assert QuestionVersion.objects.count() == 4 * len(SAMPLES)


def test_fields_are_sorted_by_question():
    posted = [("q1", ["a"]), ("q12-ab12", ["3"]), ("q0", ["x"]), ("go", ["submit"]), ("q2-", ["x"]), ("q1x", ["x"])]
    posted += [("q3-p0-ab12", ["4"]), ("q3-p0-ab-12", ["x"]), ("file-3", ["x"])]
    assert sort_fields(posted) == {1: {"": ["a"]}, 12: {"ab12": ["3"]}, 3: {"p0-ab12": ["4"]}}
    assert len(sort_fields([("q1", ["x" * 30_000])])[1][""][0]) == 25_000

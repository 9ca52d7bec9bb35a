"""Twenty at once, in real transactions: one score, no answer after it, nothing lost."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from courses.models import ActivityRecord
from quizzes import services, teaching
from quizzes.delivery.clocks import read_clocks
from quizzes.extra_time import Grant, grant
from quizzes.mistakes import answer_sheet, next_sheet
from quizzes.models import Answer, Attempt, Mistake, Quiz, ScoreLine
from quizzes.posting import sort_fields
from quizzes.versions import freeze
from tests.conftest import NOW
from tests.factories import UserFactory, plant_tree
from tests.quizzes.building import perfect_fields, plant_quiz, quiz_file, sitting_of
from tests.quizzes.samples import SAMPLES, sample, t

MANY = 20


@pytest.fixture
def scene(django_db_setup, fresh_after, django_db_blocker):
    """A quiz and a learner written for good; the database is copied anew afterwards."""
    with django_db_blocker.unblock():
        yield plant_quiz(plant_tree()), UserFactory()


def begin(planted, learner, seed=1):
    return services.start_attempt(
        user=learner,
        quiz=planted.quiz,
        course_key=planted.tree.course_key,
        activity_key=planted.key,
        seed=seed,
        now=NOW,
    )


def at_once(act, count=MANY):
    """Run `act(n)` in as many threads as there are calls; return what each gave, exceptions included."""

    def run(n):
        try:
            return act(n)
        except services.AttemptClosed as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_twenty_starts_open_one_attempt(scene):
    attempts = at_once(lambda n: begin(*scene, seed=n))
    assert len({a.pk for a in attempts}) == 1
    assert Attempt.objects.count() == 1


def test_twenty_submits_and_twenty_answers_give_one_score_and_no_later_answer(scene):
    attempt = begin(*scene)
    fields = perfect_fields(sitting_of(attempt))
    sittings = [sitting_of(attempt) for _ in range(2 * MANY)]

    def act(n):
        if n % 2:
            return services.submit_attempt(sitting=sittings[n], now=NOW)
        return services.save_answers(
            sitting=sittings[n], posted=sort_fields(fields.items()), sequence=n, now=NOW
        ).attempt

    outcomes = at_once(act, 2 * MANY)
    submitted = [a for n, a in enumerate(outcomes) if n % 2]
    assert len({(a.fraction, a.passed, a.submitted_at) for a in submitted}) == 1
    assert ScoreLine.objects.count() == len(SAMPLES)
    assert ActivityRecord.objects.count() == 1
    lines = {line.slot: line.response for line in ScoreLine.objects.all()}
    kept = {answer.slot: answer.response for answer in Answer.objects.all()}
    assert {slot: response for slot, response in lines.items() if response} == kept


def test_answers_to_different_questions_sent_at_once_are_all_kept(scene):
    attempt = begin(*scene)
    fields = sort_fields(perfect_fields(sitting_of(attempt)).items())
    sittings = [sitting_of(attempt) for _ in fields]

    def act(n):
        posted = {n + 1: fields[n + 1]}
        return services.save_answers(sitting=sittings[n], posted=posted, sequence=n + 1, now=NOW)

    at_once(act, len(fields))
    assert Answer.objects.count() == len(fields) == len(SAMPLES) - 1


def test_twenty_checks_of_one_question_settle_one_answer(scene):
    planted, learner = scene
    attempt = begin(plant_quiz(planted.tree, quiz_file("practice", feedback="each")), learner)
    fields = sort_fields(perfect_fields(sitting_of(attempt)).items())
    sittings = [sitting_of(attempt) for _ in range(MANY)]

    def act(n):
        posted = {1: fields[1] if n % 2 else {"": [""]}}
        return teaching.settle_question(sitting=sittings[n], number=1, posted=posted, now=NOW).response

    shown = at_once(act)
    kept = Answer.objects.get()
    assert kept.checked_at == NOW
    assert {tuple(response.items()) for response in shown} == {tuple(kept.response.items())}


def test_twenty_hints_asked_at_once_cost_one_each_and_no_more_than_there_are(scene):
    planted, learner = scene
    questions = [{"id": "hinted", "hints": [t("one"), t("two")], **sample("single_choice")}]
    attempt = begin(plant_quiz(planted.tree, quiz_file("hints", feedback="each", questions=questions)), learner)
    sittings = [sitting_of(attempt) for _ in range(MANY)]
    at_once(lambda n: teaching.ask_hint(sitting=sittings[n], number=1, posted={}, now=NOW))
    assert Answer.objects.get().hints == 2


def test_twenty_answers_to_one_mistake_count_once(scene):
    planted, learner = scene
    services.submit_attempt(sitting=sitting_of(begin(planted, learner)), now=NOW)
    tomorrow = NOW + dt.timedelta(days=1)
    sheet = next_sheet(learner, now=tomorrow, seed=3)
    sheets = at_once(lambda _: answer_sheet(user=learner, ticket=sheet.ticket, raw={}, now=tomorrow))
    assert sum(not found.answered for found in sheets) == 1
    assert Mistake.objects.get(pk=sheet.mistake.pk).reviews == 1


def test_twenty_publications_of_one_quiz_freeze_one_version(scene):
    planted, _learner = scene
    Quiz.objects.update(time_limit=42)
    at_once(lambda _: freeze(Quiz.objects.get(pk=planted.quiz.pk)))
    assert [version.number for version in planted.quiz.versions.order_by("number")] == [1, 2]


def test_extra_time_granted_while_answers_arrive_loses_neither(scene):
    tree = scene[0].tree
    planted, learner = plant_quiz(tree, quiz_file("timed", time_limit=10)), scene[1]
    attempt = begin(planted, learner)
    fields = sort_fields(perfect_fields(sitting_of(attempt)).items())
    sittings = [sitting_of(attempt) for _ in range(MANY)]

    def act(n):
        if n == MANY // 2:
            return grant(user=learner, grant=Grant(50, 0, "decision"), by=None, now=NOW)
        posted = {n % 5 + 1: fields[n % 5 + 1]}
        return services.save_answers(sitting=sittings[n], posted=posted, sequence=n, now=NOW)

    at_once(act)
    attempt.refresh_from_db()
    assert attempt.deadline == NOW + dt.timedelta(minutes=15)
    assert Answer.objects.count() == 5


def test_twenty_windows_opened_at_once_start_one_clock(scene):
    planted, learner = scene
    data = quiz_file("clocked", layout="one_per_page", lock_points="question", question_seconds=60)
    attempt = begin(plant_quiz(planted.tree, data), learner)
    sittings = [sitting_of(attempt) for _ in range(MANY)]
    at_once(lambda n: services.enter(sitting=sittings[n], now=NOW + dt.timedelta(seconds=n)))
    attempt.refresh_from_db()
    clocks = read_clocks(attempt.clocks)
    assert set(clocks) == {"q1"}
    assert clocks["q1"].ends_at - clocks["q1"].started_at == dt.timedelta(seconds=60)


def test_twenty_turns_at_once_after_a_time_ran_out_leave_one_question(scene):
    planted, learner = scene
    data = quiz_file("clocked", layout="one_per_page", lock_points="question", question_seconds=60)
    attempt = begin(plant_quiz(planted.tree, data), learner)
    services.enter(sitting=sitting_of(attempt), now=NOW)
    sittings = [sitting_of(attempt) for _ in range(MANY)]
    late = NOW + dt.timedelta(seconds=61)
    at_once(lambda n: services.turn_page(sitting=sittings[n], posted={}, wanted=2, now=late, over=True))
    assert Attempt.objects.get(pk=attempt.pk).first_open == 2

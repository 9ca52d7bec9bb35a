"""Twenty at once, in real transactions: an answer, an enrolment, a lesson are counted once, no highlight is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import QueryDict

from courses import services
from courses.models import ActivityPass, ActivityRecord, CheckAnswer, Enrolment, Note
from courses.notes.highlights import Passage, highlight
from tests.conftest import NOW
from tests.factories import UserFactory, plant_tree

MANY = 20


@pytest.fixture
def scene(django_db_setup, fresh_after, django_db_blocker):
    """A lesson and a learner written for good; the database is copied anew afterwards."""
    with django_db_blocker.unblock():
        tree = plant_tree()
        yield tree, tree.lessons["fr"][0], UserFactory()


def at_once(act):
    def run(n):
        try:
            return act(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


def test_twenty_clicks_on_one_answer_are_one_try(scene):
    _tree, lesson, learner = scene
    block, value = lesson.interactive("k1")
    state = block.state_of(value, QueryDict("choice=b"))
    at_once(
        lambda n: services.answer_block(user=learner, lesson=lesson, block=block, value=value, state=state, now=NOW)
    )
    answer = CheckAnswer.objects.get()
    assert (answer.chosen, answer.tries) == (["b"], 1)


def test_twenty_clicks_on_enrol_and_on_read_count_once(scene):
    tree, lesson, learner = scene
    at_once(lambda n: services.enrol(user=learner, course_key=tree.course_key, now=NOW))
    assert Enrolment.objects.count() == 1
    keys = {"course_key": tree.course_key, "activity_key": lesson.translation_key}
    at_once(lambda n: services.complete_lesson(user=learner, now=NOW, **keys))
    assert [(record.state, record.completed_at) for record in ActivityRecord.objects.all()] == [("done", NOW)]
    assert ActivityPass.objects.count() == 1


def test_twenty_passages_marked_in_twenty_tabs_are_twenty(scene):
    tree, lesson, learner = scene
    keys = {"user": learner, "course_key": tree.course_key, "activity_key": lesson.translation_key, "now": NOW}
    at_once(lambda n: highlight(passage=Passage("fr", f"Passage {n}"), **keys))
    assert {mark["quote"] for mark in Note.objects.get().highlights} == {f"Passage {n}" for n in range(MANY)}

"""What a shift counts for: lightened, for oneself alone; waiting for marks, for nothing yet; a pass announced stays."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import ActivityPass, ActivityRecord
from sandbox import marking, playing, services
from sandbox.engine.constants import RUBRIC
from sandbox.engine.players import play
from sandbox.models import Act, Shift
from tests.factories import instructor

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


@pytest.fixture
def played(enrolled, tree, page):
    """A shift played without fault to its end and handed over: `played(left_out=["threat"])`."""

    def played(**choices):
        begun = timezone.now() - timedelta(hours=1)
        shift = services.start_shift(
            user=enrolled, scenario=page.scenario, course_key=tree.course_key, activity_key=page.translation_key,
            mode=choices.pop("mode", "practice"), seed=7, now=begun, **choices,
        )  # fmt: skip
        acts = play(playing.scenario_of(shift), shift.seed, "perfect")
        Act.objects.bulk_create(
            Act(
                shift=shift, key=uuid4(), sequence=n, minute=act.minute, received_at=begun, action=act.action,
                comment=act.comment, payload={"reason": act.reason, "desk": act.desk, "text": act.text,
                                              "ground": act.ground, "strategy": list(act.strategy)},
            )
            for n, act in enumerate(acts, 1)
        )  # fmt: skip
        Shift.objects.filter(pk=shift.pk).update(revision=len(acts))
        services.finish_shift(shift=shift, now=timezone.now())
        services.write_words(shift=shift, words="", now=timezone.now())
        return Shift.objects.get(pk=shift.pk)

    return played


def mark_all(shift, level, now=None):
    for act in Act.objects.written().filter(shift=shift):
        newest = marking.newest_of(act)
        marking.mark_reply(
            act=act, marker=instructor(), levels=dict.fromkeys(RUBRIC, level), capped=level == 0, remark="",
            seen=newest.number if newest else 0, now=now or timezone.now(),
        )  # fmt: skip


def record(shift):
    return ActivityRecord.objects.get(user=shift.user_id, activity_key=shift.activity_key)


def debrief(client, shift):
    return client.get(reverse("sandbox:debrief", args=[shift.key]))


def fail_by_marks(shift):
    """Bring the pass mark so high that bad marks of the texts fall short of it."""
    version = shift.version
    version.data = {**version.data, "pass_mark": 0.95}
    version.save()
    playing._parsed.cache_clear()
    playing._trimmed.cache_clear()
    mark_all(shift, 0)
    shift.refresh_from_db()


# -- lightened --------------------------------------------------------------------------------------------------------


def test_a_shift_taken_whole_counts_for_the_course(played):
    shift = played()
    assert (shift.passed, shift.lightened, record(shift).passed) == (True, False, True)


@pytest.mark.parametrize("choices", [{"left_out": ["threat"]}, {"severity_cap": 2}])
def test_a_lightened_shift_is_marked_for_oneself_and_counts_for_nothing_else(played, choices):
    shift = played(**choices)
    assert (shift.passed, shift.lightened) == (True, True)
    found = record(shift)
    assert (found.state, found.passed, found.best_fraction) == (ActivityRecord.State.BEGUN, False, None)
    assert not ActivityPass.objects.exists()


def test_a_topic_of_which_nothing_would_have_come_lightens_nothing(played):
    assert not played(left_out=["minors"]).lightened


def test_marks_of_a_lightened_shift_count_for_nothing_else_either(played):
    shift = played(left_out=["threat"])
    mark_all(shift, 3)
    assert not record(shift).passed


def test_an_exam_cannot_be_lightened(played):
    assert not played(mode="exam", left_out=["threat"], severity_cap=1).lightened


def test_one_is_told_before_and_after(mine, played, page, scenario):
    scenario.topics = [("code", "threat")]
    scenario.save()
    assert "un service pris en entier" in mine.get(page.url).content.decode()
    html = debrief(mine, played(left_out=["threat"])).content.decode()
    assert "Service allégé" in html
    assert "allégé" in mine.get(page.url).content.decode()


def test_a_whole_shift_after_a_lightened_one_counts(played):
    played(left_out=["threat"])
    assert record(played()).passed


# -- waiting for marks ------------------------------------------------------------------------------------------------


def test_where_the_pass_waits_for_marks_it_is_announced_with_the_last_one(played, mine):
    shift = played(marks_first=True)
    assert (shift.passed, shift.awaits_marks, record(shift).passed) == (None, True, False)
    assert "attend" in debrief(mine, shift).content.decode()
    mark_all(shift, 3)
    shift.refresh_from_db()
    assert (shift.passed, record(shift).passed) == (True, True)


def test_marks_that_were_waited_for_may_fail_it(played):
    shift = played(marks_first=True)
    fail_by_marks(shift)
    assert (shift.passed, record(shift).passed) == (False, False)


def test_a_shift_without_a_text_waits_for_nobody(begin):
    shift = begin(timezone.now() - timedelta(hours=1))
    Shift.objects.update(marks_first=True)
    services.finish_shift(shift=shift, now=timezone.now())
    shift.refresh_from_db()
    assert shift.passed is False


def test_a_shift_keeps_the_rule_it_began_under(mine, page, played):
    page.marks_first = True
    page.save_revision().publish()
    assert "un formateur a noté vos réponses" in mine.get(page.url).content.decode()
    mine.post(reverse("sandbox:start", args=[page.translation_key]))
    page.marks_first = False
    page.save_revision().publish()
    assert Shift.objects.get().marks_first


# -- a lower mark -----------------------------------------------------------------------------------------------------


def test_a_lower_mark_lowers_the_result_and_takes_back_no_pass(played, mine):
    shift = played()
    before = shift.result
    fail_by_marks(shift)
    assert shift.result < before
    assert (shift.passed, record(shift).passed) == (True, True)
    html = debrief(mine, shift).content.decode()
    assert "la réussite déjà annoncée demeure" in html


def test_whoever_marks_is_told_so(played, client):
    shift = played()
    client.force_login(instructor())
    act = Act.objects.written().filter(shift=shift).first()
    assert "is announced as passed" in client.get(reverse("sandbox_reply", args=[act.pk])).content.decode()


def test_a_shift_marked_later_is_one_pass_of_the_day_it_was_taken(played):
    shift = played()
    mark_all(shift, 1, now=timezone.now() + timedelta(days=90))
    mark_all(shift, 3, now=timezone.now() + timedelta(days=91))
    passed = ActivityPass.objects.get()
    shift.refresh_from_db()
    assert passed.at == shift.ended_at
    assert passed.fraction >= shift.result

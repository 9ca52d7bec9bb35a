"""A person marks: what waits, who may, what a second tab or a second thought does, and when the result comes."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.models import ActivityPass, ActivityRecord
from quizzes import marking, services
from quizzes.models import Attempt, MarkedAnswer, Marking, ScoreLine
from quizzes.types import TYPES, Node
from tests.conftest import NOW
from tests.factories import instructor, plain_learner
from tests.quizzes.building import perfect_fields, plant_quiz, quiz_file, sitting_of
from tests.quizzes.samples import PERFECT, sample

pytestmark = pytest.mark.django_db

BEST, FAIR, NONE = {"tone": "3", "facts": "2"}, {"tone": "1", "facts": "2"}, {"tone": "0", "facts": "0"}


@pytest.fixture
def marker(client, tree):
    return instructor(language="en")


@pytest.fixture
def desk(client, marker):
    client.force_login(marker)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def planted(tree):
    return plant_quiz(tree, quiz_file("marked", kinds=("single_choice", "essay", "file_upload")))


def submitted(planted, learner, *, without=()):
    """Return an attempt whose answers are in; slots `without` are left empty."""
    planted.enrol(learner)
    attempt = services.start_attempt(
        user=learner, quiz=planted.quiz, course_key=planted.tree.course_key, activity_key=planted.key, seed=3, now=NOW
    )
    sitting = sitting_of(attempt)
    fields = perfect_fields(sitting)
    posted = {}
    for name, values in fields.items():
        number, _, suffix = name[1:].partition("-")
        if int(number) not in without:
            posted.setdefault(int(number), {})[suffix] = values
    services.save_answers(sitting=sitting, posted=posted, sequence=None, now=NOW)
    return services.submit_attempt(sitting=sitting_of(attempt), now=NOW)


def opine(answer, marker, levels=BEST, seen=0, **more):
    opinion = marking.Opinion(levels, **more)
    return marking.mark_answer(answer=answer, opinion=opinion, marker=marker, seen=seen, now=NOW)


def fresh(attempt):
    return Attempt.objects.get(pk=attempt.pk)


def test_an_attempt_has_no_result_until_its_last_answer_is_marked(planted, learner, marker):
    attempt = submitted(planted, learner)
    essay, file = MarkedAnswer.objects.all()
    assert fresh(attempt).awaits_a_marker
    assert not ActivityRecord.objects.filter(user=learner, passed=True).exists()
    assert ScoreLine.objects.filter(attempt=attempt).count() == 1
    opine(essay, marker)
    assert fresh(attempt).awaits_a_marker
    opine(file, marker, FAIR)
    assert (fresh(attempt).awaits_a_marker, fresh(attempt).passed) == (False, True)
    assert str(fresh(attempt).fraction)[:5] == "0.866"
    assert ActivityRecord.objects.get(user=learner).passed


def test_what_was_left_empty_needs_no_marker(planted, learner):
    attempt = submitted(planted, learner, without=(2, 3))
    assert not MarkedAnswer.objects.exists()
    assert str(fresh(attempt).fraction)[:5] == "0.333"


def test_the_same_mark_sent_twice_counts_once(planted, learner, marker):
    submitted(planted, learner)
    answer = MarkedAnswer.objects.first()
    assert opine(answer, marker) == opine(answer, marker)
    assert (Marking.objects.count(), ScoreLine.objects.filter(slot=answer.slot).count()) == (1, 1)


def test_a_second_marker_who_has_not_seen_the_first_is_told(planted, learner, marker):
    submitted(planted, learner)
    answer = MarkedAnswer.objects.first()
    opine(answer, marker)
    with pytest.raises(marking.MarkedMeanwhile):
        opine(answer, instructor(email="second@example.org"), NONE)
    assert Marking.objects.get().levels == BEST


def test_a_mark_is_changed_with_a_reason_and_the_result_follows(planted, learner, marker):
    attempt = submitted(planted, learner)
    for answer in MarkedAnswer.objects.all():
        opine(answer, marker)
    with pytest.raises(marking.ReasonNeeded):
        opine(answer, marker, NONE, seen=1)
    opine(answer, marker, NONE, seen=1, reason="Read again")
    assert str(fresh(attempt).fraction)[:5] == "0.666"
    lines = ScoreLine.objects.filter(slot=answer.slot).order_by("pk")
    assert [(str(x.fraction.normalize()), x.scored_by) for x in lines] == [
        ("1", f"marker:{marker.pk}"),
        ("0", f"marker:{marker.pk}"),
    ]


def test_a_pass_is_of_the_day_the_attempt_was_handed_in_however_late_it_is_marked(planted, learner, marker):
    attempt = submitted(planted, learner)
    later = NOW + dt.timedelta(days=90)
    for answer in MarkedAnswer.objects.all():
        marking.mark_answer(answer=answer, opinion=marking.Opinion(BEST), marker=marker, seen=0, now=later)
    assert ActivityPass.objects.get().at == fresh(attempt).submitted_at == NOW


@pytest.mark.parametrize("levels", [{"tone": "3"}, {"tone": "2", "facts": "2"}, {**BEST, "style": "1"}])
def test_a_level_the_rubric_does_not_have_is_refused(planted, learner, marker, levels):
    submitted(planted, learner)
    with pytest.raises(ValueError, match="level"):
        opine(MarkedAnswer.objects.first(), marker, levels)
    assert not Marking.objects.exists()


@pytest.mark.parametrize("kind", ["essay", "file_upload"])
def test_marks_never_come_from_a_candidate(kind):
    type_ = TYPES[kind]
    spec = type_.parse(Node(sample(kind)))
    assert type_.score(spec, PERFECT[kind]) == 0
    assert type_.awaits(spec, PERFECT[kind])
    assert type_.score(spec, {"mark.tone": "3", "mark.facts": "2"}) == 0


# --- the desk in the admin


def address(answer):
    return reverse("quizzes_answer", args=[answer.key])


def filled(levels=BEST, seen=0, **more):
    return {**{f"level-{name}": points for name, points in levels.items()}, "comment": "", "seen": seen, **more}


def test_the_desk_lists_what_waits_without_a_name(desk, planted, learner, django_assert_max_num_queries):
    submitted(planted, learner)
    with django_assert_max_num_queries(30):
        page = desk.get(reverse("quizzes_answers")).content.decode()
    assert "Sorry, we were closed" in page
    assert learner.email not in page
    assert learner.display_name not in page


def test_a_marker_goes_from_one_answer_to_the_next(desk, planted, learner, marker):
    attempt = submitted(planted, learner)
    essay, file = MarkedAnswer.objects.all()
    page = desk.get(address(essay)).content.decode()
    assert "calm and warm (3 points)" in page
    assert learner.email not in page
    assert learner.display_name not in page
    assert address(file) in page
    reply = desk.post(address(essay), filled(comment="Warm and <exact>."))
    assert reply.url == address(file)
    assert desk.post(address(file), filled()).url == reverse("quizzes_answers")
    assert fresh(attempt).passed
    desk.force_login(learner)
    review = desk.get(reverse("quizzes:review", args=[attempt.key])).content.decode()
    assert "Warm and &lt;exact&gt;." in review
    assert "FEEDBACK calm and warm" in review


def test_a_form_without_every_criterion_is_shown_again(desk, planted, learner):
    submitted(planted, learner)
    answer = MarkedAnswer.objects.first()
    assert desk.post(address(answer), filled({"tone": "3"})).status_code == 422
    assert not Marking.objects.exists()


def test_a_second_tab_is_shown_the_mark_given_meanwhile(desk, planted, learner):
    submitted(planted, learner)
    answer = MarkedAnswer.objects.first()
    opine(answer, instructor(email="second@example.org"), NONE)
    reply = desk.post(address(answer), filled(comment="Mine", reason="late"))
    assert reply.status_code == 409
    assert "Mine" in reply.content.decode()
    assert re.search(r'name="seen" value="1"', reply.content.decode())
    assert desk.post(address(answer), filled(seen=1, reason="I read the facts again")).status_code == 302
    assert answer.markings.count() == 2


def test_the_file_goes_to_markers_alone(desk, client, planted, learner, marker):
    planted.enrol(learner)
    client.force_login(learner)
    client.post(reverse("quizzes:start", args=[planted.page["en"].pk]))
    attempt = Attempt.objects.latest("pk")
    number = next(q.number for q in sitting_of(attempt).questions if q.type.code == "file_upload")
    data = {f"file-{number}": SimpleUploadedFile("plan.txt", b"Monday"), "act": "send"}
    client.post(reverse("quizzes:upload", args=[attempt.key, number]), data)
    client.post(reverse("quizzes:finish", args=[attempt.key]))
    address_of_file = reverse("quizzes_answer_file", args=[MarkedAnswer.objects.get().key])
    assert client.get(address_of_file).status_code in (302, 403)
    client.force_login(marker)
    reply = client.get(address_of_file)
    assert b"".join(reply.streaming_content) == b"Monday"
    assert reply.headers["Content-Disposition"].startswith("attachment")


def test_nobody_marks_their_own_answer_and_learners_mark_nothing(desk, planted, marker):
    submitted(planted, marker)
    answer = MarkedAnswer.objects.first()
    assert desk.get(address(answer), follow=True).status_code == 404
    assert desk.get(reverse("quizzes_answer_file", args=[answer.key]), follow=True).status_code == 404
    desk.force_login(plain_learner())
    for name, args in (("quizzes_answers", []), ("quizzes_answer", [answer.key])):
        assert desk.get(reverse(name, args=args)).status_code in (302, 403)

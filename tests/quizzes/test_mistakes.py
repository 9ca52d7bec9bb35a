"""My mistakes: taken up when an attempt is scored, met again when due, counted once, one's own alone."""

import datetime as dt

import pytest
from django.core import signing
from django.core.signing import BadSignature
from django.urls import reverse
from django.utils import timezone

from quizzes import services
from quizzes.mistakes import answer_sheet, next_sheet, overview_of
from quizzes.models import Mistake
from quizzes.posting import sort_fields
from tests.conftest import NOW
from tests.factories import UserFactory
from tests.quizzes.building import few, perfect_fields, plant_quiz, quiz_file, sitting_of
from tests.quizzes.samples import PERFECT, SAMPLES, raw_of
from tests.quizzes.test_attempts import begin, perfect, submit

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def missed(tree, learner):
    """A learner who missed both questions of a small quiz, today."""
    planted = plant_quiz(tree, few("practice-1", count=2))
    submit(begin(planted, learner))
    return planted


def right(sheet):
    code = sheet.asked.type.code
    return raw_of(code, sheet.asked.slot.layout, PERFECT[code])


def test_what_was_missed_waits_until_tomorrow_and_what_was_right_does_not(tree, learner):
    planted = plant_quiz(tree, few(count=3))
    attempt = begin(planted, learner)
    fields = perfect_fields(sitting_of(attempt))
    fields.pop("q2")
    services.save_answers(sitting=sitting_of(attempt), posted=sort_fields(fields.items()), sequence=None, now=NOW)
    submit(attempt)
    mistake = Mistake.objects.get()
    assert (mistake.question.identifier, mistake.due_at, mistake.reviews) == ("exam-1-q1", NOW + DAY, 0)


def test_a_perfect_paper_leaves_nothing_to_repeat(tree, learner):
    attempt = begin(plant_quiz(tree, few()), learner)
    perfect(attempt)
    submit(attempt)
    assert not Mistake.objects.exists()


def test_missing_it_again_in_a_quiz_keeps_one_row(missed, learner):
    submit(begin(missed, learner, now=NOW + DAY), now=NOW + DAY)
    assert Mistake.objects.count() == 2
    assert set(Mistake.objects.values_list("reviews", flat=True)) == {1}


def test_nothing_is_due_before_tomorrow(missed, learner):
    assert next_sheet(learner, now=NOW, seed=1) is None
    found = overview_of(learner, now=NOW)
    assert (found.due, found.soon, found.total, found.next_due) == (0, 2, 2, NOW + DAY)
    assert overview_of(learner, now=NOW + DAY).due == 2


def test_a_right_answer_sends_the_question_further_and_further_away(missed, learner):
    now, waits = NOW + DAY, []
    for _ in range(3):
        sheet = next_sheet(learner, now=now, seed=5)
        after = answer_sheet(user=learner, ticket=sheet.ticket, raw=right(sheet), now=now)
        waits.append(after.mistake.due_at - now)
        Mistake.objects.exclude(pk=after.mistake.pk).delete()
        now = after.mistake.due_at
    assert waits == sorted(waits)
    assert waits[0] > DAY


def test_the_same_sheet_sent_twice_counts_once(missed, learner):
    sheet = next_sheet(learner, now=NOW + DAY, seed=5)
    first = answer_sheet(user=learner, ticket=sheet.ticket, raw={}, now=NOW + DAY)
    again = answer_sheet(user=learner, ticket=sheet.ticket, raw=right(sheet), now=NOW + DAY)
    assert again.answered
    assert (again.mistake.due_at, again.mistake.reviews) == (first.mistake.due_at, 1)


def test_somebody_else_s_sheet_and_a_forged_one_are_refused(missed, learner):
    sheet = next_sheet(learner, now=NOW + DAY, seed=5)
    with pytest.raises(Mistake.DoesNotExist):
        answer_sheet(user=UserFactory(), ticket=sheet.ticket, raw={}, now=NOW + DAY)
    with pytest.raises(BadSignature):
        answer_sheet(user=learner, ticket=sheet.ticket[:-3] + "abc", raw={}, now=NOW + DAY)


def test_a_sheet_tells_no_option_from_another(missed, learner):
    sheet = next_sheet(learner, now=NOW + DAY, seed=5)
    told = signing.loads(sheet.ticket, salt="quizzes.mistakes")
    assert set(told) == {"mistake", "version", "reviews", "nonce"}
    orders = {
        tuple(i for _, i in next_sheet(learner, now=NOW + DAY, seed=n).asked.slot.layout.items) for n in range(12)
    }
    assert len(orders) > 1


def test_a_retired_question_never_comes_back(missed, learner):
    for slot in missed.quiz.slots.all():
        slot.question.unpublish()
    assert overview_of(learner, now=NOW + DAY).total == 0
    assert next_sheet(learner, now=NOW + DAY, seed=1) is None


# --- the pages


def page(client, name, method="get", language="en", **data):
    from django.utils import translation

    with translation.override(language):
        address = reverse(f"quizzes:{name}")
    return getattr(client, method)(address, data)


@pytest.mark.parametrize(("language", "words"), [("en", "My mistakes"), ("fr", "<h1>")])
def test_an_empty_page_says_what_will_come(learner_client, tree, language, words):
    response = page(learner_client, "mistakes", language=language)
    assert words in response.content.decode()
    assert 'class="empty"' in response.content.decode()


def test_a_few_minutes_a_day(learner_client, missed):
    Mistake.objects.update(due_at=timezone.now() - DAY)
    assert "2 questions today" in page(learner_client, "mistakes").content.decode()
    for left in (1, 0):
        asked = page(learner_client, "practise")
        assert "FEEDBACK" not in asked.content.decode()
        answered = page(learner_client, "practise", "post", ticket=asked.context["ticket"], q1="")
        assert "FEEDBACK" in answered.content.decode()
        assert answered.context["overview"].due == left
    assert page(learner_client, "practise").status_code == 302
    assert "Done for today" in page(learner_client, "mistakes").content.decode()


def test_an_old_form_gives_a_fresh_one(learner_client, missed):
    assert page(learner_client, "practise", "post", ticket="forged").url.endswith("/practise/")


@pytest.mark.parametrize("name", ["mistakes", "practise"])
def test_a_visitor_signs_in_first(client, tree, name):
    assert "login" in page(client, name).url


def test_strangers_see_their_own_page_alone(client, missed):
    Mistake.objects.update(due_at=timezone.now() - DAY)
    client.force_login(UserFactory())
    assert 'class="empty"' in page(client, "mistakes").content.decode()
    assert page(client, "practise").status_code == 302


def test_the_dashboard_tells_what_is_due(learner_client, missed):
    Mistake.objects.update(due_at=timezone.now() - DAY)
    assert "2 due" in learner_client.get("/en/dashboard/").content.decode()


def test_the_pages_cost_the_same_however_many_wait(learner_client, learner, tree, django_assert_max_num_queries):
    submit(begin(plant_quiz(tree, quiz_file(copies=2)), learner))
    Mistake.objects.update(due_at=timezone.now() - DAY)
    assert Mistake.objects.count() > len(SAMPLES)
    page(learner_client, "mistakes")
    with django_assert_max_num_queries(5):
        page(learner_client, "mistakes")
    with django_assert_max_num_queries(8):
        page(learner_client, "practise")

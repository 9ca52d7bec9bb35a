from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import ActivityRecord
from sandbox import services
from sandbox.models import Act, Shift
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def at(minute):
    """A start such that the desk now stands at this simulated minute (pace 8)."""
    return timezone.now() - timedelta(minutes=minute / 8)


def url(name, shift):
    return reverse(f"sandbox:{name}", args=[shift.key])


def post(client, shift, action, comment="c01", key=None, **fields):
    data = {"key": str(key or uuid4()), "action": action, "comment": comment, **fields}
    return client.post(url("act", shift), data)


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


def test_the_page_of_the_scenario_briefs_and_offers_the_shift(mine, page):
    response = mine.get(page.url)
    assert response.status_code == 200
    assert "Herbier Valmont" in response.content.decode()
    assert reverse("sandbox:start", args=[page.translation_key]) in response.content.decode()


def test_starting_opens_the_desk_and_starting_again_finds_it(mine, page):
    start = reverse("sandbox:start", args=[page.translation_key])
    first, second = mine.post(start), mine.post(start)
    assert first.status_code == 302
    assert first.url == second.url == url("desk", Shift.objects.get())


def test_starting_needs_an_enrolment(client, learner, page):
    client.force_login(learner)
    assert client.post(reverse("sandbox:start", args=[page.translation_key])).status_code == 404


@pytest.mark.parametrize("name", ["start"])
def test_starting_is_a_post(mine, page, name):
    assert mine.get(reverse(f"sandbox:{name}", args=[page.translation_key])).status_code == 405


def test_the_desk_shows_what_has_arrived_and_nothing_of_the_future(mine, begin):
    html = mine.get(url("desk", begin(at(7)))).content.decode()
    assert "Troisième retard" in html
    assert "Plants gratuits" in html
    assert "entrepôt" not in html  # arrives at minute 9
    assert "Une question appelle une réponse visible" not in html  # the rationale
    assert "critique légitime" not in html  # why removing is a mistake


def test_nothing_of_the_key_reaches_the_browser(mine, begin):
    html = mine.get(url("desk", begin(at(20)))).content.decode()
    for word in ("troll", "spammer", "clear_cut", "severity", "Faux site au nom", "Menace contre des personnes"):
        assert word not in html


def test_an_act_is_recorded_and_shown(mine, begin):
    shift = begin(at(7))
    response = post(mine, shift, "remove", "c03", reason="scam_spam")
    assert response.status_code == 302
    assert response.url.endswith("?c=c03#bench")
    act = Act.objects.get()
    assert (act.action, act.comment, act.payload) == ("remove", "c03", {"reason": "scam_spam"})
    assert act.minute == pytest.approx(7, abs=0.5)


def test_a_double_click_counts_once(mine, begin):
    shift, key = begin(at(7)), uuid4()
    for _ in range(2):
        assert post(mine, shift, "keep", "c01", key=key).status_code == 302
    assert Act.objects.count() == 1


def test_two_buttons_of_the_same_form_are_two_acts(mine, begin):
    shift, key = begin(at(7)), uuid4()
    post(mine, shift, "keep", "c01", key=key)
    post(mine, shift, "feature", "c01", key=key)
    assert Act.objects.count() == 2


@pytest.mark.parametrize(
    ("action", "fields", "sentence"),
    [
        ("remove", {}, "Choose a reason"),
        ("escalate", {}, "Choose the desk"),
        ("reply_public", {"text": "  "}, "Write your text"),
    ],
)
def test_a_refused_act_says_why_and_keeps_what_was_typed(mine, begin, action, fields, sentence):
    shift = begin(at(7))
    response = mine.post(
        reverse("sandbox:act", args=[shift.key]).replace("/fr/", "/en/"),
        {"key": uuid4(), "action": action, "comment": "c01", **fields},
    )
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Act.objects.exists()


def test_a_comment_of_the_future_cannot_be_acted_upon(mine, begin):
    assert post(mine, begin(at(2)), "keep", "c05").status_code == 422


def test_an_act_without_a_key_is_refused(mine, begin):
    shift = begin(at(7))
    assert mine.post(url("act", shift), {"action": "keep", "comment": "c01"}).status_code == 422


def test_an_act_can_be_taken_back(mine, begin):
    shift = begin(at(7))
    post(mine, shift, "hide", "c02", reason="off_topic")
    post(mine, shift, "undo", "c02", target=str(Act.objects.get().key))
    html = mine.get(url("desk", shift) + "?c=c02").content.decode()
    assert 'id="q-c02" data-state="new"' in html


@pytest.mark.parametrize("name", ["desk", "poll", "debrief"])
def test_a_stranger_meets_404(client, begin, name):
    shift = begin(at(7))
    client.force_login(UserFactory())
    assert client.get(url(name, shift)).status_code == 404


@pytest.mark.parametrize("name", ["act", "clock", "write"])
def test_a_stranger_can_write_nothing(client, begin, name):
    shift = begin(at(7))
    client.force_login(UserFactory())
    assert client.post(url(name, shift), {"wish": "finish"}).status_code == 404
    assert Shift.objects.get().running


@pytest.mark.parametrize("name", ["act", "clock", "write"])
def test_writing_is_a_post(mine, begin, name):
    assert mine.get(url(name, begin(at(7)))).status_code == 405


def test_a_visitor_is_sent_to_log_in(client, begin):
    assert client.get(url("desk", begin(at(7)))).status_code == 302


def test_a_script_gets_fragments_back_from_an_act(mine, begin):
    shift = begin(at(7))
    cursor = mine.get(url("desk", shift)).context["desk"].cursor
    data = {"key": uuid4(), "action": "keep", "comment": "c01", "cursor": cursor}
    html = mine.post(url("act", shift), data, headers={"X-Desk": "fragment"}).content.decode()
    assert 'id="bench"' in html
    assert 'data-into="handled"' in html
    assert "<html" not in html


def test_pausing_stops_the_clock_and_going_on_restarts_it(mine, begin):
    shift = begin(at(7))
    mine.post(url("clock", shift), {"wish": "pause"})
    shift.refresh_from_db()
    assert shift.paused
    assert shift.clock_minute == pytest.approx(7, abs=0.5)
    mine.post(url("clock", shift), {"wish": "resume"})
    shift.refresh_from_db()
    assert not shift.paused


def test_an_exam_has_no_pause_no_jump_and_no_stop(mine, begin):
    shift = begin(at(7), mode="exam")
    for wish in ("pause", "ahead", "stop"):
        mine.post(url("clock", shift), {"wish": wish})
    shift.refresh_from_db()
    assert shift.running
    assert shift.clock_minute == 0
    assert shift.clock_from is not None


def test_moving_on_brings_the_next_arrival_and_a_second_click_nothing_more(mine, begin):
    shift = begin(at(7))
    seen = mine.get(url("desk", shift)).context["desk"].happened
    for _ in range(2):
        mine.post(url("clock", shift), {"wish": "ahead", "seen": seen})
    desk = mine.get(url("desk", shift)).context["desk"]
    assert desk.happened == seen + 1


def test_stopping_leaves_no_result(mine, begin, page):
    shift = begin(at(7))
    assert mine.post(url("clock", shift), {"wish": "stop"}).url == page.url
    shift.refresh_from_db()
    assert shift.state == Shift.State.STOPPED
    assert not ActivityRecord.objects.filter(passed=True).exists()


def test_handing_over_asks_for_ones_own_words_then_shows_the_debrief(mine, begin, page):
    shift = begin(at(30))
    post(mine, shift, "remove", "c02", reason="off_topic")
    assert mine.post(url("clock", shift), {"wish": "finish"}).url == url("debrief", shift)
    first = mine.get(url("debrief", shift)).content.decode()
    assert 'name="words"' in first
    assert "Dure mais légitime" not in first
    mine.post(url("write", shift), {"words": "Trop vite."})
    html = mine.get(url("debrief", shift)).content.decode()
    assert "Trop vite." in html
    assert "Dure mais légitime" in html
    assert "C’est une critique légitime." in html
    assert "<svg" in html
    record = ActivityRecord.objects.get(activity_key=page.translation_key)
    assert not record.passed
    assert float(record.best_fraction) == pytest.approx(float(Shift.objects.get().result))


def test_the_shift_ends_by_itself_when_its_time_is_over(mine, begin):
    shift = begin(at(61))
    assert mine.get(url("desk", shift)).status_code == 302
    shift.refresh_from_db()
    assert shift.state == Shift.State.ENDED


def test_the_debrief_waits_for_the_end(mine, begin):
    assert mine.get(url("debrief", begin(at(7)))).status_code == 302


def test_the_first_words_stay_and_the_commitment_may_change(mine, begin):
    shift = services.finish_shift(shift=begin(at(7)), now=timezone.now())
    for words in ("First", "Second"):
        mine.post(url("write", shift), {"words": words})
    for commitment in ("Read twice.", "Read three times."):
        mine.post(url("write", shift), {"commitment": commitment})
    shift.refresh_from_db()
    assert (shift.words, shift.commitment) == ("First", "Read three times.")


def test_a_debrief_speaks_the_readers_language(mine, begin):
    shift = services.finish_shift(shift=begin(at(7)), now=timezone.now())
    mine.post(url("write", shift), {"words": ""})
    english = mine.get(url("debrief", shift).replace("/fr/", "/en/")).content.decode()
    assert "A question deserves a visible answer." in english

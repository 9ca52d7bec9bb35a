"""What practice allows and an exam does not; what one leaves out; templates that ask."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from quizzes.extra_time import Grant, grant
from sandbox import clock_services, services
from sandbox.loading import load_scenario
from sandbox.models import Act, ScenarioPage, Shift
from sandbox.reply_templates import templates_for
from sandbox.slips import Slip
from tests.conftest import NOW
from tests.factories import UserFactory
from tests.sandbox.samples import example, herbarium

pytestmark = pytest.mark.django_db


def at(minute):
    return timezone.now() - timedelta(minutes=minute / 8)


def url(name, shift):
    return reverse(f"sandbox:{name}", args=[shift.key])


def post(client, shift, action, comment="c01", **fields):
    return client.post(url("act", shift), {"key": uuid4(), "action": action, "comment": comment, **fields})


def wish(client, shift, what):
    return client.post(url("clock", shift), {"wish": what})


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


# -- speed -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [0.5, 1, 2, 4])
def test_the_clock_runs_at_the_speed_asked_for_from_now_on(begin, factor):
    shift = begin(NOW)
    half = NOW + timedelta(minutes=1)
    shift = clock_services.set_speed(shift=shift, factor=factor, now=half)
    later = half + timedelta(minutes=1)
    assert services.playing.minute_of(shift, later) == 8 + 8 * factor


def test_a_speed_nobody_offers_changes_nothing_and_a_paused_clock_stays_paused(begin):
    shift = begin(NOW)
    assert clock_services.set_speed(shift=shift, factor=60, now=NOW).pace == 8
    shift = clock_services.set_clock(shift=shift, paused=True, now=NOW)
    assert clock_services.set_speed(shift=shift, factor=2, now=NOW).paused


def test_the_speed_survives_a_refresh(mine, begin):
    shift = begin(at(5))
    wish(mine, shift, "speed:2")
    wish(mine, shift, "speed:nonsense")
    html = mine.get(url("desk", shift)).content.decode()
    assert 'value="speed:2" aria-pressed="true"' in html
    assert 'data-pace="16.0"' in html


# -- exam ------------------------------------------------------------------------------------------------------------------


def test_an_exam_knows_neither_pause_nor_speed_nor_stop_nor_hint_nor_undo(mine, begin):
    shift = begin(at(7), mode="exam")
    for what in ("pause", "speed:0.5", "ahead", "stop"):
        wish(mine, shift, what)
    shift.refresh_from_db()
    assert (shift.running, shift.paused, shift.pace) == (True, False, 8)
    post(mine, shift, "keep")
    refused = post(mine, shift, "undo", target=str(Act.objects.get().key))
    assert refused.status_code == 422
    html = mine.get(url("desk", shift), {"c": "c01"}).content.decode()
    for what in ("speed:", 'value="pause"', 'value="stop"', 'value="undo"', 'data-key="u"'):
        assert what not in html


def test_an_exam_with_too_few_decisions_says_so_and_is_not_passed(mine, begin):
    shift = begin(at(7), mode="exam")
    services.finish_shift(shift=shift, now=timezone.now())
    mine.post(url("write", shift).replace("/fr/", "/en/"), {"words": "fine"})
    html = mine.get(url("debrief", shift).replace("/fr/", "/en/")).content.decode()
    assert "Not enough evidence" in html
    shift.refresh_from_db()
    assert shift.passed is False


def test_the_briefing_of_an_exam_says_what_it_is_before_one_begins(mine, page):
    ScenarioPage.objects.filter(pk=page.pk).update(mode="exam")
    html = mine.get(page.url.replace("/fr/", "/en/")).content.decode()
    html = html if "This is an exam" in html else mine.get(page.url).content.decode()
    assert 'name="left_out"' not in html
    assert "40" in html


def test_an_exam_cannot_be_made_of_a_scenario_with_too_few_comments(page):
    page.mode = "exam"
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert "mode" in refusal.value.message_dict


def test_extra_time_slows_the_clock_of_an_exam_and_of_nothing_else(begin, enrolled, django_user_model):
    admin = django_user_model.objects.create_superuser("boss@example.org", "x")
    grant(user=enrolled, grant=Grant(percent=25, minutes=0, reason="décision du 3 mars"), by=admin, now=NOW)
    assert begin(NOW).pace == 8
    services.stop_shift(shift=Shift.objects.get(), now=NOW)
    assert begin(NOW, mode="exam").pace == 8 / 1.25


# -- everything undone in practice ------------------------------------------------------------------------------------------


def test_in_practice_even_a_published_reply_is_taken_back(mine, begin):
    shift = begin(at(7))
    post(mine, shift, "reply_public", text="Bonjour Léa, nous regardons.")
    assert "nous regardons" in mine.get(url("desk", shift), {"c": "c01"}).content.decode()
    assert post(mine, shift, "undo", target=str(Act.objects.get().key)).status_code == 302
    assert "nous regardons" not in mine.get(url("desk", shift), {"c": "c01"}).content.decode()
    assert [a.action for a in Act.objects.order_by("sequence")] == ["reply_public", "unsay"]


def test_a_statement_on_the_situation_is_seen_in_ones_shift_so_far_and_taken_back(mine, begin):
    shift = begin(at(27))
    post(mine, shift, "statement", comment="", text="Nous regardons, prochain point à dix heures.")
    far = mine.get(url("desk", shift)).context["desk"].so_far
    assert [line.action for line in far.situation] == ["statement"]
    post(mine, shift, "undo", comment="", target=str(Act.objects.get().key))
    assert mine.get(url("desk", shift)).context["desk"].so_far.situation == []


def test_a_note_keeps_its_words_and_a_skipped_comment_is_set_aside(mine, begin):
    shift = begin(at(7))
    post(mine, shift, "note", comment="", text="Relancer l’entrepôt.")
    assert Act.objects.get().payload == {"text": "Relancer l’entrepôt."}
    post(mine, shift, "skip", "c02")
    desk = mine.get(url("desk", shift)).context["desk"]
    assert "c02" not in {s.id for s in desk.queue}
    assert desk.slips["c02"].word


# -- topics ----------------------------------------------------------------------------------------------------------------


def start(client, page, **data):
    return client.post(reverse("sandbox:start", args=[page.translation_key]), data)


def test_what_is_left_out_never_comes(mine, page):
    start(mine, page, chosen="1", left_out=["threat"], severity_cap="2")
    shift = Shift.objects.get()
    assert (shift.left_out, shift.severity_cap) == (["threat"], 2)
    assert "c05" not in services.playing.scenario_of(shift).find


def test_the_next_shift_proposes_the_same_and_the_debriefs_shortcut_keeps_it(mine, page):
    start(mine, page, chosen="1", left_out=["threat"])
    services.stop_shift(shift=Shift.objects.get(), now=timezone.now())
    start(mine, page)
    assert Shift.objects.running().get().left_out == ["threat"]


def test_an_exam_leaves_nothing_out(begin, enrolled, tree, page):
    shift = services.start_shift(
        user=enrolled, scenario=page.scenario, course_key=tree.course_key, activity_key=page.translation_key,
        mode="exam", seed=7, now=NOW, left_out=["threat"], severity_cap=1,
    )  # fmt: skip
    assert (shift.left_out, shift.severity_cap) == ([], 4)


def test_leaving_everything_out_begins_nothing_and_says_why(mine, page):
    data = example() | {"topics": ["insult"]}
    data["comments"] = [c | {"touches": ["insult"]} for c in data["comments"]]
    load_scenario(data, force=True)
    response = start(mine, page, chosen="1", left_out=["insult"])
    assert response.url == page.url
    assert not Shift.objects.exists()


def test_a_topic_nobody_knows_begins_nothing(mine, page):
    assert start(mine, page, chosen="1", left_out=["weather"]).status_code == 302
    assert not Shift.objects.exists()


def test_the_choice_is_nobody_elses(client, mine, page, begin):
    begin(NOW)
    other = UserFactory()
    client.force_login(other)
    assert client.get(url("desk", Shift.objects.get())).status_code == 404


# -- reply templates -------------------------------------------------------------------------------------------------------


def slip(text):
    return Slip(
        "c01", "p1", "", "Léa Fontan", "@lea.fontan", "", 0, text, "09:01", 1.0, 3, "new", "", 0, True, True, [], [], False, False
    )  # fmt: skip


def test_a_template_takes_the_name_and_the_order_number_from_the_comment_and_asks_for_the_rest():
    with translation.override("en"):
        delay, tracking = templates_for(herbarium(), slip("My order no. 48213 is late"), "09:04")
    assert delay.text.startswith("Hello Léa Fontan,")
    assert delay.asked == []
    assert "order 48213" in tracking.text
    assert tracking.asked == [("suivi", "Tracking link")]


def test_an_order_number_the_comment_does_not_give_is_asked_for():
    with translation.override("en"):
        tracking = templates_for(herbarium(), slip("Where is it?"), "09:04")[1]
    assert [name for name, label in tracking.asked] == ["order", "suivi"]


def test_a_reply_with_a_field_left_open_does_not_leave(mine, begin):
    shift = begin(at(7))
    response = post(mine, shift, "reply_public", text="Bonjour Léa, votre commande {order} part demain.")
    assert response.status_code == 422
    assert "{order}" in response.content.decode()
    assert post(mine, shift, "reply_public", text="Un {sourire} pour vous.").status_code == 302

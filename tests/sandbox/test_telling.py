"""Authors are told why, contest it, and get an answer; over HTTP as a trainee does it."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from sandbox.models import Act, Shift
from sandbox.telling import completed
from tests.factories import UserFactory
from tests.sandbox.samples import herbarium

pytestmark = pytest.mark.django_db


def at(minute):
    return timezone.now() - timedelta(minutes=minute / 8)


def url(name, shift):
    return reverse(f"sandbox:{name}", args=[shift.key])


def post(client, shift, action, comment="c08", name="act", headers=None, **fields):
    data = {"key": str(uuid4()), "action": action, "comment": comment, **fields}
    return client.post(url(name, shift), data, headers=headers)


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


def hide(**fields):
    return {"action": "hide", "comment": "c08", "reason": "insult", "ground": "R2", "text": ""} | fields


# -- the statement ---------------------------------------------------------------------------------------------------------


def test_a_statement_says_what_was_done_on_which_facts_and_ground_by_whom_and_how_to_appeal():
    with translation.override("en"):
        text = completed(hide(), herbarium())["text"]
    for part in ("hide", "“Useless lot.”", "insult", "R2", "No insult or threat", "no machine did", "court"):
        assert part in text


def test_the_facts_may_be_told_in_ones_own_words():
    with translation.override("en"):
        text = completed(hide(text="Your comment calls our gardeners useless."), herbarium())["text"]
    assert "calls our gardeners useless" in text
    assert "“Useless lot.”" not in text


def test_the_law_may_be_the_ground():
    with translation.override("en"):
        assert "illegal content" in completed(hide(ground="illegal"), herbarium())["text"]


@pytest.mark.parametrize("change", [{"ground": ""}, {"ground": "R99"}, {"action": "keep"}, {"reason": ""}])
def test_without_a_ground_nothing_is_told(change):
    assert completed(hide(**change), herbarium())["text"] == ""


def test_a_restriction_keeps_the_statement_with_it(mine, begin):
    shift = begin(at(24))
    post(mine, shift, "hide", reason="insult", ground="R2", facts="Vous visez nos jardiniers.", text="un brouillon")
    payload = Act.objects.get().payload
    assert payload["ground"] == "R2"
    assert "Vous visez nos jardiniers." in payload["text"]
    assert "un brouillon" not in payload["text"]
    assert "Vous visez nos jardiniers." in mine.get(url("desk", shift), {"c": "c08"}).content.decode()


def test_a_restriction_without_a_ground_tells_nothing(mine, begin):
    shift = begin(at(24))
    post(mine, shift, "hide", reason="insult", facts="des faits")
    assert Act.objects.get().payload == {"reason": "insult"}


def test_a_ground_the_charter_does_not_have_is_refused_and_what_was_typed_comes_back(mine, begin):
    shift = begin(at(24))
    response = post(mine, shift, "hide", reason="insult", ground="R9", facts="Mes faits")
    assert response.status_code == 422
    assert "Mes faits" in response.content.decode()
    assert not Act.objects.exists()


def test_on_several_comments_each_author_gets_a_statement_of_their_own(mine, begin):
    shift = begin(at(24))
    data = {"key": uuid4(), "action": "hide", "reason": "insult", "ground": "R2", "comments": ["c07", "c08"]}
    mine.post(url("bulk", shift), data)
    tom, rax = (Act.objects.get(comment=c).payload["text"] for c in ("c07", "c08"))
    assert "Tom" in tom
    assert "Corse" in tom
    assert "Rax" in rax


# -- appeals ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def contested(mine, begin):
    """A shift at minute 40 whose author of c08 contests, since minute 36, what was hidden at 24."""
    shift = begin(at(24))
    post(mine, shift, "hide", reason="insult", ground="R2")
    shift.started_at = shift.clock_from = at(40)
    shift.save(update_fields=["started_at", "clock_from"])
    return shift


def test_an_appeal_comes_into_the_queue_with_the_decision_and_the_authors_words(mine, contested):
    html = mine.get(url("desk", contested)).content.decode()
    assert 'id="q-appeal:a1"' in html
    bench = mine.get(url("desk", contested), {"c": "appeal:a1"}).content.decode().split('id="bench"')[1]
    for part in ("Bande de nuls.", "« Nuls »", "un avis", "R2"):
        assert part in bench
    assert "Elle vise des personnes" not in html  # the rationale


def test_a_poll_brings_a_new_appeal_and_counts_it_as_news(mine, contested):
    seen = mine.get(url("desk", contested)).context["desk"]
    before = seen.cursor.split("-")
    before[3], before[6] = "0", "30.000"
    html = mine.get(url("poll", contested), {"cursor": "-".join(before)}).content.decode()
    assert 'data-fill="appeals"' in html
    assert 'data-new="1"' in html


@pytest.mark.parametrize(("verdict", "shown"), [("uphold", False), ("restore", True)])
def test_a_verdict_needs_an_answer_and_decides_the_appeal(mine, contested, verdict, shown):
    assert post(mine, contested, verdict, hand="appeal:a1", text=" ").status_code == 422
    response = post(mine, contested, verdict, hand="appeal:a1", text="Relu : voici pourquoi.")
    assert response.status_code == 302
    desk = mine.get(response.url).context["desk"]
    assert desk.appeal.verdict.text == "Relu : voici pourquoi."
    assert desk.slips["c08"].shown is shown
    assert desk.waiting_appeals == []


def test_a_verdict_is_taken_back_in_practice_and_the_appeal_waits_again(mine, contested):
    post(mine, contested, "uphold", hand="appeal:a1", text="Relu.")
    given = Act.objects.get(action="uphold")
    assert post(mine, contested, "undo", hand="appeal:a1", target=str(given.key)).status_code == 302
    assert [a.id for a in mine.get(url("desk", contested)).context["desk"].waiting_appeals] == ["a1"]


def test_a_script_gets_the_appeals_bench_back(mine, contested):
    headers = {"X-Desk": "fragment"}
    html = post(mine, contested, "uphold", hand="appeal:a1", text="Relu.", headers=headers).content.decode()
    assert 'data-hand="appeal:a1"' in html
    refused = post(mine, contested, "uphold", hand="appeal:a1", text="Encore.", headers=headers)
    assert refused.status_code == 422


def test_a_stranger_neither_sees_nor_decides_an_appeal(client, contested):
    client.force_login(UserFactory())
    assert client.get(url("desk", contested), {"c": "appeal:a1"}).status_code == 404
    assert post(client, contested, "uphold", hand="appeal:a1", text="Relu.").status_code == 404


def test_the_desk_with_appeals_asks_no_more_of_the_database(mine, contested, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        mine.get(url("desk", contested), {"c": "appeal:a1"})


def test_the_debrief_of_a_shift_with_an_appeal_opens(mine, contested):
    post(mine, contested, "uphold", hand="appeal:a1", text="Relu.")
    mine.post(url("clock", contested), {"wish": "finish"})
    mine.post(url("write", contested), {"words": "bien"})
    debrief = mine.get(url("debrief", contested)).context["debrief"]
    row = debrief.appeals[0]
    assert (row.outcome, row.answer, row.key[0][1]) == ("right", "Relu.", 100)
    contested_row = next(r for r in debrief.rows if r.id == "c08")
    assert "R2" in contested_row.statement
    assert contested_row.replies == []
    assert contested_row.told


@pytest.mark.parametrize("name", ["debrief", "debrief_csv", "debrief_pdf"])
def test_an_appeal_decided_less_well_than_the_key_is_a_moment_and_stands_in_the_files(mine, contested, name):
    post(mine, contested, "restore", hand="appeal:a1", text="Rétabli.")
    mine.post(url("clock", contested), {"wish": "finish"})
    mine.post(url("write", contested), {"words": "bien"})
    response = mine.get(url(name, contested))
    if name == "debrief":
        moment = next(m for m in response.context["debrief"].moments if m.appeal)
        assert moment.row.outcome == "half"
        assert moment.otherwise.sentences
        assert "Rétabli." in response.content.decode().split("moments-title")[2].split("figures-title")[0]
    elif name == "debrief_csv":
        row = next(
            r for r in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))) if r["Nature"] == "Recours"
        )
        assert (row["Identifiant"], row["Crédit (%)"], row["Délai (min)"]) == ("a1", "40", "30")
    else:
        assert response.content.startswith(b"%PDF-")


def test_the_debrief_says_what_was_left_out(mine, begin):
    shift = begin(at(7))
    Shift.objects.filter(pk=shift.pk).update(left_out=["threat"])
    mine.post(url("clock", shift), {"wish": "finish"})
    mine.post(url("write", shift), {"words": "bien"})
    assert len(mine.get(url("debrief", shift)).context["left_out"]) == 1

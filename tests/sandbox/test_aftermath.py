import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from sandbox import marking, services
from sandbox.debriefing import debrief_of
from sandbox.debriefing.crisis import grouped
from sandbox.debriefing.figures import sentence
from sandbox.engine.constants import RUBRIC
from sandbox.engine.scoring import Part
from sandbox.exporting.paper import document, facts_of
from sandbox.exporting.sheet import _safe
from sandbox.models import Act, Shift, StressNote
from sandbox.progress import progress
from sandbox.rubric import LEVELS
from tests.factories import UserFactory, instructor

pytestmark = pytest.mark.django_db
FILES = ["debrief_csv", "debrief_pdf"]


def url(name, shift, *more):
    return reverse(f"sandbox:{name}", args=[shift.key, *more])


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


@pytest.fixture
def over(begin):
    """A shift with one act, ended, its own words written."""

    def over(mode="practice", words="Trop vite.", reply=""):
        shift = begin(timezone.now() - timedelta(minutes=7 / 8), mode=mode)
        fields = {"action": "remove", "comment": "c02", "reason": "off_topic"}
        services.record_act(shift=shift, form_key=uuid4(), fields=fields, now=timezone.now())
        if reply:
            fields = {"action": "reply_public", "comment": "c01", "text": reply}
            services.record_act(shift=shift, form_key=uuid4(), fields=fields, now=timezone.now())
        services.finish_shift(shift=shift, now=timezone.now())
        if words is not None:
            services.write_words(shift=shift, words=words, now=timezone.now())
        return Shift.objects.get(pk=shift.pk)

    return over


def test_the_table_has_one_comment_a_row_and_opens_in_a_spreadsheet(mine, over):
    shift = over()
    response = mine.get(url("debrief_csv", shift))
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = lines_of(response)
    assert len(rows) == len(mine.get(url("debrief", shift)).context["debrief"].rows)
    assert any(row["Identifiant"] == "c02" and row["Motif"] for row in rows)


def test_the_table_lists_the_replies_and_an_instructors_mark_once_ones_own_is_given(mine, over):
    shift = over(reply="Bonjour, je vérifie votre commande.")
    act, given = shift.acts.get(action="reply_public"), {"capped": False, "now": timezone.now()}
    marking.mark_reply(act=act, marker=instructor(), levels=dict.fromkeys(RUBRIC, 3), remark="Clair.", seen=0, **given)
    before = written(mine, shift)
    assert "Clair." not in before.values()
    assert "100\xa0%" not in before.values()
    assert marks(before) == [""] * 16
    marking.mark_own(act=act, levels=dict.fromkeys(RUBRIC, 0), **given)
    after = written(mine, shift)
    assert {"Clair.", "100\xa0%", "0"} <= set(after.values())
    assert marks(after) == [str(LEVELS[0]), str(LEVELS[3])] * 8


def lines_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def written(client, shift):
    return next(row for row in lines_of(client.get(url("debrief_csv", shift))) if row["Texte"].startswith("Bonjour"))


def marks(row):
    return list(row.values())[-16:]


def test_the_document_holds_the_marks_by_criterion(over):
    shift = over(reply="Bonjour, je vérifie votre commande.")
    act = shift.acts.get(action="reply_public")
    marking.mark_own(act=act, levels=dict.fromkeys(RUBRIC, 2), capped=False, now=timezone.now())
    facts = facts_of(debrief_of(shift), shift)
    assert facts["replies"][0]["marks"][0][1:] == [str(LEVELS[2]), ""]
    assert "67\xa0%" in facts["replies"][0]["total"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd"])
def test_no_text_becomes_a_formula(text):
    assert _safe(text) == f"'{text}"


def test_the_document_is_a_pdf(mine, over):
    response = mine.get(url("debrief_pdf", over()))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("lang", "title", "rises"),
    [("fr", "Humeur de la foule", "La tension monte"), ("en", "Mood of the crowd", "The tension rises")],
)
def test_the_document_draws_the_mood_the_page_draws(over, lang, title, rises):
    shift = over()
    with translation.override(lang):
        view = debrief_of(shift)
        drawn = facts_of(view, shift)["drawing"]
        paper = document(view, shift)
    assert (drawn["line"], drawn["waiting"], drawn["acts"]) == (view.curve.line, view.curve.waiting, view.curve.acts)
    assert [number for number, _when, _title in drawn["legend"]] == [str(mark.number) for mark in view.curve.marks]
    assert drawn["legend"]
    assert any(title in alt and rises in alt for alt in described(paper))


def described(paper):
    """Return what stands for each drawing of a document where it is not seen."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        return [str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]


@pytest.mark.parametrize("name", FILES)
def test_files_are_for_their_owner_after_their_own_words(mine, client, over, name):
    assert mine.get(url(name, over(words=None))).status_code == 404
    shift = Shift.objects.get()
    services.write_words(shift=shift, words="", now=timezone.now())
    client.force_login(UserFactory())
    assert client.get(url(name, shift)).status_code == 404


def test_the_replay_shows_the_feed_at_any_minute(mine, over):
    shift = over()
    early = mine.get(url("debrief", shift), {"t": "1"}, headers={"X-Desk": "fragment"}).content.decode()
    late = mine.get(url("debrief", shift), {"t": "30"}, headers={"X-Desk": "fragment"}).content.decode()
    assert "<html" not in early
    assert "Plants gratuits" not in early
    assert "Plants gratuits" in late
    assert 'value="30"' in mine.get(url("debrief", shift), {"t": "30"}).content.decode()


@pytest.mark.parametrize("minute", ["-3", "x", "99999", "9" * 40, "²"])
def test_a_senseless_minute_shows_the_end(mine, over, minute):
    assert mine.get(url("debrief", over()), {"t": minute}).status_code == 200


def test_one_comment_can_be_played_again_and_nothing_is_written(mine, over):
    shift = over()
    html = mine.get(url("otherwise", shift, "c02"), {"action": "keep"}).content.decode()
    assert 'class="otherwise' in html
    found = mine.get(url("otherwise", shift, "c02"), {"action": "keep"}).context["found"]
    assert found.gain > 0
    assert found.consequences.sentences
    assert mine.get(url("otherwise", shift, "c02"), {"action": "statement"}).context["found"].gain is None
    assert mine.get(url("otherwise", shift, "c02")).context["found"].gain is None
    assert Act.objects.count() == 1
    assert Shift.objects.get().result == shift.result


def test_who_passed_nothing_on_is_told_so_without_a_share_of_nothing():
    inputs = {"precision": None, "recall": 0.0, "expected": 3, "passed_on": 0}
    assert "–" not in sentence(Part("escalation", 0.0, 0.1, inputs))
    assert "50" in sentence(Part("escalation", 0.5, 0.1, inputs | {"precision": 0.5, "recall": 1.0}))


def test_who_met_nothing_in_time_is_told_so_without_a_median_of_nothing():
    inputs = {"median": None, "p90": None, "in_time": 0.0, "n": 12}
    with translation.override("en"):
        assert sentence(Part("timeliness", 0.0, 0.1, inputs)) == "Nothing of what could not wait was met."
        met = sentence(Part("timeliness", 0.5, 0.1, inputs | {"median": 3.0, "p90": 5.0, "in_time": 0.5}))
    assert met == "First act after 3 min (median), 5 min (nine in ten); 50% in time."


@pytest.mark.parametrize(("language", "spaced"), [("fr", "\xa0%"), ("en", "%")])
def test_a_debrief_writes_its_per_cents_as_the_language_does_on_every_medium(mine, over, language, spaced):
    shift = over()
    with translation.override(language):
        pages = [
            mine.get(url("debrief", shift)).content.decode(),
            written_csv(mine, shift),
            str(facts_of(debrief_of(shift), shift)),
        ]
    for page in pages:
        found = set(re.findall(r"(?<=\d)(?:\\xa0|\s)?%(?![;\w])", page.replace("&nbsp;", "\xa0")))
        assert {each.replace("\\xa0", "\xa0") for each in found} == {spaced}


def written_csv(client, shift):
    return client.get(url("debrief_csv", shift)).content.decode()


def test_playing_again_is_for_practice_and_for_comments_that_came(mine, client, over):
    shift = over()
    assert mine.get(url("otherwise", shift, "nothing")).status_code == 404
    client.force_login(UserFactory())
    assert client.get(url("otherwise", shift, "c02")).status_code == 404


def test_an_exam_is_not_played_again(mine, over):
    assert mine.get(url("otherwise", over(mode="exam"), "c02")).status_code == 404


def test_a_private_note_is_its_authors_alone(mine, client, over):
    shift = over()
    mine.post(url("note", shift), {"text": "Lourd, ce soir."})
    assert "Lourd, ce soir." in mine.get(url("debrief", shift)).content.decode()
    assert "Lourd" not in mine.get(url("debrief_csv", shift)).content.decode()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.post(url("note", shift), {"text": "x"}).status_code == 404
    assert StressNote.objects.get().text == "Lourd, ce soir."


def test_an_empty_note_is_deleted(mine, over):
    shift = over()
    for text in ("Lourd.", " "):
        mine.post(url("note", shift), {"text": text})
    assert not StressNote.objects.exists()


def test_the_second_debrief_shows_the_progress(mine, over):
    over()
    html = mine.get(url("debrief", over())).content.decode()
    assert 'id="progress-title"' in html


def test_the_progress_of_nobody_is_empty():
    assert progress([], 0.7).points == ()


def test_a_result_of_older_rules_is_said_to_stand(mine, over):
    shift = over()
    assert 'id="commitment"' in mine.get(url("debrief", shift)).content.decode()
    Shift.objects.update(rules_version=1)
    assert mine.get(url("debrief", shift)).context["older_rules"]


# -- for tomorrow morning ---------------------------------------------------------------------------------------------


def test_the_debrief_says_what_to_change_with_comments_to_reread_on_the_same_page(mine, over):
    html = mine.get(url("debrief", over())).content.decode()
    assert "Pour demain matin" in html
    assert "Questions et réclamations restées sans réponse" in html
    named = re.findall(r'href="#(row-[^"]+)"', html)
    assert named
    assert all(f'id="{name}"' in html for name in named)


def test_each_piece_of_advice_may_become_the_commitment(mine, over):
    shift = over()
    advice = mine.get(url("debrief", shift)).context["debrief"].change[0]
    mine.post(url("write", shift), {"commitment": advice.gesture[:300]})
    shift.refresh_from_db()
    assert shift.commitment == advice.gesture[:300]


def test_paper_carries_the_advice_and_the_crisis(over):
    shift = over()
    facts = facts_of(debrief_of(shift), shift)
    assert facts["change"]
    assert all(seen and gesture for seen, gesture in facts["change"])
    assert facts["crisis"]


def test_the_crisis_is_told_in_figures_where_there_is_one(mine, over):
    assert "Premier communiqué" in mine.get(url("debrief", over())).content.decode()


def test_a_large_number_of_views_is_grouped_as_the_reader_groups_it():
    assert grouped(12345) == "12\u00a0345"

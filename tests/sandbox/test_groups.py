"""The group a comment addresses: written by its author, unseen on duty, read in the debrief."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sandbox import content, services
from sandbox.engine.parsing import from_dict
from sandbox.loading import load_scenario
from sandbox.models import Scenario, Shift
from sandbox.wording import GROUPS
from sandbox.writing import to_dict
from tests.sandbox.samples import example

pytestmark = pytest.mark.django_db
FAIR = [f"fair{n}" for n in range(4)]


def addressed():
    """The example with four insults to older people and four fair messages from them."""
    data = example()
    like = {
        "persona": data["personas"][0]["id"],
        "minute": 1,
        "rationale": {"fr": "Non.", "en": "No."},
        "group": "older",
    }
    bad = {"text": {"fr": "Tais-toi, l’ancêtre", "en": "Shut it, fossil"}, "key": {"remove": 1}, "severity": 2}
    good = {"text": {"fr": "Écrivez plus gros, merci", "en": "Larger letters, please"}, "key": {"keep": 1}}
    data["comments"] += [{**like, **bad, "reasons": ["insult"], "id": f"bad{n}"} for n in range(4)]
    data["comments"] += [{**like, **good, "id": name} for name in FAIR]
    return data


def play_now(page, data):
    load_scenario(data, force=True)
    page.scenario.refresh_from_db()


@pytest.fixture
def mine(client, enrolled, page):
    play_now(page, addressed())
    client.force_login(enrolled)
    return client


@pytest.fixture
def on_duty(begin, mine):
    shift = begin(timezone.now() - timedelta(minutes=2))
    return Shift.objects.select_related("version").get(pk=shift.pk)


def over(shift, removed):
    for name in removed:
        fields = {"action": "remove", "comment": name, "reason": "insult"}
        services.record_act(shift=shift, form_key=uuid4(), fields=fields, now=timezone.now())
    services.finish_shift(shift=shift, now=timezone.now())
    services.write_words(shift=shift, words="", now=timezone.now())


def test_a_scenario_without_groups_keeps_its_fingerprint(scenario):
    data = scenario.data()
    assert not any("group" in comment for comment in [*data["comments"], *data["background"]])
    assert content.fingerprint(data) == scenario.loaded_hash


def test_the_group_goes_from_the_file_to_the_editor_and_back(scenario):
    load_scenario(addressed())
    again = Scenario.objects.get()
    assert {c["id"] for c in again.data()["comments"] if c.get("group") == "older"} > set(FAIR)
    assert to_dict(again.parsed()) == to_dict(from_dict(addressed()))


def test_nobody_on_duty_reads_the_group(mine, on_duty):
    desk = mine.get(reverse("sandbox:desk", args=[on_duty.key]), {"open": "bad0"}).content.decode()
    assert "Tais-toi" in desk
    assert str(GROUPS["older"]) not in desk
    assert "Groupe visé" not in desk


def test_the_debrief_says_which_way_one_leans_on_a_group(mine, on_duty):
    over(on_duty, ["bad0", "bad1", "bad2", "bad3", "fair0", "fair1"])
    response = mine.get(reverse("sandbox:debrief", args=[on_duty.key]))
    html = response.content.decode()
    (group,) = response.context["debrief"].groups
    assert (str(group.label), group.n) == ("Personnes âgées", 8)
    assert "2 des 4 commentaires qui devaient rester ont été restreints" in group.sentence
    assert group.sentence in html
    assert "Groupe visé" in html
    assert "Personnes âgées" in mine.get(reverse("sandbox:debrief_csv", args=[on_duty.key])).content.decode()
    assert mine.get(reverse("sandbox:debrief_pdf", args=[on_duty.key])).content.startswith(b"%PDF-")


def test_the_debrief_is_silent_where_too_few_comments_came(mine, begin, page):
    data = addressed()
    data["comments"] = [c for c in data["comments"] if c["id"] not in ("fair3", "bad3")]
    play_now(page, data)
    shift = begin(timezone.now() - timedelta(minutes=2))
    over(shift, ["fair0", "fair1", "fair2"])
    response = mine.get(reverse("sandbox:debrief", args=[shift.key]))
    assert response.context["debrief"].groups == []
    assert "Par groupe visé" not in response.content.decode()

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sandbox.engine.players import play
from tests.sandbox.samples import EXAMPLE, herbarium


def simulate(*args):
    out = StringIO()
    call_command("simulate", *map(str, args), stdout=out)
    return out.getvalue()


@pytest.fixture
def acts(tmp_path):
    def write(content):
        file = tmp_path / "acts.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return file

    return write


def test_timed_acts_are_played_and_every_part_is_printed(acts):
    file = acts([
        {"minute": 6, "comment": "c03", "action": "remove", "reason": "scam_spam"},
        {"minute": 4, "comment": "c01", "action": "reply_public", "text": "Bonjour Léa, je regarde et vous réponds."},
    ])  # fmt: skip
    data = json.loads(simulate(EXAMPLE, "--acts", file, "--json"))
    assert len(data["mood"]) == 61
    assert [e["subject"] for e in data["events"] if e["kind"] == "act"] == ["c01", "c03"]
    assert data["parts"]["replies"]["pending"]
    assert data["parts"]["decision"]["inputs"]["n_restricted"] >= 3
    assert next(i for i in data["items"] if i["comment"] == "c03")["credit"] == 0.8


def test_the_same_inputs_give_the_same_bytes(acts):
    file = acts([{"minute": 6, "comment": "c03", "action": "hide", "reason": "scam_spam"}])
    for option in ((), ("--json",)):
        assert simulate(EXAMPLE, "--acts", file, *option) == simulate(EXAMPLE, "--acts", file, *option)


def test_another_seed_is_another_shift():
    outcomes = {simulate(EXAMPLE, "--seed", seed) for seed in range(6)}
    assert len(outcomes) > 1


def test_a_simulated_player_may_play():
    assert "passed" in simulate(EXAMPLE, "--player", "perfect").splitlines()[-1]
    assert "not passed" in simulate(EXAMPLE, "--player", "idle").splitlines()[-1]


def test_a_players_acts_written_to_a_file_give_the_same_result(acts):
    made = [
        {"minute": a.minute, "comment": a.comment, "action": a.action, "reason": a.reason, "desk": a.desk, "text": a.text,
         "strategy": list(a.strategy)}
        for a in play(herbarium(), 7, "careful")
    ]  # fmt: skip
    by_file = json.loads(simulate(EXAMPLE, "--acts", acts(made), "--json"))
    by_player = json.loads(simulate(EXAMPLE, "--player", "careful", "--json"))
    assert by_file == by_player


def test_an_act_the_rules_refuse_is_shown_as_refused(acts):
    data = json.loads(simulate(EXAMPLE, "--acts", acts([{"minute": 1, "comment": "c05", "action": "keep"}]), "--json"))
    assert {"minute": 1.0, "kind": "refusal", "subject": "c05", "detail": "unknown_comment"} in data["events"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[", ":1: "),
        ({}, "a list of acts"),
        ([{}], "act 1: a minute and an action"),
        ([{"minute": -1, "action": "keep"}], "act 1: the minute"),
        ([{"minute": 1, "action": "keep", "mood": 1}], "unknown field mood"),
        ([{"minute": 1, "action": 3}], "action must be a text"),
    ],
)
def test_a_wrong_file_of_acts_is_named_with_the_reason(acts, content, reason):
    with pytest.raises(CommandError, match=reason):
        simulate(EXAMPLE, "--acts", acts(content))


def test_a_wrong_scenario_is_named_with_its_line(tmp_path):
    text = EXAMPLE.read_text(encoding="utf-8").replace("persona: gus, minute: 3", "persona: nobody, minute: 3")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text, encoding="utf-8")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "persona: nobody" in each)
    with pytest.raises(CommandError, match=rf"wrong\.yaml:{line}: comments\[1\]\.persona"):
        simulate(wrong)


def test_what_is_not_yaml_is_named_with_its_line(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("format: 1\ntitle: {fr: a\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"wrong\.yaml:\d+: "):
        simulate(wrong)
    with pytest.raises(CommandError, match=r"missing\.yaml"):
        simulate(tmp_path / "missing.yaml")

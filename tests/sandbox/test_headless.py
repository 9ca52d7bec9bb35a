"""Playing files without a browser: the same bytes from any process, and every fault with its file, line and reason."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from courses.formats.errors import FileError
from sandbox.engine.acts import UNDO
from sandbox.engine.replay import replay
from sandbox.headless import read_acts, read_scenario
from tests.sandbox.samples import EXAMPLE, herbarium

ROOT = Path(__file__).resolve().parents[2]
ACTS = [
    {"minute": 2, "comment": "c01", "action": "reply_public", "text": "Bonjour Léa, je regarde votre commande."},
    {"minute": 3.5, "comment": "c02", "action": "remove", "reason": "off_topic"},
    {"minute": 6, "comment": "c03", "action": "hide", "reason": "scam_spam", "key": "spam"},
    {"minute": 6.5, "action": "undo", "target": "spam"},
    {"minute": 7, "comment": "c03", "action": "remove", "reason": "scam_spam"},
    {"minute": 10, "comment": "c05", "action": "escalate", "desk": "security"},
    {"minute": 26, "action": "statement", "text": "Un mot sur le retard.", "strategy": ["inform", "empathise"]},
    {"minute": 27, "comment": "c09", "action": "keep"},
]


@pytest.fixture
def acts_file(tmp_path):
    def write(content):
        file = tmp_path / "acts.json"
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
        file.write_text(text, encoding="utf-8")
        return file

    return write


PLAY = """
import json, sys
from pathlib import Path
from sandbox.engine.replay import replay
from sandbox.headless import read_acts, read_scenario
from sandbox.reporting import as_data, as_text
scenario = read_scenario(Path(sys.argv[1]))
world = replay(scenario, 3, read_acts(Path(sys.argv[2]), scenario), scenario.duration)
data = {"scenario": scenario.id, "seed": 3, "rules": 1, **as_data(world)}
sys.stdout.buffer.write(json.dumps(data, ensure_ascii=False).encode() + as_text(data).encode())
"""


def bytes_of(hash_seed, *args):
    """What another process, whose sets and dicts hash otherwise, writes."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *map(str, args)], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=120
    ).stdout


def test_two_processes_write_the_same_bytes(acts_file):
    file = acts_file(ACTS)
    one, other = (bytes_of(seed, "-c", PLAY, EXAMPLE, file) for seed in ("1", "4242"))
    assert one == other
    assert b"Mood per minute" in one


def test_acts_are_read_in_their_order_with_a_key_each(acts_file):
    acts = read_acts(acts_file(ACTS), herbarium())
    assert [a.sequence for a in acts] == list(range(1, len(ACTS) + 1))
    assert acts[0].key == "act-1"
    assert (acts[2].key, acts[3].action, acts[3].target) == ("spam", UNDO, "spam")
    assert acts[6].strategy == ("inform", "empathise")


def test_a_mark_of_order_before_the_text_does_no_harm(acts_file, tmp_path):
    assert len(read_acts(acts_file("\ufeff" + json.dumps(ACTS)), herbarium())) == len(ACTS)
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text("\ufeff" + EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_scenario(scenario) == herbarium()


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("3", "act 2: a minute and an action are needed"),
        ('{"minute": 1}', "act 2: a minute and an action are needed"),
        ('{"action": "keep"}', "act 2: a minute and an action are needed"),
        ('{"minute": "1", "action": "keep"}', "act 2: the minute must be a number from 0"),
        ('{"minute": true, "action": "keep"}', "act 2: the minute"),
        ('{"minute": NaN, "action": "keep"}', "act 2: the minute"),
        ('{"minute": Infinity, "action": "keep"}', "act 2: the minute"),
        ('{"minute": 1, "action": "delete"}', "act 2: action “delete” is not one of: keep, reply_public"),
        ('{"minute": 1, "action": "hide", "reason": "rude"}', "act 2: reason “rude” is not one of: hate"),
        ('{"minute": 1, "action": "escalate", "desk": "police"}', "act 2: desk “police” is not one of: legal"),
        ('{"minute": 1, "action": "keep", "comment": "c99"}', "act 2: the scenario has no comment “c99”"),
        ('{"minute": 1, "action": "keep", "comment": 5}', "act 2: comment must be a text"),
        ('{"minute": 1, "action": "keep", "commment": "c01"}', "act 2: unknown field commment; known: minute"),
        ('{"minute": 1, "action": "statement", "strategy": "inform"}', "act 2: strategy must be a list of: inform"),
        ('{"minute": 1, "action": "statement", "strategy": 5}', "act 2: strategy must be a list"),
        ('{"minute": 1, "action": "statement", "strategy": [[]]}', "act 2: strategy must be a list"),
    ],
)
def test_a_wrong_act_is_named_with_its_line(acts_file, second, reason):
    text = f'[\n\t{{"minute": 1, "comment": "c01",\n\t "action": "keep"}},\n\n\t{second}\n]'
    file = acts_file(text)
    with pytest.raises(FileError) as refusal:
        read_acts(file, herbarium())
    assert (refusal.value.file, refusal.value.line) == (str(file), 5)
    assert refusal.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[\n{"minute": 1,}\n]', 2, "not valid JSON"),
        ('{"minute": 1}', 1, "a list of acts is expected"),
        ("", 1, "not valid JSON"),
    ],
)
def test_what_is_no_list_of_acts_is_named_with_its_line(acts_file, text, line, reason):
    with pytest.raises(FileError) as refusal:
        read_acts(acts_file(text), herbarium())
    assert (refusal.value.line, refusal.value.reason[: len(reason)]) == (line, reason)


def test_no_act_at_all_is_an_idle_shift(acts_file):
    assert read_acts(acts_file("[ ]\n"), herbarium()) == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("minute: 18, kind: question", "minute: 18, kind: riddle", "comments[6].kind: “riddle” is not one of"),
        ("minute: 22, kind: attack", "minute: 22, mood: bad, kind: attack", "comments[7].mood: unknown field"),
        ("duration: 60", "duration: sixty", "duration: a number from 1 to 1440"),
        ("channel: manager", "channel: fax", "injects[0].channel: “fax” is not one of"),
        ("then: {comment: c10}", "then: {comment: c77}", "reactions[1].then.comment: there is no comment “c77”"),
        ("pace: 8", "pace: 8\npace: 9", "not valid YAML: “pace” is written twice"),
    ],
)
def test_a_wrong_scenario_is_named_with_its_line(tmp_path, old, new, reason):
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / "wrong.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FileError) as refusal:
        read_scenario(file)
    marker = new.splitlines()[-1]
    expected = next(n for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if marker in line)
    assert refusal.value.line == expected
    assert refusal.value.reason.startswith(reason)


def test_files_that_are_not_there_or_not_text_are_named(tmp_path):
    with pytest.raises(FileError, match=r"none\.yaml: No such file"):
        read_scenario(tmp_path / "none.yaml")
    latin = tmp_path / "latin.json"
    latin.write_bytes("[\n{}\né".encode("latin-1"))
    with pytest.raises(FileError, match=r"latin\.json:3: not UTF-8 text"):
        read_acts(latin, herbarium())


def test_the_documented_acts_play(acts_file):
    page = (ROOT / "docs/formats/simulate.md").read_text(encoding="utf-8")
    acts = read_acts(acts_file(page.split("```json\n")[1].split("```")[0]), herbarium())
    world = replay(herbarium(), 7, acts, herbarium().duration)
    assert [e.kind for e in world.events if e.kind in ("act", "undo", "refusal")] == ["act"] * 4 + ["undo"]

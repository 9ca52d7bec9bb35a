"""docs/formats/scenario.schema.json says what the loader takes: nothing more, nothing less but references."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import courses
from sandbox.engine import codes, constants
from sandbox.engine.parsing import from_dict
from sandbox.engine.reader import ScenarioError
from sandbox.loading import load_scenario
from sandbox.models import Scenario
from tests.sandbox.samples import EXAMPLE, example

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/formats/scenario.schema.json").read_text(encoding="utf-8"))
CURRICULUM = Path(courses.__file__).parent / "curriculum"
FILES = [
    EXAMPLE,
    CURRICULUM / "taste.yaml",
    *sorted(CURRICULUM.glob("*/*/scenario.yaml")),
    *sorted(CURRICULUM.glob("*/*/pool/*.yaml")),
]
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def as_json(data):
    """As an editor sees it: the keys of a mapping are texts."""
    return json.loads(json.dumps(data))


def refusals(data):
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(as_json(data))]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_what_is_shipped_validates(file):
    assert refusals(yaml.safe_load(file.read_text(encoding="utf-8"))) == []


@pytest.mark.django_db
def test_what_the_academy_exports_validates():
    load_scenario(example())
    assert refusals(Scenario.objects.get().data()) == []


MINIMAL = {
    "scenario": "small",
    "title": {"fr": "a", "en": "a"},
    "summary": {"fr": "a", "en": "a"},
    "brief": {"fr": "a", "en": "a"},
    "brand": {"name": "A", "handle": "@a", "sector": {"fr": "a", "en": "a"}, "tone": {"fr": "a", "en": "a"}},
    "duration": 10,
    "personas": [{"id": "tom", "name": "Tom", "handle": "@tom", "side": "fan"}],
    "posts": [{"id": "p1", "text": {"fr": "a", "en": "a"}}],
    "comments": [
        {"id": "c1", "persona": "tom", "minute": 1, "key": {"keep": 1}}
        | {"text": {"fr": "a", "en": "a"}, "rationale": {"fr": "a", "en": "a"}}
    ],
}


def test_what_is_required_suffices():
    assert refusals(MINIMAL) == []
    assert from_dict(MINIMAL).id == "small"


@pytest.mark.parametrize("name", sorted(SCHEMA["required"]))
def test_each_required_field_is_required_by_both(name):
    without = {key: value for key, value in MINIMAL.items() if key != name}
    assert refusals(without)
    with pytest.raises(ScenarioError):
        from_dict(without)


def test_the_defaults_written_down_are_the_loaders():
    scenario = from_dict(MINIMAL)
    for name in ("pace", "seed", "pass_mark", "severity_cap", "tension", "background_rate"):
        assert SCHEMA["properties"][name]["default"] == getattr(scenario, name), name
    parts = {
        "personas": scenario.personas["tom"],
        "posts": scenario.posts[0],
    }
    for name, value in parts.items():
        fields = SCHEMA["properties"][name]["items"]["properties"]
        assert {f: d["default"] for f, d in fields.items() if "default" in d} == {
            f: getattr(value, f) for f, d in fields.items() if "default" in d
        }
    assert SCHEMA["properties"]["explain"]["default"] is scenario.explain
    assert OBJECTS["appeals.0"]["properties"]["after"]["default"] == constants.APPEAL_AFTER
    comment = SCHEMA["$defs"]["comment"]["properties"]
    for field in ("views_per_minute", "severity", "clear_cut"):
        assert comment[field]["default"] == getattr(scenario.comments[0], field)


# -- the same fields ----------------------------------------------------------------------------------------------

OBJECTS = {
    "": SCHEMA,
    "brand": SCHEMA["properties"]["brand"],
    "crisis": SCHEMA["properties"]["crisis"],
    "charter.0": SCHEMA["properties"]["charter"]["items"],
    "personas.0": SCHEMA["properties"]["personas"]["items"],
    "posts.0": SCHEMA["properties"]["posts"]["items"],
    "comments.0": SCHEMA["$defs"]["comment"],
    "background.0": SCHEMA["$defs"]["background"],
    "reactions.0": SCHEMA["properties"]["reactions"]["items"],
    "reactions.0.when": SCHEMA["properties"]["reactions"]["items"]["properties"]["when"],
    "reactions.0.then": SCHEMA["properties"]["reactions"]["items"]["properties"]["then"],
    "injects.0": SCHEMA["properties"]["injects"]["items"],
    "macros.0": SCHEMA["properties"]["macros"]["items"],
    "macros.1.fields.0": SCHEMA["properties"]["macros"]["items"]["properties"]["fields"]["items"],
    "appeals.0": SCHEMA["properties"]["appeals"]["items"],
}


def at(data, path):
    for part in path.split(".") if path else ():
        data = data[int(part)] if part.isdigit() else data[part]
    return data


def with_change(path, value):
    data = copy.deepcopy(example())
    *above, last = path.split(".")
    owner = at(data, ".".join(above))
    if value is GONE:
        del owner[last]
    else:
        owner[int(last) if last.isdigit() else last] = value
    return data


GONE = object()


@pytest.mark.parametrize("path", OBJECTS)
def test_each_part_has_the_fields_the_loader_knows(path):
    data = copy.deepcopy(example())
    at(data, path)["surprise"] = 1
    with pytest.raises(ScenarioError, match="unknown field") as refusal:
        from_dict(data)
    known = set(refusal.value.reason.split("known here: ")[1].split(", "))
    assert known == set(OBJECTS[path]["properties"])
    assert any("surprise" in refused for refused in refusals(data))


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (SCHEMA["$defs"]["action"], codes.ACTIONS),
        (SCHEMA["$defs"]["reason"], codes.REASON_CATEGORY),
        (SCHEMA["$defs"]["comment"]["properties"]["kind"], codes.KINDS),
        (SCHEMA["$defs"]["comment"]["properties"]["protected"], codes.PROTECTED),
        (SCHEMA["$defs"]["comment"]["properties"]["trap"], [t for t in codes.TRAPS if t]),
        (SCHEMA["$defs"]["comment"]["properties"]["escalate_to"], codes.DESKS),
        (SCHEMA["$defs"]["comment"]["properties"]["group"], codes.GROUPS),
        (OBJECTS["personas.0"]["properties"]["side"], codes.SIDES),
        (OBJECTS["reactions.0.when"]["properties"]["is"], codes.CONDITIONS),
        (OBJECTS["injects.0"]["properties"]["channel"], codes.CHANNELS),
        (OBJECTS["injects.0"]["properties"]["phase"], codes.PHASES),
        (OBJECTS["crisis"]["properties"]["responsibility"], codes.RESPONSIBILITIES),
        (SCHEMA["$defs"]["verdict"], codes.VERDICTS),
        (OBJECTS["appeals.0"]["properties"]["of"]["items"], codes.CONTESTED),
        (OBJECTS["crisis"]["properties"]["fitting"]["items"], codes.STRATEGIES),
    ],
)
def test_the_codes_are_the_engines(words, known):
    assert words["enum"] == list(known)


# -- the same refusals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", 2),
        ("scenario", "not an identifier"),
        ("title", "one language"),
        ("title.fr", "  "),
        ("title.de", "hallo"),
        ("brand.name", ""),
        ("starts_at", "25:00"),
        ("duration", 0),
        ("duration", "60"),
        ("pace", True),
        ("seed", 1.5),
        ("pass_mark", 1.1),
        ("severity_cap", 5),
        ("topics", ["rude"]),
        ("posts", []),
        ("service_levels", {5: 60}),
        ("service_levels", {1: 0}),
        ("charter.0.id", "R 1"),
        ("personas.0.side", "friend"),
        ("personas.0.patience", 2),
        ("personas.0.bio", {"fr": "seul", "en": ""}),
        ("comments", []),
        ("comments.0.minute", -1),
        ("comments.0.text", GONE),
        ("comments.0.rationale", GONE),
        ("comments.0.key", {}),
        ("comments.0.key", {"keep": 0.7}),
        ("comments.0.key", {"keep": 1, "hug": 0.4}),
        ("comments.0.key", {"keep": 1, "hide": 0.5}),
        ("comments.0.severity", 1.5),
        ("comments.0.reasons", []),
        ("comments.0.reasons", "none"),
        ("comments.0.reasons", ["rude"]),
        ("comments.0.votes", {"keep": -1}),
        ("comments.0.clear_cut", "yes"),
        ("comments.0.companion", ["hug"]),
        ("comments.0.escalate_to", "police"),
        ("comments.1.forbidden", {"remove": "no"}),
        ("comments.1.protected", "yes"),
        ("comments.5.trap", "irony"),
        ("reactions.0.when.is", "ignored"),
        ("reactions.1.when.for", GONE),
        ("reactions.0.when.for", 5),
        ("reactions.0.then", {}),
        ("reactions.0.then", {"mood": 0}),
        ("reactions.0.probability", 1.5),
        ("injects.0.channel", "fax"),
        ("injects.0.expects", GONE),
        ("injects.0.impulse", 2),
        ("injects.0.phase", "later"),
        ("injects.0.audience", {"fr": "La presse"}),
        ("background.0.minute", 3),
        ("background.0.hostile", "no"),
        ("macros.0.text", GONE),
        ("macros.1.fields.0.id", "Lien"),
        ("macros.1.fields.0.label", GONE),
        ("appeals.0.key", {"restore": 0.7}),
        ("appeals.0.key", {"keep": 1}),
        ("appeals.0.of", ["limit"]),
        ("appeals.0.of", []),
        ("appeals.0.rationale", GONE),
        ("explain", "yes"),
        ("comments.0.touches", ["rude"]),
        ("comments.0.group", "everybody"),
        ("background.0.group", ["women"]),
        ("crisis.responsibility", "nobody"),
        ("crisis.fitting", ["hide"]),
    ],
    ids=lambda v: "gone" if v is GONE else json.dumps(v)[:40],
)
def test_what_is_wrong_is_refused_by_both(path, value):
    data = with_change(path, value)
    assert refusals(data), "the schema takes it"
    with pytest.raises(ScenarioError):
        from_dict(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("service_levels", {1: 120, "4": 2.5, "question": 30}),
        ("comments.0.votes", {"keep": 3, "reply_public": 9}),
        ("comments.0.hint", {"fr": "Regardez.", "en": "Look."}),
        ("comments.0.hint", {"fr": "", "en": ""}),
        ("injects.1.minute", 12.5),
        ("injects.0.phase", "peak"),
        ("injects.0.audience", {"fr": "Les lecteurs", "en": "Readers"}),
        ("crisis", {"responsibility": "victim"}),
        ("personas.0.bio", GONE),
        ("service_levels", {"appeal": 20}),
        ("appeals.0.edited", {"fr": "Bande de lents.", "en": "Slow lot."}),
        ("appeals.0.of", GONE),
        ("explain", True),
        ("comments.0.touches", ["hate", "threat"]),
        ("comments.0.group", "older"),
        ("background.0.group", "place"),
        ("macros.1.fields.0.value", {"fr": "suivi.example", "en": "track.example"}),
    ],
    ids=lambda v: "gone" if v is GONE else json.dumps(v)[:40],
)
def test_what_is_right_is_taken_by_both(path, value):
    data = with_change(path, value)
    assert refusals(data) == []
    from_dict(data)

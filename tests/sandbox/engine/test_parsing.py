"""A wrong file names the place and the reason."""

import copy

import pytest

from courses.vocabulary import ACTIONS, ESCALATION_DESKS, REASONS
from sandbox import wording
from sandbox.engine import codes
from sandbox.engine.parsing import from_dict
from sandbox.engine.reader import ScenarioError
from tests.sandbox.samples import example, herbarium


def test_the_example_says_what_it_says():
    s = herbarium()
    assert (s.id, s.duration, s.pace, s.starts_at, s.seed) == ("example-herbarium", 60, 8, 540, 7)
    assert s.find["c05"].reasons == ("threat", "harassment")
    assert s.find["c05"].forbidden["keep"].fr == "Une menace ne reste pas."
    assert s.find["b02"].hostile
    assert s.find["c09"].minute is None
    assert s.injects["i1"].contingency == "i3"
    assert s.title.get("fr-ca") == "Une matinée à l’herbier"
    assert s.title.get("de") == "A morning at the herbarium"


def test_service_levels_may_be_set():
    data = example() | {"service_levels": {2: 20, "question": 15}}
    s = from_dict(data)
    assert (s.service_levels[2], s.service_levels[3], s.question_level) == (20, 15, 15)


def put(data, path, value):
    """Set `value` at a path of keys and indexes; the name of a mapping's field last."""
    here = data
    for step in path[:-1]:
        here = here[step]
    if value is ...:
        here.pop(path[-1])
    else:
        here[path[-1]] = value


TEXT = {"fr": "a", "en": "a"}
WRONG = [
    (["format"], 2, "format", "only format 1"),
    (["scenario"], "un nom", "scenario", "letters, digits"),
    (["title"], "Plain", "title", "both languages"),
    (["title"], {"fr": "a"}, "title.en", "missing"),
    (["title"], {"fr": "a", "en": "a", "de": "a"}, "title.de", "only fr and en"),
    (["title"], {"fr": True, "en": "a"}, "title.fr", "quotes"),
    (["brand", "name"], ..., "brand.name", "required"),
    (["brand", "colour"], "red", "brand.colour", "unknown field"),
    (["duration"], 0, "duration", "from 1 to 1440"),
    (["duration"], "long", "duration", "number"),
    (["starts_at"], 900, "starts_at", "text is required"),
    (["starts_at"], "25:00", "starts_at", "an hour"),
    (["seed"], 1.5, "seed", "whole number"),
    (["pass_mark"], 70, "pass_mark", "from 0 to 1"),
    (["surprise"], 1, "surprise", "unknown field"),
    (["posts"], [], "posts", "one post at least"),
    (["comments"], {}, "comments", "a list"),
    (["comments", 0], "text", "comments[0]", "mapping"),
    (["comments", 1, "id"], "c01", "comments[1].id", "used twice"),
    (["comments", 1, "persona"], "nobody", "comments[1].persona", "no persona"),
    (["comments", 1, "post"], "p9", "comments[1].post", "no post"),
    (["comments", 1, "parent"], "c99", "comments[1].parent", "no comment"),
    (["comments", 4, "minute"], 1, "comments[4].minute", "before the comment it replies to"),
    (["comments", 1, "minute"], 61, "comments[1].minute", "from 0 to 60"),
    (["comments", 1, "rule"], "R9", "comments[1].rule", "no rule"),
    (["comments", 1, "kind"], "rant", "comments[1].kind", "not one of"),
    (["comments", 1, "severity"], 5, "comments[1].severity", "from 0 to 4"),
    (["comments", 1, "reasons"], ["ugly"], "comments[1].reasons[0]", "not one of"),
    (["comments", 1, "key"], {}, "comments[1].key", "mapping"),
    (["comments", 1, "key"], {"explode": 1}, "comments[1].key.explode", "unknown action"),
    (["comments", 1, "key"], {"keep": 0.5}, "comments[1].key.keep", "weight"),
    (["comments", 1, "key"], {"keep": 0.7}, "comments[1].key", "weight 1"),
    (["comments", 1, "key"], {"remove": 1}, "comments[1].forbidden.remove", "earns credit"),
    (["comments", 1, "key"], {"ban": 1}, "comments[1].reasons", "for which reason"),
    (["comments", 1, "votes"], {"keep": -1}, "comments[1].votes.keep", "number of votes"),
    (["comments", 2, "companion"], ["dance"], "comments[2].companion[0]", "not one of"),
    (["comments", 4, "escalate_to"], "police", "comments[4].escalate_to", "not one of"),
    (["comments", 2, "protected"], "speech", "comments[2].protected", "protected speech"),
    (["severity_cap"], 2, "comments[4].severity", "severity_cap"),
    (["reactions", 0, "when", "comment"], "c99", "reactions[0].when.comment", "no comment"),
    (["reactions", 0, "when", "is"], "sad", "reactions[0].when.is", "not one of"),
    (["reactions", 0, "then"], {}, "reactions[0].then", "say what happens"),
    (["reactions", 0, "then"], {"comment": "c01"}, "reactions[0].then.comment", "already has a minute"),
    (["reactions", 0, "then"], {"inject": "i9"}, "reactions[0].then.inject", "no inject"),
    (["reactions", 1, "when", "for"], ..., "reactions[1].when.for", "how many minutes"),
    (["reactions", 0, "when", "for"], 3, "reactions[0].when.for", "wait for a time"),
    (["reactions", 0, "probability"], 2, "reactions[0].probability", "from 0 to 1"),
    (["injects", 0, "contingency"], "i9", "injects[0].contingency", "no other inject"),
    (["injects", 0, "expects"], ..., "injects[0].contingency", "nothing is expected"),
    (["background", 0, "id"], "c01", "background[0].id", "already a comment"),
    (["background", 0, "minute"], 3, "background[0].minute", "unknown field"),
    (["crisis", "fitting"], ["shrug"], "crisis.fitting[0]", "not one of"),
    (["service_levels"], {7: 10}, "service_levels.7", "severity from 1 to 4"),
    (["topics"], "threat", "topics", "list of codes"),
    (["objectives"], [1], "objectives[0]", "both languages"),
]


@pytest.mark.parametrize(
    ("path", "value", "where", "why"), WRONG, ids=[f"{w}-{i}" for i, (_, _, w, _) in enumerate(WRONG)]
)
def test_a_wrong_field_is_named_with_the_reason(path, value, where, why):
    data = example()
    put(data, path, value)
    with pytest.raises(ScenarioError) as refusal:
        from_dict(data)
    assert refusal.value.path == where
    assert why in refusal.value.reason


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_what_is_not_a_mapping_is_refused(data):
    with pytest.raises(ScenarioError):
        from_dict(data)


def test_a_circle_of_replies_is_refused():
    data = example()
    for name, parent in (("c09", "c10"), ("c10", "c09")):
        next(c for c in data["comments"] if c["id"] == name)["parent"] = parent
    with pytest.raises(ScenarioError, match="circle"):
        from_dict(data)


def test_reading_does_not_change_what_was_read():
    data = example()
    before = copy.deepcopy(data)
    from_dict(data)
    assert data == before


# -- the engine's codes are the shared vocabulary's --------------------------------------------------------------------


def test_the_engine_knows_the_shared_actions():
    assert set(codes.ACTIONS) == set(ACTIONS)
    assert {c: a.ladder for c, a in ACTIONS.items() if a.ladder is not None} | {"restore": 0} == codes.LADDER
    assert {c for c, a in ACTIONS.items() if a.restricts} == codes.RESTRICTIONS


def test_the_engine_knows_the_shared_reasons_and_desks():
    assert {c: r.category for c, r in REASONS.items()} == codes.REASON_CATEGORY
    assert tuple(ESCALATION_DESKS) == codes.DESKS


def test_every_code_of_the_engine_has_its_word():
    assert tuple(wording.SIDES) == codes.SIDES
    assert tuple(wording.KINDS) == codes.KINDS
    assert tuple(wording.PROTECTED) == codes.PROTECTED
    assert ("", *wording.TRAPS) == codes.TRAPS
    assert tuple(wording.CONDITIONS) == codes.CONDITIONS
    assert tuple(wording.CHANNELS) == codes.CHANNELS
    assert tuple(wording.RESPONSIBILITIES) == codes.RESPONSIBILITIES
    assert tuple(wording.STRATEGIES) == codes.STRATEGIES

"""From the fields and blocks an instructor edits to the canonical mapping."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.content.shape import BILINGUAL, DIALS, STREAMS, Data
from sandbox.engine.codes import ACTIONS, CONTESTED, REASON_CATEGORY
from sandbox.engine.constants import APPEAL_AFTER


def to_data(scenario: Any) -> Data:
    """Return the canonical mapping of a Scenario's current field values; what is empty or default is left out."""
    data: Data = {
        "format": 1,
        "scenario": scenario.identifier,
        "brand": {
            "name": scenario.brand_name,
            "handle": scenario.brand_handle,
            "sector": _text_of(scenario, "brand_sector"),
            "tone": _text_of(scenario, "brand_tone"),
        },
        "starts_at": scenario.starts_at,
        "duration": float(scenario.duration),
        **{name: _text_of(scenario, name) for name in BILINGUAL},
        **{name: float(getattr(scenario, name)) for name in DIALS},
        **({"explain": True} if scenario.explain else {}),
        "objectives": [_text(v) for v in _values(scenario.objectives)],
        "topics": list(_values(scenario.topics)),
        "service_levels": {v["level"]: float(v["minutes"] or 0) for v in _values(scenario.service_levels)},
    }
    for name in STREAMS:
        defaults = DEFAULTS.get(name, {})
        data[name] = [defaults | DATA_OF.get(name, _plain)(value) for value in _values(getattr(scenario, name))]
    if scenario.crisis_responsibility:
        data["crisis"] = {
            "responsibility": scenario.crisis_responsibility,
            "fitting": list(_values(scenario.crisis_fitting)),
        }
    return data


def _text_of(scenario: Any, name: str) -> Data:
    return _text({language: getattr(scenario, f"{name}_{language}") for language in ("fr", "en")})


def _values(stream: Any) -> list[Any]:
    return [block["value"] for block in stream.get_prep_value()]


def _text(value: Mapping[str, Any]) -> Data:
    return {language: (value.get(language) or "").strip().replace("\r\n", "\n") for language in ("fr", "en")}


# What a block holds when its author wrote nothing: said in full, so that saving without a change changes nothing.
_COMMENT: Data = {"kind": "chatter", "views_per_minute": 1.0, "protected": "none"}
DEFAULTS: dict[str, Data] = {
    "personas": {"patience": 0.5, "influence": 0.3, "followers": 100.0, "side": "bystander"},
    "posts": {"minute": 0.0, "likes": 0.0},
    "comments": _COMMENT,
    "background": _COMMENT,
    "injects": {"impulse": 0.0, "within": 15.0},
}
NUMBERS = frozenset({
    "minute", "likes", "followers", "patience", "influence", "views_per_minute", "impulse", "within",
})  # fmt: skip


def _plain(value: Mapping[str, Any]) -> Data:
    """Return one part without its empty fields, its numbers as numbers and its texts tidy."""
    part: Data = {}
    for name, each in value.items():
        if isinstance(each, dict):
            text = _text(each)
            if any(text.values()):
                part[name] = text
        elif name in NUMBERS:
            if each is not None:
                part[name] = float(each)
        elif each or (each == 0 and each is not False):
            part[name] = each.strip() if isinstance(each, str) else each
    return part


def _in_order(codes: Any, vocabulary: Any) -> list[str]:
    return [code for code in vocabulary if code in set(codes or ())]


def _list(value: Any) -> list[Data]:
    return [item["value"] for item in value or ()]


def _comment_data(value: Mapping[str, Any]) -> Data:
    special = {"reason", "other_reasons", "key", "votes", "forbidden", "companion", "severity", "touches"}
    part = _plain({name: each for name, each in value.items() if name not in special})
    others = _in_order(value.get("other_reasons"), REASON_CATEGORY)
    exact = value.get("reason") or "none"
    part["severity"] = int(value.get("severity") or 0)
    part["reasons"] = [exact, *(code for code in others if code != exact)]
    part["key"] = {i["action"]: float(i["weight"] or 0) for i in _list(value.get("key"))}
    votes = {i["action"]: int(i["votes"] or 0) for i in _list(value.get("votes"))}
    forbidden = {i["action"]: _text(i["why"]) for i in _list(value.get("forbidden"))}
    companion = _in_order(value.get("companion"), ACTIONS)
    touches = _in_order(value.get("touches"), REASON_CATEGORY)
    optional = {"votes": votes, "forbidden": forbidden, "companion": companion, "touches": touches}
    return part | {name: each for name, each in optional.items() if each}


def _appeal_data(value: Mapping[str, Any]) -> Data:
    part = _plain({name: each for name, each in value.items() if name not in ("of", "key", "votes", "after")})
    part["of"] = _in_order(value.get("of"), CONTESTED)
    after = value.get("after")
    part["after"] = APPEAL_AFTER if after is None else float(after)
    part["key"] = {i["verdict"]: float(i["weight"] or 0) for i in _list(value.get("key"))}
    votes = {i["verdict"]: int(i["votes"] or 0) for i in _list(value.get("votes"))}
    return part | ({"votes": votes} if votes else {})


def _macro_data(value: Mapping[str, Any]) -> Data:
    part = _plain({name: each for name, each in value.items() if name != "fields"})
    fields = [_plain(each) for each in _list(value.get("fields"))]
    return part | ({"fields": fields} if fields else {})


def _reaction_data(value: Mapping[str, Any]) -> Data:
    when: Data = {"comment": value["comment"], "is": value["condition"]}
    if value.get("lasting"):
        when["for"] = float(value["lasting"])
    then: Data = {}
    for name, field in (("comment", "brings_comment"), ("inject", "brings_inject")):
        if value.get(field):
            then[name] = value[field]
    if value.get("mood"):
        then["mood"] = float(value["mood"])
    probability = value.get("probability")
    return {
        "id": value["id"],
        "when": when,
        "then": then,
        "after": float(value.get("after") or 0),
        "probability": 1.0 if probability is None else float(probability),
    }


DATA_OF: dict[str, Callable[[Any], Data]] = {
    "comments": _comment_data,
    "background": _comment_data,
    "reactions": _reaction_data,
    "appeals": _appeal_data,
    "macros": _macro_data,
}

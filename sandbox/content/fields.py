"""From the canonical mapping to the fields and blocks an instructor edits."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sandbox.content.shape import BILINGUAL, DIALS, STREAMS, Data
from sandbox.engine.codes import CONTESTED
from sandbox.engine.constants import APPEAL_AFTER

ITEM = {
    "charter": "rule",
    "personas": "persona",
    "posts": "post",
    "comments": "comment",
    "reactions": "reaction",
    "injects": "inject",
    "background": "comment",
    "macros": "macro",
    "appeals": "appeal",
}


def to_fields(data: Mapping[str, Any]) -> Data:
    """Return the values of the Scenario's fields for a mapping the engine has accepted."""
    brand, crisis = data["brand"], data.get("crisis") or {}
    fields: Data = {
        "identifier": data["scenario"],
        "brand_name": brand["name"],
        "brand_handle": brand["handle"],
        "starts_at": data.get("starts_at", "09:00"),
        "duration": data["duration"],
        "crisis_responsibility": crisis.get("responsibility", ""),
        "explain": bool(data.get("explain")),
    }
    for name in BILINGUAL:
        fields |= _pair(name, data[name])
    fields |= _pair("brand_sector", brand["sector"]) | _pair("brand_tone", brand["tone"])
    for name, default in DIALS.items():
        given = data.get(name)
        fields[name] = default if given is None else given
    fields["objectives"] = _stream(data["scenario"], "text", "objective", data.get("objectives"))
    fields["topics"] = _stream(data["scenario"], "code", "topic", data.get("topics"))
    fields["crisis_fitting"] = _stream(data["scenario"], "code", "strategy", crisis.get("fitting"))
    levels = [{"level": str(k), "minutes": v} for k, v in (data.get("service_levels") or {}).items()]
    fields["service_levels"] = _stream(data["scenario"], "service_level", "level", levels)
    for name in STREAMS:
        values = [BLOCK_OF.get(name, dict)(item) for item in data.get(name) or ()]
        fields[name] = _stream(data["scenario"], ITEM[name], name, values)
    return fields


def _pair(name: str, text: Mapping[str, str]) -> Data:
    return {f"{name}_{language}": text[language].strip() for language in ("fr", "en")}


def _stream(slug: str, item: str, kind: str, values: Any) -> str:
    """Return the JSON of a StreamField; block ids are derived, so loading the same file twice writes the same bytes."""
    blocks = [
        {"type": item, "value": value, "id": str(uuid5(NAMESPACE_URL, f"scenario:{slug}:{kind}:{i}"))}
        for i, value in enumerate(values or ())
    ]
    return json.dumps(blocks, ensure_ascii=False)


def _items(owner: str, values: Any) -> list[Data]:
    """Return the JSON of a ListBlock; without its id Wagtail would take an item for one of the old format."""
    return [
        {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_URL, f"scenario-item:{owner}:{i}"))}
        for i, value in enumerate(values)
    ]


def _comment_block(comment: Mapping[str, Any]) -> Data:
    block = dict(comment)
    reasons = block.pop("reasons", None) or ["none"]
    block |= {"reason": reasons[0], "other_reasons": reasons[1:], "severity": str(block.get("severity") or 0)}
    block["key"] = _items(
        f"{comment['id']}:key", ({"action": a, "weight": f"{w:g}"} for a, w in comment["key"].items())
    )
    block["votes"] = _items(
        f"{comment['id']}:votes", ({"action": a, "votes": n} for a, n in (comment.get("votes") or {}).items())
    )
    block["forbidden"] = _items(
        f"{comment['id']}:forbidden", ({"action": a, "why": t} for a, t in (comment.get("forbidden") or {}).items())
    )
    return block


def _appeal_block(appeal: Mapping[str, Any]) -> Data:
    owner = f"appeal:{appeal['id']}"
    key = ({"verdict": a, "weight": f"{w:g}"} for a, w in appeal["key"].items())
    votes = ({"verdict": a, "votes": n} for a, n in (appeal.get("votes") or {}).items())
    given = {"of": list(appeal.get("of") or CONTESTED), "after": appeal.get("after", APPEAL_AFTER)}
    return {**appeal, **given, "key": _items(f"{owner}:key", key), "votes": _items(f"{owner}:votes", votes)}


def _macro_block(macro: Mapping[str, Any]) -> Data:
    return {**macro, "fields": _items(f"macro:{macro['id']}:fields", macro.get("fields") or ())}


def _reaction_block(reaction: Mapping[str, Any]) -> Data:
    when, then = reaction["when"], reaction["then"]
    return {
        "id": reaction["id"],
        "comment": when["comment"],
        "condition": when["is"],
        "lasting": when.get("for"),
        "brings_comment": then.get("comment", ""),
        "brings_inject": then.get("inject", ""),
        "mood": then.get("mood", 0),
        "after": reaction.get("after", 0),
        "probability": reaction.get("probability", 1),
    }


BLOCK_OF: dict[str, Callable[[Any], Data]] = {
    "comments": _comment_block,
    "background": _comment_block,
    "reactions": _reaction_block,
    "appeals": _appeal_block,
    "macros": _macro_block,
}

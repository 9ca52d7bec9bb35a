"""A scenario as its file says it: the mapping `sandbox.engine.parsing` reads, in the order of the format and without
what is usual. Pure: `from_dict(to_dict(s)) == s`."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from sandbox.engine import constants
from sandbox.engine.codes import ACTIONS, CONTESTED, REASON_CATEGORY
from sandbox.engine.parsing import FORMAT
from sandbox.engine.scenario import Appeal, Comment, Inject, Macro, Reaction, Scenario, Text

Data = dict[str, Any]
COMMENT_ORDER = (
    "id", "post", "parent", "persona", "minute", "hostile", "text", "kind", "views_per_minute", "severity", "reasons",
    "protected", "key", "votes", "clear_cut", "forbidden", "companion", "escalate_to", "rule", "trap", "rationale",
    "hint", "touches", "group",
)  # fmt: skip
ALWAYS = ("severity", "reasons")  # an author states these even when there is nothing to say
PERSONA_ORDER = ("id", "name", "handle", "side", "patience", "influence", "followers", "bio")
POST_ORDER = ("id", "minute", "text", "likes")
INJECT_ORDER = (
    "id", "minute", "channel", "sender", "text", "impulse", "expects", "within", "note", "contingency", "audience", "phase",
)  # fmt: skip

APPEAL_ORDER = ("id", "comment", "of", "after", "text", "edited", "key", "votes", "rationale", "hint")


def to_dict(scenario: Scenario) -> Data:
    """Return the canonical mapping of a scenario."""
    s = scenario
    data: Data = {
        "format": FORMAT,
        "scenario": s.id,
        **{name: _plain(getattr(s, name)) for name in ("title", "summary", "brief", "brand")},
        "starts_at": f"{s.starts_at // 60:02d}:{s.starts_at % 60:02d}",
        **{name: getattr(s, name) for name in ("duration", "pace", "seed", "pass_mark", "severity_cap")},
        **_unusual(s, ("tension", "background_rate", "explain")),
        "service_levels": _service_levels(s),
        "topics": list(s.topics),
        "objectives": [_plain(text) for text in s.objectives],
        "charter": [_plain(rule) for rule in s.charter],
        "personas": [_part(persona, PERSONA_ORDER) for persona in s.personas.values()],
        "posts": [_part(post, POST_ORDER, always=("minute",)) for post in s.posts],
        "comments": [_comment(comment) for comment in s.comments],
        "reactions": [_reaction(reaction) for reaction in s.reactions],
        "injects": [_inject(inject) for inject in s.injects.values()],
        "background": [_comment(comment) for comment in s.background],
        "macros": [_macro(macro) for macro in s.macros],
        "appeals": [_appeal(appeal) for appeal in s.appeals.values()],
        "crisis": _plain(s.crisis) if s.crisis else {},
    }
    return {name: value for name, value in data.items() if value not in ({}, [])}


def _plain(value: Any) -> Any:
    """Return a value of the engine as plain data, in the order of its class, which is that of the format."""
    if isinstance(value, Text):
        return {"fr": value.fr, "en": value.en}
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if hasattr(value, "__dataclass_fields__"):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value


def _unusual(value: Any, names: Iterable[str], always: Iterable[str] = ()) -> Data:
    """Return the fields that differ from their defaults, and those that are always written."""
    known = {each.name: each for each in fields(value)}
    kept = {}
    for name in names:
        each, member = known[name], getattr(value, name)
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if name in always or member != default:
            kept[name] = _plain(member)
    return kept


def _part(value: Any, order: tuple[str, ...], always: Iterable[str] = ()) -> Data:
    return _unusual(value, order, always)


def _comment(comment: Comment) -> Data:
    data = _part(comment, COMMENT_ORDER, ALWAYS)
    exact, *others = data["reasons"] or ["none"]
    data["reasons"] = [exact, *(code for code in REASON_CATEGORY if code in others)]
    if "touches" in data:
        data["touches"] = [code for code in REASON_CATEGORY if code in data["touches"]]
    if "companion" in data:
        data["companion"] = [code for code in ACTIONS if code in data["companion"]]
    return data


def _reaction(reaction: Reaction) -> Data:
    when: Data = {"comment": reaction.comment, "is": reaction.condition}
    if reaction.lasting:
        when["for"] = reaction.lasting
    then = {"comment": reaction.brings_comment, "inject": reaction.brings_inject, "mood": reaction.mood}
    brings = {name: value for name, value in then.items() if value}
    return {
        "id": reaction.id,
        "when": when,
        "then": brings,
        "after": reaction.after,
        "probability": reaction.probability,
    }


def _inject(inject: Inject) -> Data:
    return _part(inject, INJECT_ORDER)


def _appeal(appeal: Appeal) -> Data:
    data = _part(appeal, APPEAL_ORDER)
    if "of" in data:
        data["of"] = [code for code in CONTESTED if code in data["of"]]
    return data


def _macro(macro: Macro) -> Data:
    data = _part(macro, ("id", "title", "text"))
    if macro.fields:
        data["fields"] = [_part(each, ("id", "label", "value")) for each in macro.fields]
    return data


def _service_levels(scenario: Scenario) -> Data:
    levels: Data = {
        str(level): minutes
        for level, minutes in sorted(scenario.service_levels.items(), reverse=True)
        if minutes != constants.SERVICE_LEVELS.get(level)
    }
    if scenario.question_level != constants.QUESTION_LEVEL:
        levels["question"] = scenario.question_level
    if scenario.appeal_level != constants.APPEAL_LEVEL:
        levels["appeal"] = scenario.appeal_level
    return levels

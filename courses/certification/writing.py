"""Awards as their file says them: what `loading` reads, in one order and without what is usual."""

from collections.abc import Callable, Mapping
from typing import Any

from courses.certification.award_file import LANGUAGES, RENEWAL_DAYS, TEXTS
from courses.certification.models import Award

Data = dict[str, Any]


def awards_data(data: Mapping[str, Any]) -> Data:
    """Return the canonical mapping of a file's data that was checked."""
    return {"awards": [_award(entry) for entry in data["awards"]]}


def _award(entry: Mapping[str, Any]) -> Data:
    signatory = entry.get("signatory") or {}
    skills = entry.get("skills") or {}
    found: Data = {
        "award": entry["award"],
        **{name: _text(entry[name]) for name in TEXTS},
        "skills": {code: list(skills[code]) for code in LANGUAGES if skills.get(code)},
        "signatory": {
            "name": signatory.get("name", ""),
            "role": {code: text for code, text in (signatory.get("role") or {}).items() if text},
        },
        "rule": {name: [_requirement(part) for part in parts] for name, parts in entry["rule"].items()},
        "valid_months": entry.get("valid_months"),
        "valid_until": entry.get("valid_until"),
        "renewal": _renewal(entry.get("renewal") or {}),
    }
    found["signatory"] = {name: value for name, value in found["signatory"].items() if value}
    return {k: v for k, v in found.items() if v} | ({} if entry.get("active", True) else {"active": False})


def _text(text: Mapping[str, str]) -> Data:
    return {code: text[code].replace("\r\n", "\n").strip() for code in LANGUAGES}


def _renewal(renewal: Mapping[str, Any]) -> Data:
    if not renewal:
        return {}
    days = {k: renewal[k] for k, (_field, usual, _most) in RENEWAL_DAYS.items() if renewal.get(k, usual) != usual}
    rules = {n: [_requirement(part) for part in renewal[n]] for n in ("all_of", "any_of") if n in renewal}
    return {**days, **rules}


def _requirement(part: Mapping[str, Any]) -> Data:
    if "any_of" in part:
        count = {"count": part["count"]} if part.get("count", 1) != 1 else {}
        return {"any_of": [_requirement(inner) for inner in part["any_of"]], **count}
    if "announced" in part:
        return {"announced": _text(part["announced"])}
    return {name: value for name, value in part.items() if value is not None}


def data_of(award: Award, path_of: Callable[[Any], str]) -> Data:
    """Return an award as an entry of the file; `path_of` names a page by the stems of its files.

    Errors: whatever `path_of` raises for a page it does not know; ValueError for an award without requirements.
    """
    if not award.requirements:
        raise ValueError("it has no requirements: it is given by hand")
    rule = "any_of" if award.match == "any" else "all_of"
    entry: Data = {
        "award": award.slug,
        **{name: award.texts(name) for name in TEXTS},
        "skills": {
            code: [s.strip() for s in text.splitlines() if s.strip()] for code, text in award.texts("skills").items()
        },
        "signatory": {"name": award.signatory, "role": award.texts("signatory_role")},
        "rule": {rule: [_part(block, path_of) for block in award.requirements]},
        "valid_months": award.valid_months,
        "valid_until": award.valid_day,
        "active": award.active,
    }
    if award.renewal_requirements:
        name = "any_of" if award.renewal_match == "any" else "all_of"
        entry["renewal"] = {
            name: [_part(block, path_of) for block in award.renewal_requirements],
            **{key: getattr(award, field) for key, (field, _usual, _most) in RENEWAL_DAYS.items()},
        }
    return _award(entry)


def _part(block: Any, path_of: Callable[[Any], str]) -> Data:
    value = block.value
    if block.block_type == "course":
        return {"course": path_of(value["course"])}
    if block.block_type == "activity":
        return {"activity": path_of(value["activity"]), "percent": value["percent"]}
    if block.block_type == "award":
        if value["award"] is None:
            raise ValueError("an award it asks for no longer exists")
        return {"award": value["award"].slug}
    if block.block_type == "points":
        return {"points": value["points"]}
    if block.block_type == "announced":
        return {"announced": {code: value[code] for code in LANGUAGES}}
    return {"any_of": [_part(inner, path_of) for inner in value["parts"]], "count": value["count"]}

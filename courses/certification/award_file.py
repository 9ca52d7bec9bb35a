"""What an awards file may hold, checked before anything is written.

The format: docs/formats/award.md.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

LANGUAGES = ("fr", "en")
TEXTS = {"title": 120, "description": 300, "criteria": 600}
KEYS = {"award", *TEXTS, "skills", "signatory", "rule", "valid_months", "valid_until", "renewal", "active"}
RENEWAL_DAYS = {"opens_days": ("renewal_opens", 90, 366), "closes_days": ("renewal_closes", 180, 1830)}


class AwardError(ValueError):
    """A file that cannot be loaded; `path` says where in it, such as `awards[2].title.fr`."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path


def check_awards(data: Any) -> None:
    """Check the whole file. Errors: AwardError for the first thing that is wrong."""
    if not isinstance(data, dict) or not isinstance(data.get("awards"), list):
        raise AwardError("awards", "the file holds a list named awards")
    seen: set[str] = set()
    for number, entry in enumerate(data["awards"]):
        path = f"awards[{number}]"
        _check_award(entry, path)
        if entry["award"] in seen:
            raise AwardError(f"{path}.award", f"there are two awards named {entry['award']}")
        seen.add(entry["award"])


def _check_award(entry: Any, path: str) -> None:
    if not isinstance(entry, dict):
        raise AwardError(path, "an award is a mapping")
    unknown = sorted(set(entry) - KEYS)
    if unknown:
        raise AwardError(f"{path}.{unknown[0]}", "no such key")
    slug = entry.get("award")
    if not isinstance(slug, str) or not slug or not slug.replace("-", "").isalnum() or not slug.isascii():
        raise AwardError(f"{path}.award", "an identifier of letters, digits and hyphens")
    for name, longest in TEXTS.items():
        _check_texts(entry.get(name), f"{path}.{name}", longest)
    _check_skills(entry.get("skills", {}), f"{path}.skills")
    _check_months(entry.get("valid_months"), f"{path}.valid_months")
    _check_day(entry, f"{path}.valid_until")
    _check_rule(entry.get("rule"), f"{path}.rule")
    if "renewal" in entry:
        _check_renewal(entry["renewal"], f"{path}.renewal")
    if _names_award(entry, slug):
        raise AwardError(f"{path}.rule", "an award cannot ask for itself")


def _check_texts(texts: Any, path: str, longest: int) -> None:
    for language in LANGUAGES:
        text = texts.get(language) if isinstance(texts, dict) else None
        if not isinstance(text, str) or not text.strip():
            raise AwardError(f"{path}.{language}", "a text is needed in each language")
        if len(text) > longest:
            raise AwardError(f"{path}.{language}", f"{len(text)} characters; {longest} at most")


def _check_skills(skills: Any, path: str) -> None:
    lists = skills.values() if isinstance(skills, dict) else [None]
    if not all(isinstance(words, list) and all(isinstance(word, str) for word in words) for words in lists):
        raise AwardError(path, "a list of texts for each language")


def _check_months(months: Any, path: str) -> None:
    if months is not None and (isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= 240):
        raise AwardError(path, "a whole number of months from 1 to 240, or nothing")


def _check_day(entry: dict[str, Any], path: str) -> None:
    day = entry.get("valid_until")
    if day is not None and type(day) is not date:
        raise AwardError(path, "a day, such as 2027-12-31")
    if day is not None and entry.get("valid_months") is not None:
        raise AwardError(path, "either months or a fixed day, not both")


def _check_renewal(renewal: Any, path: str) -> None:
    if not isinstance(renewal, dict):
        raise AwardError(path, "a mapping")
    for key, (_field, _usual, most) in RENEWAL_DAYS.items():
        days = renewal.get(key, 0)
        if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= most:
            raise AwardError(f"{path}.{key}", f"a whole number of days from 0 to {most}")
    _check_rule({name: value for name, value in renewal.items() if name not in RENEWAL_DAYS}, path)


def _names_award(entry: Mapping[str, Any], slug: str) -> bool:
    rules = [entry["rule"], {name: v for name, v in entry.get("renewal", {}).items() if name in {"all_of", "any_of"}}]
    parts = [part for rule in rules for several in rule.values() for part in several]
    parts += [inner for part in parts for inner in part.get("any_of", [])]
    return any(part.get("award") == slug for part in parts)


def _check_rule(rule: Any, path: str) -> None:
    if not isinstance(rule, dict) or set(rule) not in ({"all_of"}, {"any_of"}):
        raise AwardError(path, "either all_of or any_of")
    for name, parts in rule.items():
        if not isinstance(parts, list) or not parts:
            raise AwardError(f"{path}.{name}", "a list of requirements")
        for number, part in enumerate(parts):
            _check_requirement(part, f"{path}.{name}[{number}]")


def _check_requirement(part: Any, path: str) -> None:
    allowed = (
        {"course"},
        {"award"},
        {"activity"},
        {"activity", "percent"},
        {"any_of"},
        {"any_of", "count"},
        {"announced"},
        {"points"},
    )
    if not isinstance(part, dict) or set(part) not in allowed:
        raise AwardError(path, "course, activity (with percent), award, announced, points, or any_of (with count)")
    if "points" in part:
        _check_points(part["points"], path)
    if "announced" in part:
        _check_texts(part["announced"], f"{path}.announced", 160)
    for number, inner in enumerate(part.get("any_of", [])):
        if not isinstance(inner, dict) or {"any_of", "announced", "points"} & set(inner):
            raise AwardError(f"{path}.any_of[{number}]", "a group holds courses, activities and awards only")
        _check_requirement(inner, f"{path}.any_of[{number}]")


def _check_points(points: Any, path: str) -> None:
    if ".renewal." not in path:
        raise AwardError(path, "points renew an award; they do not earn it")
    if isinstance(points, bool) or not isinstance(points, int) or not 1 <= points <= 500:
        raise AwardError(f"{path}.points", "a whole number of points from 1 to 500")

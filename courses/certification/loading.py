"""Writing `awards.yaml` to the awards, without ever overwriting what an instructor changed.

The format: docs/formats/award.md. Everything is checked before anything is written.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from courses.certification.award_file import LANGUAGES, RENEWAL_DAYS, TEXTS, AwardError, check_awards
from courses.certification.models import Award
from courses.loading import CREATED, KEPT, UNCHANGED, UPDATED, key_named
from courses.models import ActivityPage, CoursePage, activity_models


@transaction.atomic
def load_awards(data: Any, *, force: bool = False) -> list[tuple[str, str]]:
    """Create or update the awards and return (outcome, award) for each.

    An award edited in the admin since the last load is kept, unless `force`. Errors: AwardError,
    and nothing is written then.
    """
    check_awards(data)
    return [
        (_write(entry, f"awards[{n}]", n + 1, force), f"award {entry['award']}")
        for n, entry in enumerate(data["awards"])
    ]


def _write(entry: Mapping[str, Any], path: str, position: int, force: bool) -> str:
    stored = Award.objects.filter(slug=entry["award"]).first()
    wanted = Award(
        slug=entry["award"],
        **_values(entry),
        requirements=_requirements(entry["rule"], f"{path}.rule"),
        renewal_requirements=_requirements(entry["renewal"], f"{path}.renewal") if "renewal" in entry else [],
        position=position,
    )
    fingerprint = wanted.fingerprint()
    if stored is None:
        wanted.loaded_hash = fingerprint
        wanted.save()
        return CREATED
    if not force and stored.fingerprint() != stored.loaded_hash:
        return KEPT
    if stored.fingerprint() == fingerprint:
        return UNCHANGED
    for name in (*Award.LOADED_FIELDS, *Award.RENEWAL_FIELDS, "valid_day", "requirements", "renewal_requirements"):
        setattr(stored, name, getattr(wanted, name))
    stored.loaded_hash = fingerprint
    stored.save()
    return UPDATED


def _values(entry: Mapping[str, Any]) -> dict[str, Any]:
    signatory = entry.get("signatory") or {}
    values: dict[str, Any] = {
        "signatory": signatory.get("name", ""),
        "match": "any" if "any_of" in entry["rule"] else "all",
        "valid_months": entry.get("valid_months"),
        "valid_day": entry.get("valid_until"),
        "active": entry.get("active", True),
    }
    renewal = entry.get("renewal") or {}
    values["renewal_match"] = "any" if "any_of" in renewal else "all"
    for key, (field, usual, _most) in RENEWAL_DAYS.items():
        values[field] = renewal.get(key, usual)
    for language in LANGUAGES:
        for name in TEXTS:
            values[f"{name}_{language}"] = entry[name][language]
        values[f"skills_{language}"] = "\n".join(entry.get("skills", {}).get(language, []))
        values[f"signatory_role_{language}"] = signatory.get("role", {}).get(language, "")
    return values


# --- the rule --------------------------------------------------------------------------------------------------------
def _requirements(rule: Mapping[str, Any], path: str) -> list[tuple[str, Any]]:
    name = "any_of" if "any_of" in rule else "all_of"
    return [_requirement(part, f"{path}.{name}[{n}]") for n, part in enumerate(rule[name])]


def _requirement(part: Mapping[str, Any], path: str) -> tuple[str, Any]:
    if "course" in part:
        return "course", {"course": _page(CoursePage, part["course"], f"{path}.course")}
    if "activity" in part:
        return "activity", {"activity": _activity(part["activity"], f"{path}.activity"), "percent": part.get("percent")}
    if "award" in part:
        return "award", {"award": _award(part["award"], f"{path}.award")}
    if "points" in part:
        return "points", {"points": part["points"]}
    if "announced" in part:
        return "announced", {code: part["announced"][code] for code in LANGUAGES}
    parts = [_requirement(inner, f"{path}.any_of[{n}]") for n, inner in enumerate(part["any_of"])]
    return "group", {"count": part.get("count", 1), "parts": parts}


def _award(slug: str, path: str) -> Award:
    """Another award: one that is there already, or stands earlier in the file."""
    award = Award.objects.filter(slug=slug).first()
    if award is None:
        raise AwardError(path, f"there is no award {slug} before this one")
    return award


def _page(model: Any, stem: str, path: str) -> Any:
    """The page of a file stem, in whichever language it exists; the rule follows its translation key."""
    page = model.objects.filter(translation_key=key_named(stem)).order_by("pk").first()
    if page is None:
        raise AwardError(path, f"there is no {stem}")
    return page


def _activity(stem: str, path: str) -> Any:
    for model in activity_models():
        page = model.objects.filter(translation_key=key_named(stem)).order_by("pk").first()
        if isinstance(page, ActivityPage):
            return page
    raise AwardError(path, f"there is no activity {stem}")

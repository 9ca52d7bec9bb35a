"""A rule in plain words."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import get_language, gettext, ngettext

from courses.certification.rules import (
    ActivityPassed,
    AllOf,
    Announced,
    AnyOf,
    AwardHeld,
    CourseCompleted,
    Leaf,
    PointsEarned,
    Rule,
)
from courses.certification.snapshots import pick

Titles = Mapping[UUID, tuple[str, str]]  # key → (title, address)


def say(rule: Rule, titles: Titles) -> str:
    """One requirement, or a whole rule, as a sentence without its full stop."""
    match rule:
        case AllOf(parts):
            return gettext(" and ").join(say(part, titles) for part in parts)
        case AnyOf(parts, 1):
            return gettext(" or ").join(say(part, titles) for part in parts)
        case AnyOf(parts, count):
            listed = "; ".join(say(part, titles) for part in parts)
            return gettext("%(count)s of these: %(parts)s") % {"count": count, "parts": listed}
        case _:
            return _say_leaf(rule, titles)


def _say_leaf(rule: Leaf, titles: Titles) -> str:
    match rule:
        case CourseCompleted(course):
            return gettext("complete the course “%(title)s”") % {"title": _title(course, titles)}
        case ActivityPassed(activity, None):
            return gettext("pass “%(title)s”") % {"title": _title(activity, titles)}
        case ActivityPassed(activity, percent):
            return gettext("pass “%(title)s” with at least %(percent)s%%") % {
                "title": _title(activity, titles),
                "percent": percent,
            }
        case AwardHeld(award):
            return gettext("hold “%(title)s”") % {"title": _title(award, titles)}
        case PointsEarned(points):
            return ngettext(
                "earn %(points)s point of continuing learning, an hour of activities new to you",
                "earn %(points)s points of continuing learning, one for each hour of activities new to you",
                points,
            ) % {"points": points}
        case Announced(texts):
            return gettext("%(title)s (being prepared)") % {"title": pick(texts, get_language() or "")}


def say_all(rules: Iterable[Rule], titles: Titles) -> tuple[tuple[str, str], ...]:
    """(sentence, address) for each; the address is empty where several places are meant."""
    said = []
    for rule in rules:
        words = say(rule, titles)
        said.append((words[:1].upper() + words[1:], _address(rule, titles)))
    return tuple(said)


def _address(rule: Rule, titles: Titles) -> str:
    match rule:
        case CourseCompleted(key) | ActivityPassed(key, _) | AwardHeld(key):
            return titles.get(key, ("", ""))[1]
        case _:
            return ""


def _title(key: UUID, titles: Titles) -> str:
    return titles.get(key, (gettext("a page that no longer exists"), ""))[0]

"""A learner's record as the rules read it, and the words that go with it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from wagtail.models import Page

from courses.certification.models import Award, Certificate, in_language
from courses.certification.rules import ActivityPassed, AwardHeld, CourseCompleted, PointsEarned, Progress, Rule, leaves
from courses.certification.snapshots import Evidence, Result
from courses.models import ActivityPass, ActivityRecord, Enrolment, activity_models

NOTHING: Mapping[UUID, int] = {}
GENRES = {"quiz": "Quiz", "scenario": "Scenario"}


def progress_of(user_id: int, rules: Iterable[Rule], *, now: datetime | None = None) -> Progress:
    """What of these rules the learner has done. Two queries, three where a rule asks for an award."""
    wanted = [leaf for rule in rules for leaf in leaves(rule)]
    courses = {leaf.course for leaf in wanted if isinstance(leaf, CourseCompleted)}
    activities = {leaf.activity for leaf in wanted if isinstance(leaf, ActivityPassed)}
    awards = {leaf.award for leaf in wanted if isinstance(leaf, AwardHeld)}
    enrolments = Enrolment.objects.filter(user_id=user_id, course_key__in=courses, completed_at__isnull=False)
    records = ActivityRecord.objects.filter(user_id=user_id, activity_key__in=activities, passed=True)
    return Progress(
        completed=frozenset(enrolments.values_list("course_key", flat=True)),
        passed={key: _percent(fraction) for key, fraction in records.values_list("activity_key", "best_fraction")},
        held=_held(user_id, awards, now or timezone.now()) if awards else frozenset(),
    )


def progress_since(user_id: int, rule: Rule, since: datetime, *, now: datetime) -> Progress:
    """The same, counting only what was done after `since`: nothing old renews a certificate."""
    return progresses_since(user_id, [(rule, since)], now=now)[0]


def progresses_since(user_id: int, asked: Sequence[tuple[Rule, datetime]], *, now: datetime) -> list[Progress]:
    """One progress for each rule, counting only what was done after its moment. As many queries as for one."""
    wanted = [leaf for rule, _since in asked for leaf in leaves(rule)]
    courses = {leaf.course for leaf in wanted if isinstance(leaf, CourseCompleted)}
    activities = {leaf.activity for leaf in wanted if isinstance(leaf, ActivityPassed)}
    awards = {leaf.award for leaf in wanted if isinstance(leaf, AwardHeld)}
    enrolments = Enrolment.objects.filter(user_id=user_id, course_key__in=courses, completed_at__isnull=False)
    passes = ActivityPass.objects.filter(user_id=user_id, activity_key__in=activities)
    completed = list(enrolments.values_list("course_key", "completed_at")) if courses else []
    passed = list(passes.values_list("activity_key", "at", "fraction")) if activities else []
    held = _held(user_id, awards, now) if awards else frozenset()
    learned = _learned(user_id) if any(isinstance(leaf, PointsEarned) for leaf in wanted) else []
    return [
        Progress(
            completed=frozenset(key for key, moment in completed if moment and moment > since),
            passed=_best((key, fraction) for key, moment, fraction in passed if moment > since),
            held=held,
            points=sum(minutes for moment, minutes in learned if moment > since) // 60,
        )
        for _rule, since in asked
    ]


def _learned(user_id: int) -> list[tuple[datetime, int]]:
    """(when it was first completed, its minutes) of every activity the learner has done."""
    done = ActivityRecord.objects.filter(user_id=user_id, completed_at__isnull=False)
    moments = dict(done.values_list("activity_key", "completed_at"))
    minutes: dict[UUID, int] = {}
    for model in activity_models():
        minutes |= dict(model.objects.filter(translation_key__in=moments).values_list("translation_key", "minutes"))
    return [(moment, minutes.get(key, 0)) for key, moment in moments.items() if moment]


def _best(passes: Iterable[tuple[UUID, Any]]) -> dict[UUID, int]:
    best: dict[UUID, int] = {}
    for key, fraction in passes:
        best[key] = max(_percent(fraction), best.get(key, 0))
    return best


def _held(user_id: int, awards: set[UUID], now: datetime) -> frozenset[UUID]:
    held = Certificate.objects.filter(user_id=user_id, award__uuid__in=awards).valid_at(now)
    return frozenset(held.values_list("award__uuid", flat=True))


def results_of(
    user_id: int, rule: Rule, renewed: Mapping[UUID, int] = NOTHING
) -> tuple[tuple[Result, ...], tuple[Evidence, ...]]:
    """Scores and evidence behind a rule: every activity with a result, in the order of the course.

    `renewed` gives the percents reached to renew, which stand in the place of what was reached before.
    """
    wanted = list(leaves(rule))
    courses = {leaf.course for leaf in wanted if isinstance(leaf, CourseCompleted)}
    asked = {leaf.activity: leaf.percent for leaf in wanted if isinstance(leaf, ActivityPassed)}
    records = ActivityRecord.objects.filter(user_id=user_id, best_fraction__isnull=False, passed=True)
    scored = {
        r.activity_key: _percent(r.best_fraction)
        for r in records
        if {r.course_key, r.activity_key} & (courses | asked.keys())
    }
    scored |= renewed
    results, evidence = [], []
    for key, (titles, kind) in _pages_in_order(list(scored)).items():
        percent = scored[key]
        results.append(Result(key=str(key), name=titles, percent=percent, required=asked.get(key)))
        if kind in GENRES:
            evidence.append(Evidence(name=titles, narrative=dict.fromkeys(titles, f"{percent} %"), genre=GENRES[kind]))
    return tuple(results), tuple(evidence)


def certificate_of_course(*, user_id: int, course_key: UUID) -> Certificate | None:
    """The learner's latest certificate whose rule asks for this course."""
    held = Certificate.objects.filter(user_id=user_id).select_related("award").order_by("-issued_at")
    return next((c for c in held if CourseCompleted(course_key) in leaves(c.award.rule())), None)


def _percent(fraction: Any) -> int:
    """Whole percents, rounded down: nobody's paper may say more than was reached."""
    return int((fraction or 0) * 100)


def _pages_in_order(keys: list[UUID]) -> dict[UUID, tuple[dict[str, str], str]]:
    """key → (title in each language, kind of activity), in tree order."""
    found: dict[UUID, tuple[dict[str, str], str]] = {}
    for page in Page.objects.filter(translation_key__in=keys).select_related("locale").order_by("path"):
        titles, _kind = found.setdefault(page.translation_key, ({}, getattr(page.specific_class, "activity_kind", "")))
        titles[page.locale.language_code] = page.title
    return found


def titles_of(rule: Rule, language: str) -> Mapping[UUID, tuple[str, str]]:
    """key → (title, address) of every page a rule names, in `language` where it exists."""
    wanted = list(leaves(rule))
    keys = [leaf.course for leaf in wanted if isinstance(leaf, CourseCompleted)]
    keys += [leaf.activity for leaf in wanted if isinstance(leaf, ActivityPassed)]
    awards = [leaf.award for leaf in wanted if isinstance(leaf, AwardHeld)]
    pages = Page.objects.filter(translation_key__in=keys).select_related("locale").order_by("path")
    titles: dict[UUID, tuple[str, str]] = {}
    for page in sorted(pages, key=lambda page: page.locale.language_code != language):
        titles.setdefault(page.translation_key, (page.title, page.url or ""))
    if awards:
        for award in Award.objects.filter(uuid__in=awards):
            titles[award.uuid] = (in_language(award.texts("title"), language), award.get_absolute_url())
    return titles

"""From a quiz to its blueprint, and what an author is told about it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from courses.skills import SKILLS
from quizzes.delivery.blueprint import Blueprint, Section, fresh_attempts, problems
from quizzes.delivery_words import problem_said
from quizzes.models import Question, Quiz, QuizSection, QuizSlot, filed_under

Titles = list[dict[str, str]]


def blueprint_of(quiz: Quiz, *, language: str = "en") -> tuple[Blueprint, Titles]:
    """Return the blueprint over questions of the bank, and the titles of its sections in both languages.

    Without sections the whole quiz is one, with the draw of the quiz. A slot of a section that does not exist belongs
    to the last one.
    """
    slots = list(quiz.slots.all())
    sections = list(quiz.sections.all())
    enemies = frozenset(frozenset({p.first_id, p.second_id}) for p in quiz.enemies.all() if p.first_id != p.second_id)
    if not sections:
        return Blueprint((_section("", slots, quiz.draw),), enemies), [{}]
    built = []
    for number, section in enumerate(sections, start=1):
        own = [slot for slot in slots if min(slot.section, len(sections)) == number]
        built.append(_section(getattr(section, f"title_{language}"), own, section.draw, section))
    titles = [{"fr": section.title_fr, "en": section.title_en} for section in sections]
    return Blueprint(tuple(built), enemies), titles


def _section(name: str, slots: list[QuizSlot], draw: int | None, row: QuizSection | None = None) -> Section:
    listed = [slot.question_id for slot in slots]
    bank = filed_under(row.filing).values_list("pk", flat=True) if row else []
    return Section(
        name=name,
        questions=tuple(dict.fromkeys([*listed, *bank])),
        draw=draw,
        pinned=frozenset(slot.question_id for slot in slots if slot.pinned),
        minimum=row.minimum if row else Decimal(0),
        minutes=row.time_limit or 0 if row else 0,
    )


@dataclass(frozen=True, slots=True)
class SectionReport:
    name: str
    asked: int
    available: int
    pinned: int
    skills: tuple[
        tuple[str, int], ...
    ] = ()  # how many of the questions measure each skill, in the order of the courses
    unfiled: int = 0  # how many measure none


@dataclass(frozen=True, slots=True)
class Report:
    """What a candidate would be given, and what keeps that from being so."""

    sections: tuple[SectionReport, ...]
    problems: tuple[str, ...]
    asked: int
    fresh: int | None  # attempts before every drawn question has been met
    version: int | None  # number of the published version


def report_on(quiz: Quiz) -> Report:
    """Return the report on a quiz as it was last saved, draft or not."""
    draft = quiz.get_latest_revision_as_object() if quiz.has_unpublished_changes else quiz
    blueprint, _titles = blueprint_of(draft, language=get_language() or "en")
    newest = quiz.versions.order_by("-number").values_list("number", flat=True).first()
    measured = _skills_of(pk for section in blueprint.sections for pk in section.questions)
    return Report(
        sections=tuple(_about(section, measured) for section in blueprint.sections),
        problems=tuple(problem_said(problem) for problem in problems(blueprint, draft.max_exposure)),
        asked=sum(section.count for section in blueprint.sections),
        fresh=fresh_attempts(blueprint),
        version=newest,
    )


def _skills_of(questions: Iterable[int]) -> dict[int, str]:
    """Return question → the skill it measures. One query."""
    return dict(Question.objects.filter(pk__in=set(questions)).values_list("pk", "skill"))


def _about(section: Section, measured: Mapping[int, str]) -> SectionReport:
    counts = Counter(measured.get(pk, "") for pk in section.questions)
    skills = tuple((str(skill.label), counts[code]) for code, skill in SKILLS.items() if counts[code])
    return SectionReport(
        section.name, section.count, len(section.questions), len(section.pinned), skills, counts[""] if skills else 0
    )

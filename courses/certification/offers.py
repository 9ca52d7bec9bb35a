"""What awards ask for, as pages tell it: each requirement, done or not, and what does not exist yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from courses.certification.models import Award, Certificate, in_language
from courses.certification.progress import progress_of, titles_of
from courses.certification.reading import Titles, say_all
from courses.certification.rules import AllOf, Announced, AnyOf, PointsEarned, Progress, Rule, is_met, missing


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing to do, with its address where there is one; or a choice among several."""

    sentence: str
    url: str = ""
    done: bool = False
    awaited: bool = False  # it does not exist yet
    choices: "tuple[Requirement, ...]" = ()


def requirements_of(rule: Rule, progress: Progress, titles: Titles) -> tuple[Requirement, ...]:
    """What `rule` asks for, outermost first; each says whether `progress` has it."""
    parts = rule.parts if isinstance(rule, AllOf) else (rule,)
    return tuple(_requirement(part, progress, titles) for part in parts)


def _requirement(part: Rule, progress: Progress, titles: Titles) -> Requirement:
    done = is_met(part, progress)
    if isinstance(part, AnyOf):
        sentence = ngettext("One of these:", "%(count)s of these:", part.count) % {"count": part.count}
        choices = tuple(_requirement(choice, progress, titles) for choice in part.parts)
        return Requirement(sentence, done=done, choices=choices)
    ((sentence, url),) = say_all([part], titles)
    if isinstance(part, PointsEarned) and progress.points and not done:
        sentence = gettext("%(requirement)s (%(points)s so far)") % {"requirement": sentence, "points": progress.points}
    return Requirement(sentence, url, done, isinstance(part, Announced))


@dataclass(frozen=True, slots=True)
class Step:
    """An award still to earn, and what is missing for it, each with an address where there is one."""

    award: Award
    missing: tuple[tuple[str, str], ...]
    awaits: bool

    @property
    def title(self) -> str:
        return self.award.title


def steps(user_id: int, awards: Iterable[Award]) -> list[Step]:
    """What is still to do for each award. A fixed number of queries however many awards."""
    rules = [(award, award.rule()) for award in awards]
    everything = AllOf(tuple(rule for _award, rule in rules))
    progress, titles = progress_of(user_id, [everything]), titles_of(everything, get_language() or "fr")
    return [Step(award, say_all(missing(rule, progress), titles), bool(award.awaits())) for award, rule in rules]


def still_waiting() -> list[Award]:
    """The open awards that nobody can earn today, because something they ask for does not exist yet."""
    return [award for award in Award.objects.active() if award.announces and award.awaits()]


def page_of_award(award: Award, user: Any) -> dict[str, Any]:
    """What the page of an award says; to a learner, also how far they are."""
    rule, renewal = award.rule(), award.renewal_rule()
    progress = progress_of(user.pk, [rule]) if user.is_authenticated else Progress()
    titles = titles_of(AllOf((rule, renewal)), get_language() or "fr")
    held = Certificate.objects.of(user).filter(award=award).order_by("-issued_at").first()
    return {
        "award": award,
        "closed": not award.active or award.is_past(timezone.now()),
        "requirements": requirements_of(rule, progress, titles) if award.requirements else (),
        "renewal": requirements_of(renewal, Progress(), titles) if award.renewal_requirements else (),
        "awaits": award.awaited_names,
        "skills": [line.strip() for line in in_language(award.texts("skills")).splitlines() if line.strip()],
        "held": held,
        "tells_progress": user.is_authenticated and held is None,
    }

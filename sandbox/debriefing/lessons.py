"""For tomorrow morning: what to keep and what to change, in words, with the comments that show it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.vocabulary import ESCALATION_DESKS, REASONS
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.shapes import Advice
from sandbox.engine.lessons import Lesson, Lessons
from sandbox.engine.world import World

EXAMPLES = 3
# What was seen; what to do about it.
CHANGE = {
    "unanswered": (
        _("Questions and complaints without an answer: %(n)d of %(total)d."),
        _("Every quarter of an hour, sort the queue by “Without an answer”, and say at least when the answer will come."),
    ),
    "answered_late": (
        _("Questions and complaints answered late: %(n)d of %(total)d."),
        _("A first line at once, “I am checking and will be back at such an hour”, then the full answer."),
    ),
    "grave_late": (
        _("Grave comments restricted late: %(n)d of %(total)d."),
        _("Before finishing a sentence, glance at what has just come in: what endangers someone goes first."),
    ),
    "let_stand": (
        _("Comments left up that had to be restricted: %(n)d of %(total)d; first among the reasons, %(about)s."),
        _("Reread that rule of the charter before the shift, and ask of each comment whom it targets, not how it sounds."),
    ),
    "fair_removed": (
        _("Fair criticism or testimony taken away: %(n)d of %(total)d."),
        _("Before restricting, name the rule it breaks; if none comes to mind, answer instead."),
    ),
    "harmless_removed": (
        _("Harmless comments taken away: %(n)d of %(total)d."),
        _("Read the whole thread before deciding: humour, quotes and clumsy words rarely break a rule."),
    ),
    "too_far": (
        _("Restrictions that went further than needed: %(n)d of %(total)d."),
        _("Start with the mildest measure that protects people; the next one is always there."),
    ),
    "not_passed_on": (
        _("Comments not passed on though they had to be: %(n)d of %(total)d; the desk most often missing: %(about)s."),
        _("Keep the name of the person on duty at each desk before your eyes: passing on takes a minute and does not replace the answer."),
    ),
    "wrong_reason": (
        _("Restrictions with another reason than the key: %(n)d of %(total)d; most often instead of %(about)s."),
        _("Say the reason to yourself as you would write it to the author: what exactly did they do?"),
    ),
    "untold": (
        _("Authors not told why, or told on a wrong ground: %(n)d of %(total)d."),
        _("Choose the ground together with the reason: the desk writes the rest of the statement."),
    ),
    "silence": (
        _("Statements waited for that did not come in time: %(n)d of %(total)d."),
        _("Keep three sentences ready: what we know, what we are doing, when we speak again."),
    ),
    "appeals": (
        _("Appeals left undecided or decided against the key: %(n)d of %(total)d."),
        _("Reread the decision as if a colleague had taken it: what did the author change, which rule is still broken?"),
    ),
}  # fmt: skip
KEEP = {
    "spoke_in_time": _("You spoke in time: %(n)d of %(total)d statements that were waited for."),
    "grave_in_time": _("What was grave was dealt with in time: %(n)d of %(total)d."),
    "traps_seen": _("You saw the traps: %(n)d of %(total)d."),
    "fair_kept": _("You let fair criticism and testimony stand: %(n)d of %(total)d."),
    "passed_on": _("You passed on what had to be: %(n)d of %(total)d."),
    "answered": _("People got an answer in time: %(n)d of %(total)d questions and complaints."),
    "exact_reasons": _("Your reasons were exact: %(n)d of %(total)d restrictions."),
}


def advice_of(lessons: Lessons, world: World, reader: Reader) -> tuple[list[Advice], list[Advice]]:
    """Return what to keep, then what to change."""
    keep = [Advice(str(KEEP[each.code]) % _figures(each), "", []) for each in lessons.keep]
    return keep, [_change(each, world, reader) for each in lessons.change]


def _change(lesson: Lesson, world: World, reader: Reader) -> Advice:
    seen, gesture = CHANGE[lesson.code]
    shown = [name for name in lesson.comments if name in world.find][:EXAMPLES]
    examples = [(name, reader.quote(name)["who"], reader.when(world.find[name].arrived)) for name in shown]
    return Advice(str(seen) % _figures(lesson), str(gesture), examples)


def _figures(lesson: Lesson) -> dict[str, Any]:
    return {"n": lesson.n, "total": lesson.total, "about": _inside(lesson.about)}


def _inside(code: str) -> str:
    """Return the word of a reason or of a desk as it stands inside a sentence."""
    word = str(REASONS[code].label if code in REASONS else ESCALATION_DESKS.get(code, ""))
    return word[:1].lower() + word[1:]

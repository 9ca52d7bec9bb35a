"""The figures of a shift in plain words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.figures import per_cent
from courses.vocabulary import REASONS
from sandbox import wording
from sandbox.debriefing.shapes import Bar, GroupView, Lean, PartView, ShareView
from sandbox.delays import Strip, strips
from sandbox.engine import scoring
from sandbox.engine.codes import AWAITING

STRONG_LEANING = 1.0  # of the bias c
STAY = {
    "criticism": gettext_lazy("Fair criticism of the brand"),
    "speech": gettext_lazy("News, testimony, counter-speech"),
    "none": gettext_lazy("Everyday messages"),
}
LEANINGS = {
    "easily": gettext_lazy("You lean towards taking down too easily."),
    "much": gettext_lazy("You lean towards letting too much stand."),
    "": gettext_lazy("You lean neither way."),
}
GROUP_LEANINGS = {
    "easily": gettext_lazy(
        "You lean towards taking down too easily: %(alarms)d of the %(noises)d that had to stay were restricted."
    ),
    "much": gettext_lazy(
        "You lean towards letting too much stand: %(misses)d of the %(signals)d to restrict were not."
    ),
    "": gettext_lazy("You lean neither way."),
}
LEVEL_WORDS = {
    "4": gettext_lazy("Critical"),
    "3": gettext_lazy("Grave"),
    "2": gettext_lazy("Harmful"),
    "1": gettext_lazy("Nuisance"),
    "0": gettext_lazy("Other"),
    "question": gettext_lazy("Questions and complaints"),
}


def part_of(part: scoring.Part) -> PartView:
    percent = None if part.value is None else round(part.value * 100)
    return PartView(wording.PARTS[part.name], percent, round(part.weight * 100), sentence(part))


def sentence(part: scoring.Part) -> str:
    i = part.inputs
    if part.pending:
        return _("%(marked)d of %(n)d texts marked by an instructor; the others are left out meanwhile.") % dict(i)
    if part.value is None:
        return _("Not exercised in this shift.")
    if part.name == "escalation" and i["precision"] is None:
        return _("Nothing of what had to be passed on was.")
    if part.name == "timeliness" and i["median"] is None:
        return _("Nothing of what could not wait was met.")
    percents = {name: per_cent(None if value is None else round(value * 100)) for name, value in i.items()}
    counts = {f"{name}_n": "–" if value is None else round(value) for name, value in i.items()}
    return str(SENTENCES[part.name]) % (percents | counts)


def lean_of(found: scoring.Detection | None) -> Lean | None:
    """Say in plain words, and show, which way the trainee leans."""
    if found is None:
        return None
    sentence = str(LEANINGS[scoring.leaning(found)])
    return Lean(
        bars=(
            _bar(_("Needed a restriction"), found.signals, found.hits),
            _bar(_("Had to stay"), found.noises, found.false_alarms),
        ),
        at=round(50 + 50 * max(-1.0, min(1.0, found.bias / STRONG_LEANING)), 1),
        sentence=sentence,
        figures=_(
            "Telling them apart: d′ = %(d)s (0 is chance, above 2 is sure). Leaning: c = %(c)s (0 is neither way)."
        )
        % {"d": f"{found.d_prime:.2f}", "c": f"{found.bias:.2f}"},
    )


def _bar(label: str, total: int, restricted: int) -> Bar:
    return Bar(label, total, restricted, round(100 * restricted / total, 1) if total else 0.0)


def shares_of(items: Iterable[scoring.Item]) -> list[ShareView]:
    """Return detection sort by sort: the reasons to restrict, then what had to stay."""
    return [
        ShareView(REASONS[s.sort].label if s.signal else STAY[s.sort], s.signal, s.total, s.restricted)
        for s in scoring.by_reason(items)
    ]


def groups_of(items: Iterable[scoring.Item]) -> list[GroupView]:
    """Say which way one leans by group addressed; nothing where too few comments would say it."""
    return [_group(lean) for lean in scoring.by_group(items)]


def _group(lean: scoring.GroupLean) -> GroupView:
    found = lean.found
    label = _("All groups together") if lean.group == scoring.ALL_GROUPS else wording.GROUPS[lean.group]
    figures = {
        "alarms": found.false_alarms,
        "noises": found.noises,
        "misses": found.signals - found.hits,
        "signals": found.signals,
    }
    return GroupView(label, found.signals + found.noises, str(GROUP_LEANINGS[lean.leaning]) % figures)


def delays_of(items: Iterable[scoring.Item]) -> tuple[Strip, ...]:
    """Return how soon each comment that could not wait was met, by kind."""
    return strips((_kind(i), i.deadline, i.delay) for i in items if i.deadline is not None)


def _kind(item: scoring.Item) -> str:
    comment = item.comment
    return str(LEVEL_WORDS["question" if comment.kind in AWAITING else str(comment.severity)])


# Figures of a part in plain words: `name` is a percentage with its sign, `name_n` the number itself.
SENTENCES = {
    "decision": gettext_lazy("%(restricted)s on what had to be restricted, %(others)s on the rest."),
    "harm": gettext_lazy("%(h_miss)s of the harm prevented, %(h_over)s of what is legitimate left alone."),
    "timeliness": gettext_lazy(
        "First act after %(median_n)s min (median), %(p90_n)s min (nine in ten); %(in_time)s in time."
    ),
    "replies": gettext_lazy("Marked by a person."),
    "escalation": gettext_lazy("%(recall)s of what had to be passed on was; %(precision)s rightly so."),
    "reason": gettext_lazy("Over the %(n_n)s restrictions that were right to make."),
}

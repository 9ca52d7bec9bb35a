"""The crisis in figures, said in sentences: each line, what happened, and whether it went well."""

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sandbox import wording
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.shapes import Figure
from sandbox.engine.constants import SERVICE_LEVELS
from sandbox.engine.scoring import CrisisLog, phases_of
from sandbox.engine.world import InjectState, World

SOON = SERVICE_LEVELS[3]  # minutes: what a grave comment may wait


def crisis_lines(log: CrisisLog | None, world: World, reader: Reader) -> list[Figure]:
    """Return the log in words, then the messages phase by phase, where their author gave them one."""
    return [*_lines(log, reader), *(_phase(*each, reader) for each in phases_of(world))] if log else []


def _phase(phase: str, states: tuple[InjectState, ...], reader: Reader) -> Figure:
    told = " · ".join(_message(state, reader) for state in states)
    wanted = [state for state in states if state.inject.expects]
    label = _("Phase: %(phase)s") % {"phase": wording.PHASES[phase]}
    return Figure(label, told, all(s.answered is not None for s in wanted) if wanted else None)


def _message(state: InjectState, reader: Reader) -> str:
    when, sender, audience = reader.when(state.arrived), reader.text(state.inject.sender), state.inject.audience
    if not audience:
        return f"{when} {sender}"
    return _("%(when)s %(sender)s (public: %(audience)s)") % {
        "when": when,
        "sender": sender,
        "audience": reader.text(audience),
    }


def _lines(log: CrisisLog, reader: Reader) -> Iterator[Figure]:
    if log.signal is not None:
        yield _delay(_("Weak signal taken seriously"), log.signal, log.heeded, reader)
        yield _delay(_("Passed on"), log.signal, log.escalated, reader)
        yield _delay(_("First statement"), log.signal, log.spoken, reader)
    if log.rumours:
        told = _minutes(log.rumour) if log.rumour is not None else _("Never.")
        yield Figure(_("First word against a rumour"), told, log.rumour is not None and log.rumour <= SOON)
    yield _share(_("Questions and complaints answered"), log.questions)
    yield _share(_("Messages that got what they asked for in time"), log.expected)
    yield _share(_("Fair criticism left standing"), log.criticism)
    if log.statements > 1:
        held = not log.contradictions
        words = _("They hold together.") if held else _("They contradict each other.")
        yield Figure(_("Statements, one after the other"), words, held)
    if log.fitting is not None:
        words = (
            _("It fits the part of responsibility.")
            if log.fitting
            else _("It does not fit the part of responsibility.")
        )
        yield Figure(_("Posture of the first statement"), words, log.fitting)
    views = round(log.grave_views)
    seen = ngettext("%(n)s view while in public", "%(n)s views while in public", views) % {"n": grouped(views)}
    yield Figure(_("Grave comments"), seen, None)


def grouped(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def _delay(label: str, signal: float, minutes: float | None, reader: Reader) -> Figure:
    if minutes is None:
        return Figure(label, _("Never."), False)
    when = reader.when(signal + minutes)
    return Figure(label, _("%(after)s, at %(when)s") % {"after": _minutes(minutes), "when": when}, minutes <= SOON)


def _minutes(minutes: float) -> str:
    n = round(minutes)
    return ngettext("After %(n)d min", "After %(n)d min", n) % {"n": n}


def _share(label: str, pair: tuple[int, int]) -> Figure:
    n, total = pair
    good = None if not total else n >= 0.8 * total
    return Figure(label, _("%(n)d of %(total)d") % {"n": n, "total": total} if total else "–", good)

"""The shift minute by minute."""

from django.utils.translation import gettext as _

from sandbox import wording
from sandbox.curve import Curve, curve
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.shapes import Entry
from sandbox.engine.acts import Act
from sandbox.engine.world import AppealState, World


def timeline(world: World, reader: Reader) -> list[Entry]:
    """Return what reached the desk and what was done, in order of time."""
    entries = [
        Entry(
            s.arrived,
            reader.when(s.arrived),
            "inject",
            f"{wording.CHANNELS[s.inject.channel]} · {reader.text(s.inject.sender)}",
            reader.text(s.inject.text),
            "late" if s.inject.expects and s.answered is None else "",
            number,
        )
        for number, s in enumerate(world.injects, 1)
    ]
    entries += [appeal_entry(a, reader) for a in world.appeals]
    entries += [act_entry(a, reader) for a in world.acts]
    return sorted(entries, key=lambda e: e.minute)


def appeal_entry(state: AppealState, reader: Reader) -> Entry:
    who = reader.quote(state.appeal.comment)["who"]
    title = _("Appeal of %(who)s") % {"who": who}
    pending = "" if state.verdict else "late"
    return Entry(
        state.arrived, reader.when(state.arrived), "appeal", title, reader.text(state.appeal.text), pending, None
    )


def act_entry(act: Act, reader: Reader) -> Entry:
    tone = wording.action_tone(act.action)
    about = reader.quote(act.comment) if act.comment else {"who": "", "text": act.text}
    text = f"{about['who']} – {about['text']}" if about["who"] else about["text"]
    state = tone if tone != "neutral" else ""
    return Entry(act.minute, reader.when(act.minute), "act", str(wording.action_label(act.action)), text, state, None)


def waiting(world: World) -> list[int]:
    """Return, minute by minute, how many comments nobody had touched yet."""
    spans = [(c.arrived, c.acts[0].minute if c.acts else world.minute + 1) for c in world.comments]
    return [sum(arrived <= minute < touched for arrived, touched in spans) for minute in range(len(world.mood))]


def drawn(world: World) -> Curve:
    """Return the shift as a drawing."""
    acts = [(act.minute, wording.action_tone(act.action)) for act in world.acts]
    return curve(world.mood, world.scenario.duration, [s.arrived for s in world.injects], acts, waiting(world))

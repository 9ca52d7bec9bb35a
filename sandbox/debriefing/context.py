"""A reply as a marker reads it: what stood on the desk when it was written, and nothing of who wrote it."""

from dataclasses import dataclass
from typing import Any

from sandbox import playing, wording
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.replies import reply_of
from sandbox.debriefing.shapes import ReplyView
from sandbox.engine.replay import replay
from sandbox.engine.world import World
from sandbox.models import Act
from sandbox.slips import mood_step
from sandbox.wording import language

NOTICES = 3  # messages shown before a statement


@dataclass(frozen=True, slots=True)
class Line:
    """Something said before the reply: by whom, when."""

    who: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class ReplyContext:
    reply: ReplyView
    scenario: str
    brand: str
    tone: str
    mood: Any
    post: str
    thread: list[Line]
    notices: list[Line]


def context_of(act: Act) -> ReplyContext:
    """Return the reply with the post, the thread above it, the messages received and the mood of that minute."""
    shift = act.shift
    scenario = playing.scenario_of(shift)
    reader = Reader(scenario, getattr(shift.user, "language", "") or language())  # as its author read it
    world = replay(scenario, shift.seed, playing.acts_of(shift), act.minute)
    state = world.find.get(act.comment)
    posts = {post.id: reader.text(post.text) for post in scenario.posts}
    return ReplyContext(
        reply=reply_of(playing.act_of(act), (), reader),
        scenario=reader.text(scenario.title),
        brand=scenario.brand.name,
        tone=reader.text(scenario.brand.tone),
        mood=wording.MOODS[mood_step(world.tension)],
        post=posts.get(state.post, "") if state else "",
        thread=_thread(world, act.comment, reader),
        notices=_notices(world, reader)[-NOTICES:],
    )


def _thread(world: World, comment: str, reader: Reader) -> list[Line]:
    """Return what stood above the comment in its thread, the first one first."""
    above: list[Line] = []
    state = world.find.get(comment)
    while state and state.comment.parent in world.find:
        state = world.find[state.comment.parent]
        quote = reader.quote(state.comment.id)
        above.insert(0, Line(quote["who"], reader.when(state.arrived), quote["text"]))
    return above


def _notices(world: World, reader: Reader) -> list[Line]:
    return [
        Line(reader.text(s.inject.sender), reader.when(s.arrived), reader.text(s.inject.text)) for s in world.injects
    ]

"""What the person on duty may see: nothing of the future, nothing of the key.

The browser gets this and nothing else.
"""

from dataclasses import dataclass

from .acts import Act
from .scenario import Persona, Post, Text
from .world import CommentState, World

ARRIVING = ("arrival", "inject", "post", "appeal")  # events that come by themselves


@dataclass(frozen=True, slots=True)
class PublicPersona:
    """An author as their profile shows them: neither their side nor their temper, which would give the key away."""

    id: str
    name: str
    handle: str
    bio: Text
    followers: int


@dataclass(frozen=True, slots=True)
class PublicComment:
    """A comment as the desk shows it. `status`: visible, limited, hidden or removed; `acts` are one's own, in force."""

    id: str
    post: str
    parent: str
    persona: PublicPersona
    text: Text
    arrived: float
    views: int
    status: str
    acts: tuple[Act, ...]
    handled: bool

    @property
    def waiting(self) -> bool:
        return not self.acts


@dataclass(frozen=True, slots=True)
class PublicInject:
    id: str
    channel: str
    sender: Text
    text: Text
    arrived: float


@dataclass(frozen=True, slots=True)
class PublicAppeal:
    """An author who contests a decision: what was decided, and why in their own words; `verdict` is one's own, if given."""

    id: str
    comment: str
    text: Text
    edited: Text
    arrived: float
    contested: Act
    verdict: Act | None

    @property
    def waiting(self) -> bool:
        return self.verdict is None


@dataclass(frozen=True, slots=True)
class PublicFeed:
    """The desk at `minute`; comments and injects in order of arrival, posts in order of publication."""

    minute: float
    tension: float
    posts: tuple[Post, ...]
    comments: tuple[PublicComment, ...]
    injects: tuple[PublicInject, ...]
    backlog: int
    over: bool
    appeals: tuple[PublicAppeal, ...] = ()
    acts: tuple[Act, ...] = ()  # one's own in force
    happened: int = 0  # how much has come by itself


def public_feed(world: World) -> PublicFeed:
    """Return what may be shown of `world`."""
    comments = tuple(_comment(world, state) for state in world.comments)
    appeals = tuple(
        PublicAppeal(s.appeal.id, s.appeal.comment, s.appeal.text, s.appeal.edited, s.arrived, s.contested, s.verdict)
        for s in world.appeals
    )
    return PublicFeed(
        minute=world.minute,
        tension=round(world.tension, 3),
        posts=tuple(p for p in world.scenario.posts if p.minute <= world.minute),
        comments=comments,
        injects=tuple(
            PublicInject(s.inject.id, s.inject.channel, s.inject.sender, s.inject.text, s.arrived)
            for s in world.injects
        ),
        backlog=sum(1 for c in comments if c.waiting) + sum(1 for a in appeals if a.waiting),
        over=world.over,
        appeals=appeals,
        acts=world.acts,
        happened=sum(1 for e in world.events if e.kind in ARRIVING),
    )


def _comment(world: World, state: CommentState) -> PublicComment:
    return PublicComment(
        id=state.comment.id,
        post=state.post,
        parent=state.comment.parent if state.comment.parent in world.find else "",
        persona=_persona(world.scenario.personas[state.comment.persona]),
        text=_text(world, state),
        arrived=state.arrived,
        views=int(state.views),
        status=state.status,
        acts=state.acts,
        handled=state.handled,
    )


def _text(world: World, state: CommentState) -> Text:
    """Return the comment as it stands: as its author has changed it, once their appeal is granted."""
    edited = (a.appeal.edited for a in world.appeals if a.granted and a.appeal.comment == state.comment.id)
    return next(edited, Text()) or state.comment.text


def _persona(persona: Persona) -> PublicPersona:
    return PublicPersona(persona.id, persona.name, persona.handle, persona.bio, persona.followers)

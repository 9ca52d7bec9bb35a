"""What lies on the desk, as templates read it: comments, one's own acts, notices, posts, the bar above."""

from dataclasses import dataclass, field
from typing import Any

from sandbox import wording
from sandbox.engine.codes import REPLIES, RESTRICTIONS
from sandbox.engine.public import PublicComment

MOOD_STEPS = len(wording.MOODS) - 1


@dataclass(frozen=True, slots=True)
class ActLine:
    """One of one's own acts, in words."""

    key: str
    action: str
    label: Any
    detail: Any
    text: str
    when: str
    tone: str
    undoable: bool

    @property
    def tells(self) -> bool:
        """Its text is the statement of reasons its author got."""
        return self.action in RESTRICTIONS


@dataclass(slots=True)
class Slip:
    """A comment on the desk. `state` is one of the design's states; `children` are the replies below it in the feed."""

    id: str
    post: str
    parent: str
    name: str
    handle: str
    bio: str
    followers: int
    text: str
    when: str
    arrived: float
    waited: int  # minutes since then
    state: str
    word: Any
    views: int
    waiting: bool
    shown: bool
    acts: list[ActLine]
    replies: list[ActLine]
    answered: bool
    masked: bool
    children: list["Slip"] = field(default_factory=list)

    @property
    def aside(self) -> bool:
        """It was skipped, or noted, and nothing more."""
        return self.state == "new" and not self.waiting


@dataclass(frozen=True, slots=True)
class SoFar:
    """One's own shift until now: counts, and nothing of how right they were."""

    handled: int
    answered: int
    restricted: int
    passed_on: int
    situation: list[ActLine]  # acts on no comment in particular


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    channel: Any
    code: str
    sender: str
    text: str
    when: str

    @property
    def icon(self) -> str:
        return wording.CHANNEL_ICONS[self.code]


@dataclass(slots=True)
class PostView:
    id: str
    text: str
    when: str
    likes: int
    threads: list[Slip] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bar:
    """The thin line above the desk."""

    clock: str
    minute: float
    duration: float
    mood: int
    mood_word: Any
    backlog: int
    arrived: int
    paused: bool
    pace: float
    speed: float
    starts_at: int
    left: int


def state_of(c: PublicComment) -> tuple[str, Any]:
    """Return the design's state of a comment and its word."""
    if c.status == "limited":
        return "hidden", wording.STATUSES["limited"]
    if c.status in ("hidden", "removed"):
        return c.status, wording.STATUSES[c.status]
    if any(a.action == "escalate" for a in c.acts):
        return "escalated", ""
    if any(a.action in REPLIES for a in c.acts):
        return "kept", wording.ANSWERED
    if c.handled:
        return "kept", ""
    return "new", wording.SET_ASIDE if c.acts else ""


def mood_step(tension: float) -> int:
    """Return 0 (calm) to 5 (crisis) for a tension in [0, 1]."""
    return min(MOOD_STEPS, int(tension * (MOOD_STEPS + 1)))

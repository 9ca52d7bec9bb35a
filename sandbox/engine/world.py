"""The feed at one moment: frozen, rebuilt by replay, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from . import codes
from .acts import Act
from .scenario import Appeal, Comment, Inject, Scenario


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at `minute`: arrival, act, undo, refusal, inject, reaction, post, end."""

    minute: float
    kind: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CommentState:
    """One comment that has arrived. `acts` are those in force, oldest first; `level` is its place on the ladder."""

    comment: Comment
    post: str
    arrived: float
    level: int
    visible: bool
    exposed: float  # minutes it has stood in public
    acts: tuple[Act, ...]

    @property
    def views(self) -> float:
        return self.exposed * self.comment.views_per_minute

    @property
    def replies(self) -> tuple[Act, ...]:
        return tuple(a for a in self.acts if a.action in codes.REPLIES)

    @property
    def status(self) -> str:
        """How the public meets it: visible, limited, hidden or removed."""
        if self.visible:
            return "limited" if self.level == 2 else "visible"
        return "hidden" if self.level == 2 else "removed"

    @property
    def handled(self) -> bool:
        return any(a.action not in codes.SILENT for a in self.acts)

    @property
    def first_handled(self) -> float | None:
        return next((a.minute for a in self.acts if a.action not in codes.SILENT), None)


@dataclass(frozen=True, slots=True)
class InjectState:
    inject: Inject
    arrived: float
    answered: float | None = None  # the minute the expected action came


@dataclass(frozen=True, slots=True)
class AppealState:
    """An appeal that has come in: the act it contests, and the verdict once there is one."""

    appeal: Appeal
    arrived: float
    contested: Act
    verdict: Act | None = None

    @property
    def granted(self) -> bool:
        return self.verdict is not None and self.verdict.action in codes.LIFTS


@dataclass(frozen=True, slots=True)
class World:
    """Everything at `minute`.

    `mood[m]` is the tension at the end of simulated minute m; comments in order of arrival.
    """

    scenario: Scenario
    seed: int
    minute: float
    tension: float
    mood: tuple[float, ...]
    comments: tuple[CommentState, ...]
    injects: tuple[InjectState, ...]
    events: tuple[Event, ...]
    acts: tuple[Act, ...]  # in force: undone ones are gone
    next_change: float  # nothing happens by itself before this minute
    appeals: tuple[AppealState, ...] = ()
    find: Mapping[str, CommentState] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "find", {c.comment.id: c for c in self.comments})

    @property
    def over(self) -> bool:
        return self.minute >= self.scenario.duration

    @property
    def backlog(self) -> tuple[CommentState, ...]:
        return tuple(c for c in self.comments if not c.acts)

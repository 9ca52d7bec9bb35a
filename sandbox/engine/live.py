"""What moves inside a shift: things due, and comments as they change. Private to the engine."""

from dataclasses import dataclass, field
from typing import NamedTuple

from . import codes
from .acts import Act
from .scenario import Comment
from .world import CommentState


class Due(NamedTuple):
    """Something due at `minute`; ties are broken by kind, then by name, never by chance."""

    minute: float
    order: int
    subject: str
    cause: str = ""


@dataclass(slots=True)
class Live:
    """A comment that has arrived, as it changes."""

    comment: Comment
    post: str
    arrived: float
    acts: list[Act] = field(default_factory=list)
    level: int = 0
    visible: bool = True
    since: float = 0.0  # visible since
    exposed: float = 0.0

    def at(self, minute: float) -> CommentState:
        standing = minute - self.since if self.visible else 0.0
        return CommentState(
            self.comment, self.post, self.arrived, self.level, self.visible, self.exposed + standing, tuple(self.acts)
        )

    @property
    def answered(self) -> bool:
        return any(a.action in codes.REPLIES for a in self.acts)


def standing_of(acts: list[Act]) -> tuple[int, bool]:
    """Return the ladder level these acts lead to, and whether the public still sees the comment."""
    level, visible = 0, True
    for act in acts:
        if act.action in codes.LIFTS:
            level, visible = 0, True
        elif act.action in codes.RESTRICTIONS or act.action == "label":
            level = max(level, codes.LADDER[act.action])
            visible = visible and act.action in ("limit", "label")
    return level, visible

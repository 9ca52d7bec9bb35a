"""What a poll brings: only what the page that asks does not show yet."""

from dataclasses import dataclass, replace
from typing import Any

from sandbox import playing
from sandbox.engine.world import World
from sandbox.presenting import Desk
from sandbox.slips import mood_step


@dataclass(frozen=True, slots=True)
class Cursor:
    """What a page already shows."""

    comments: int = 0
    injects: int = 0
    posts: int = 0
    appeals: int = 0
    revision: int = 0
    mood: int = -1
    minute: float = 0.0

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Return the cursor a browser sent back, None when it makes no sense."""
        parts = text.split("-")
        if len(parts) != 7:
            return None
        try:
            comments, injects, posts, appeals, revision, mood = (int(part) for part in parts[:6])
            return cls(comments, injects, posts, appeals, revision, mood, float(parts[6]))
        except ValueError:
            return None

    @classmethod
    def at(cls, world: World, revision: int) -> "Cursor":
        """Return the cursor of a page that shows all of `world`."""
        posts = sum(post.minute <= world.minute for post in world.scenario.posts)
        counts = (len(world.comments), len(world.injects), posts, len(world.appeals))
        return cls(*counts, revision, mood_step(round(world.tension, 3)), world.minute)

    def __str__(self) -> str:
        counts = (self.comments, self.injects, self.posts, self.appeals, self.revision, self.mood)
        return "-".join(map(str, counts)) + f"-{self.minute:.3f}"

    def shows_as_much_as(self, other: "Cursor") -> bool:
        return replace(self, minute=other.minute) == other


def fragments(desk: Desk, cursor: Cursor | None, acted: bool = False) -> dict[str, Any] | None:
    """Return the context of the changed fragments, None when nothing the page shows has changed.

    `acted` says that the page has just done something and wants an answer whatever happened.
    """
    seen, shift = cursor or Cursor(), desk.shift
    slips = list(desk.slips.values())
    new = slips[seen.comments :]
    acted_upon = playing.comments_since(shift, seen.revision)
    touched = [slip for slip in slips[: seen.comments] if slip.id in acted_upon]
    notices = [desk.notice(inject) for inject in desk.feed.injects[seen.injects :]]
    # A new post changes the shape of the feed: the whole of it is sent.
    posts = desk.posts if len(desk.feed.posts) != seen.posts else []
    appeals = len(desk.appeals) != seen.appeals
    if not (acted or appeals or new or touched or notices or posts or desk.bar.mood != seen.mood):
        return None
    return {
        "desk": desk,
        "new": new,
        "touched": touched,
        "notices": notices,
        "posts": posts,
        "appeals": max(0, len(desk.appeals) - seen.appeals),
    }

"""How one looks at the queue: its order, and the words one searches for. Uses nothing the public does not see."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

ORDERS = {
    "oldest": pgettext_lazy("queue", "Oldest first"),
    "newest": pgettext_lazy("queue", "Newest first"),
    "priority": pgettext_lazy("queue", "Most seen first"),
    "unanswered": pgettext_lazy("queue", "Without an answer"),
}
ASIDE, UNDER = "aside", "post:"  # narrowed down to what was set aside, to one post
LONGEST = 90
POST_NAME = 40  # characters of a post that name it among the filters
MASKED = "desk-masked"  # shifts whose texts stay masked until opened


def show_texts(request: Any, shift_key: Any, shown: bool) -> None:
    """Remember for this shift whether texts stand open or stay masked until one opens them."""
    others = [key for key in request.session.get(MASKED, []) if key != str(shift_key)]
    request.session[MASKED] = others if shown else [*others, str(shift_key)][-20:]


@dataclass(frozen=True, slots=True)
class Sight:
    order: str = "oldest"
    words: str = ""
    only: str = ""
    shown: bool = field(default=True, compare=False)  # texts stand open; masking is one's own choice for this shift

    @classmethod
    def of(cls, request: Any, shift_key: Any = "") -> "Sight":
        """Return what was just asked for, else what was asked for last; remembered for the session."""
        name = "desk-sight"
        if "order" in request.GET:
            asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("order", "words", "only")}
            if request.session.get(name) != asked:
                request.session[name] = asked
        kept = request.session.get(name, {})
        order = kept.get("order", "")
        return cls(
            order if order in ORDERS else "oldest",
            kept.get("words", ""),
            kept.get("only", ""),
            str(shift_key) not in request.session.get(MASKED, []),
        )

    @property
    def plain(self) -> bool:
        """The order in which comments come in: what is new simply goes to the end."""
        return self == Sight()

    def among(self, posts: set[str]) -> "Sight":
        """Return this sight of a desk with these posts; the post of another shift narrows nothing."""
        known = self.only in ("", ASIDE) or self.only.removeprefix(UNDER) in posts
        return self if known else replace(self, only="")

    def queue(self, slips: list[Any]) -> list[Any]:
        """Return the slips in the queue, given all in order of arrival."""
        found = [s for s in slips if self.matches(s)]
        if self.only == ASIDE:
            return [s for s in found if s.aside]
        if self.order == "unanswered":
            return [s for s in found if s.shown and not s.answered]
        waiting = [s for s in found if s.waiting]
        if self.order == "newest":
            return waiting[::-1]
        return sorted(waiting, key=lambda s: -s.views) if self.order == "priority" else waiting

    def matches(self, slip: Any) -> bool:
        if self.only.startswith(UNDER) and self.only != UNDER + slip.post:
            return False
        text = f"{slip.name} {slip.handle} {slip.text}".casefold()
        return all(word in text for word in self.words.casefold().split())


def filters(posts: list[tuple[str, str]], aside: int) -> list[tuple[str, str]]:
    """Return what the queue may be narrowed down to, as (value, label); `posts` are (identifier, text), latest first."""
    under = [(UNDER + identifier, Truncator(text).chars(POST_NAME)) for identifier, text in posts]
    return [("", pgettext("queue", "All")), (ASIDE, _("Set aside (%(n)d)") % {"n": aside}), *under]

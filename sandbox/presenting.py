"""The desk as templates show it, in the reader's language. Built from the engine's public view and nothing else."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from courses.vocabulary import ESCALATION_DESKS, REASONS
from sandbox import clock, playing, wording
from sandbox.appealing import AppealView
from sandbox.engine import acts as engine
from sandbox.engine.codes import REPLIES, RESTRICTIONS
from sandbox.engine.public import PublicAppeal, PublicComment, PublicFeed, public_feed
from sandbox.engine.scenario import Scenario
from sandbox.models import Shift
from sandbox.pace import SPEEDS
from sandbox.reply_templates import Template, templates_for
from sandbox.sight import ASIDE, Sight, filters
from sandbox.slips import ActLine, Bar, Notice, PostView, Slip, SoFar, mood_step, state_of
from sandbox.wording import language

PASSED_ON = frozenset({"escalate", "report_platform", "report_authority"})


class Desk:
    """Everything the desk's templates need; each property is made once."""

    def __init__(
        self, shift: Shift, scenario: Scenario, feed: PublicFeed, selected: str = "", sight: Sight | None = None
    ) -> None:
        self.shift, self.scenario, self.feed = shift, scenario, feed
        self.sight = (sight or Sight()).among({post.id for post in feed.posts})
        self.language = language()
        # All texts or none: masking only the grave ones would give the key away.
        self.masked = bool(scenario.topics) and not self.sight.shown
        self.slips = {c.id: self._slip(c) for c in feed.comments}
        self.appeals = [self._appeal(a) for a in feed.appeals if a.comment in self.slips]
        self.appeal = next((a for a in self.appeals if a.hand == selected), None)
        self.selected = None if self.appeal else self.slips.get(selected) or self._first_waiting()
        if not self.selected and not self.appeal:
            self.appeal = next((a for a in self.appeals if a.waiting), None)
        self.form_key = uuid4()

    def when(self, minute: float) -> str:
        return clock.wall(minute, self.scenario.starts_at)

    # -- parts ------------------------------------------------------------------------------------------------------

    def _slip(self, c: PublicComment) -> Slip:
        lines = [self._line(a) for a in c.acts]
        state, word = state_of(c)
        return Slip(
            id=c.id,
            post=c.post,
            parent=c.parent,
            name=c.persona.name,
            handle=c.persona.handle,
            bio=c.persona.bio.get(self.language),
            followers=c.persona.followers,
            text=c.text.get(self.language),
            when=self.when(c.arrived),
            arrived=c.arrived,
            waited=int(self.feed.minute - c.arrived),
            state=state,
            word=word,
            views=c.views,
            waiting=c.waiting,
            shown=c.status in ("visible", "limited"),
            acts=lines,
            replies=[line for line, a in zip(lines, c.acts, strict=True) if a.action == "reply_public"],
            answered=any(a.action in REPLIES for a in c.acts),
            masked=self.masked,
        )

    def _first_waiting(self) -> Slip | None:
        return next((s for s in self.queue if s.waiting or self.sight.only == ASIDE), None)

    def _appeal(self, a: PublicAppeal) -> AppealView:
        return AppealView(
            id=a.id,
            comment=self.slips[a.comment],
            original=self.scenario.find[a.comment].text.get(self.language),
            text=a.text.get(self.language),
            edited=a.edited.get(self.language),
            when=self.when(a.arrived),
            contested=self._line(a.contested),
            verdict=self._line(a.verdict) if a.verdict else None,
            masked=self.masked,
        )

    def _line(self, act: engine.Act) -> ActLine:
        return ActLine(
            act.key,
            act.action,
            wording.action_label(act.action),
            REASONS[act.reason].label if act.reason else ESCALATION_DESKS.get(act.desk, ""),
            act.text,
            self.when(act.minute),
            wording.action_tone(act.action),
            undoable=self.shift.running and self.shift.practice,
        )

    @property
    def bar(self) -> Bar:
        feed, scenario = self.feed, self.scenario
        mood = mood_step(feed.tension)
        return Bar(
            clock=self.when(feed.minute),
            minute=round(feed.minute, 2),
            duration=scenario.duration,
            mood=mood,
            mood_word=wording.MOODS[mood],
            backlog=feed.backlog,
            arrived=len(feed.comments),
            paused=self.shift.paused,
            pace=self.shift.pace,
            speed=self.shift.pace / scenario.pace,
            starts_at=scenario.starts_at,
            left=int(scenario.duration - feed.minute),
        )

    @property
    def cursor(self) -> str:
        """Name what this page shows, so that the next poll brings only what is new."""
        feed = self.feed
        parts = (len(feed.comments), len(feed.injects), len(feed.posts), len(feed.appeals), self.shift.revision)
        return "-".join(map(str, (*parts, mood_step(feed.tension), f"{feed.minute:.3f}")))

    @property
    def happened(self) -> int:
        """Count what has come by itself so far; the button that moves the clock on sends it back."""
        return self.feed.happened

    @property
    def queue(self) -> list[Slip]:
        return self.sight.queue(list(self.slips.values()))

    @property
    def filters(self) -> list[tuple[str, Any]]:
        """What the queue may be narrowed down to."""
        posts = [(post.id, post.text.get(self.language)) for post in reversed(self.feed.posts)]
        return filters(posts, aside=sum(slip.aside for slip in self.slips.values()))

    @property
    def handled(self) -> list[Slip]:
        queued = {s.id for s in self.queue}
        return [s for s in reversed(self.slips.values()) if not s.waiting and s.id not in queued]

    @property
    def posts(self) -> list[PostView]:
        """The public feed, latest post first, each thread under its first comment."""
        posts = {p.id: PostView(p.id, p.text.get(self.language), self.when(p.minute), p.likes) for p in self.feed.posts}
        for slip in self.slips.values():
            slip.children = []
        for slip in self.slips.values():
            if slip.parent in self.slips:
                self.slips[slip.parent].children.append(slip)
            elif slip.post in posts:
                posts[slip.post].threads.append(slip)
        return list(reversed(posts.values()))

    @property
    def notices(self) -> list[Notice]:
        return [self.notice(i) for i in reversed(self.feed.injects)]

    def notice(self, inject: Any) -> Notice:
        return Notice(
            inject.id,
            wording.CHANNELS[inject.channel],
            inject.channel,
            inject.sender.get(self.language),
            inject.text.get(self.language),
            self.when(inject.arrived),
        )

    @property
    def history(self) -> list[Slip]:
        """What the author of the comment at hand wrote before."""
        here = self.selected or (self.appeal.comment if self.appeal else None)
        return [s for s in self.slips.values() if here and s.handle == here.handle and s.id != here.id]

    @property
    def parent(self) -> Slip | None:
        return self.slips.get(self.selected.parent) if self.selected else None

    @property
    def next_waiting(self) -> Slip | None:
        here = self.selected.id if self.selected else ""
        return next((s for s in self.queue if s.waiting and s.id != here), None)

    @property
    def charter(self) -> list[tuple[str, str, str]]:
        return [(r.id, r.title.get(self.language), r.text.get(self.language)) for r in self.scenario.charter]

    @property
    def macros(self) -> list[Template]:
        return templates_for(self.scenario, self.selected, self.when(self.feed.minute))

    @property
    def hand(self) -> str:
        """Name what is at hand: a comment, an appeal, or nothing."""
        return self.appeal.hand if self.appeal else self.selected.id if self.selected else ""

    @property
    def waiting_appeals(self) -> list[AppealView]:
        return [a for a in self.appeals if a.waiting]

    @property
    def decided_appeals(self) -> list[AppealView]:
        return [a for a in reversed(self.appeals) if not a.waiting]

    @property
    def speeds(self) -> list[tuple[str, str, float]]:
        """What the clock may be set to: the wish of the button, its sign, how many times the scenario's pace."""
        return [(f"speed:{factor:g}", "½×" if factor == 0.5 else f"{factor:g}×", factor) for factor in SPEEDS]

    @property
    def grounds(self) -> list[tuple[str, str]]:
        """What a restriction may rest on: a rule of the charter, or the law."""
        return [(rule.id, f"{rule.id} · {rule.title.get(self.language)}") for rule in self.scenario.charter]

    @property
    def so_far(self) -> SoFar:
        done = [{a.action for a in c.acts} for c in self.feed.comments]
        return SoFar(
            handled=sum(1 for c in self.feed.comments if c.handled),
            answered=sum(1 for names in done if names & REPLIES),
            restricted=sum(1 for names in done if names & RESTRICTIONS),
            passed_on=sum(1 for names in done if names & PASSED_ON),
            situation=[self._line(a) for a in self.feed.acts if not a.comment],
        )

    @property
    def brand(self) -> dict[str, str]:
        brand = self.scenario.brand
        return {
            "name": brand.name,
            "handle": brand.handle,
            "sector": brand.sector.get(self.language),
            "tone": brand.tone.get(self.language),
        }

    @property
    def crisis(self) -> bool:
        return self.scenario.crisis is not None

    @property
    def hint(self) -> str:
        """Practice only, and only for what is at hand."""
        if not self.shift.practice:
            return ""
        if self.appeal:
            return self.scenario.appeals[self.appeal.id].hint.get(self.language)
        return self.scenario.find[self.selected.id].hint.get(self.language) if self.selected else ""


def desk_of(shift: Shift, now: datetime, selected: str = "", sight: Sight | None = None) -> Desk:
    """Return the desk of `shift` as it stands now."""
    world = playing.feed_of(shift, playing.minute_of(shift, now))
    return Desk(shift, world.scenario, public_feed(world), selected, sight)

"""What happens by itself in a shift: arrivals, reactions, injects, the mood. `run.py` adds the person on duty."""

import heapq

from . import codes, constants, mood
from .acts import Act
from .dice import draw, poisson, shuffled
from .live import Due, Live
from .scenario import Comment, Reaction, Scenario
from .world import AppealState, Event, InjectState, World

TICK, OPEN, ARRIVE, CHECK, FIRE, INJECT, CONTINGENCY, APPEAL = range(8)
# A condition on how the comment stands no longer holds when it is found visible (True) or not (False).
CHANGED_IF_VISIBLE = {"kept": False, "hidden": True, "removed": True, "banned": True}


class Unfolding:
    """One scenario with one seed, let go. Mutable, and private to the engine."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed = scenario, seed
        self.minute, self.tension = 0.0, scenario.tension
        self.moods: list[float] = [scenario.tension]
        self.live: dict[str, Live] = {}
        self.injects: dict[str, InjectState] = {}
        self.appeals: dict[str, AppealState] = {}
        self.events: list[Event] = []
        self.acts: dict[str, Act] = {}
        self.undone: set[str] = set()
        self.fired: set[str] = set()
        self.open_posts: list[str] = []
        self.pressure = mood.Pressure()
        self.waiting: dict[str, Live] = {}  # questions and complaints nobody answered yet
        self.grave: dict[str, Live] = {}
        self.criticism: dict[str, Live] = {}  # fair criticism whose removal the crowd has not held against us yet
        self.root: dict[str, str] = {}  # comment -> first comment of its thread
        self.thread_size: dict[str, int] = {}
        self.strategy_counted = self.holding_counted = False
        self.stances: dict[str, frozenset[str]] = {}  # of the statements in force, by the key of their act
        self.banned: dict[str, set[str]] = {}  # persona -> comments for which they are banned
        self.muted: dict[str, dict[str, float]] = {}  # persona -> comment -> until
        self.by_condition: dict[str, list[Reaction]] = {}
        self.expected = {i.expects for i in scenario.injects.values()} - {""}
        self.reactions = {r.id: r for r in scenario.reactions}
        for reaction in scenario.reactions:
            self.by_condition.setdefault(reaction.comment, []).append(reaction)
        self.pools = self._pools()
        self.due: list[Due] = self._schedule()
        self.advance(0.0)

    def _pools(self) -> dict[bool, list[str]]:
        """Return the background's identifiers in drawing order (the next one last), hostile and not."""
        pools = {}
        for hostile in (False, True):
            ids = [c.id for c in self.scenario.background if c.hostile is hostile]
            pools[hostile] = shuffled(self.seed, "background", ids)[::-1]
        return pools

    def _schedule(self) -> list[Due]:
        s = self.scenario
        due = [Due(p.minute, OPEN, p.id) for p in s.posts]
        due += [Due(c.minute, ARRIVE, c.id) for c in s.comments if c.minute is not None]
        due += [Due(i.minute, INJECT, i.id) for i in s.injects.values() if i.minute is not None]
        due += [Due(0.0, TICK, "")]
        heapq.heapify(due)
        return due

    # -- time ---------------------------------------------------------------------------------------------------

    def advance(self, to: float) -> None:
        """Let time pass until `to`, that minute included; never beyond the end of the shift."""
        to = min(to, self.scenario.duration)
        handlers = (
            self._tick, self._open, self._arrive, self._check, self._fire, self._inject, self._contingency, self._appeal,
        )  # fmt: skip
        while self.due and self.due[0].minute <= to:
            due = heapq.heappop(self.due)
            self.minute = due.minute
            handlers[due.order](due)
        self.minute = max(self.minute, to)

    def _push(self, minute: float, order: int, subject: str, cause: str = "") -> None:
        heapq.heappush(self.due, Due(minute, order, subject, cause))

    def _log(self, kind: str, subject: str, detail: str = "") -> None:
        self.events.append(Event(self.minute, kind, subject, detail))

    def _tick(self, due: Due) -> None:
        """Close a minute (mood) and open the next (background arrivals)."""
        if due.minute > 0:
            self._weigh()
            self.tension = mood.step(self.tension, self.pressure)
            self.moods.append(self.tension)
            self.pressure = mood.Pressure()
        self._background(int(due.minute))
        self._push(due.minute + 1.0, TICK, "")

    def _weigh(self) -> None:
        level = self.scenario.question_level
        late = sum(1 for c in self.waiting.values() if c.visible and self.minute - c.arrived > level)
        self.pressure.overdue_questions = late
        self.pressure.grave_items = sum(1 for c in self.grave.values() if c.visible)
        for live in [c for c in self.criticism.values() if c.level >= codes.LADDER["remove"]]:
            del self.criticism[live.comment.id]
            self.pressure.criticism_removed += 1

    def _background(self, minute: int) -> None:
        if minute >= self.scenario.duration - constants.LATE_ARRIVAL:
            return
        rate = mood.background_rate(self.scenario.background_rate, self.tension)
        count = poisson(rate, draw(self.seed, "arrivals", minute), constants.BACKGROUND_MAX_PER_MINUTE)
        for k in range(count):
            hostile = draw(self.seed, "hostile", minute, k) < mood.hostile_share(self.tension)
            if self.pools[hostile]:
                offset = 0.05 + 0.9 * draw(self.seed, "offset", minute, k)
                self._push(round(minute + offset, 3), ARRIVE, self.pools[hostile].pop())

    # -- what happens by itself ---------------------------------------------------------------------------------

    def _open(self, due: Due) -> None:
        self.open_posts.append(due.subject)
        self._log("post", due.subject)

    def _arrive(self, due: Due) -> None:
        comment = self.scenario.find[due.subject]
        if comment.id in self.live or self._silenced(comment):
            return
        live = Live(comment, self._post_of(comment), self.minute, since=self.minute)
        self.live[comment.id] = live
        self._log("arrival", comment.id, due.cause)
        if comment.kind in codes.AWAITING:
            self.waiting[comment.id] = live
        if comment.severity >= constants.GRAVE_SEVERITY:
            self.grave[comment.id] = live
        if comment.protected == "criticism":
            self.criticism[comment.id] = live
        root = self.root[comment.id] = self.root.get(comment.parent, comment.id)
        self.thread_size[root] = self.thread_size.get(root, 0) + 1
        for reaction in self.by_condition.get(comment.id, ()):
            if reaction.lasting > 0:
                self._push(self.minute + reaction.lasting, CHECK, reaction.id)

    def _silenced(self, comment: Comment) -> bool:
        if self.banned.get(comment.persona):
            return True
        if any(until > self.minute for until in self.muted.get(comment.persona, {}).values()):
            return True
        above = comment.parent
        while above and above in self.live:
            if any(a.action == "limit" for a in self.live[above].acts):
                return True
            above = self.live[above].comment.parent
        return False

    def _post_of(self, comment: Comment) -> str:
        if comment.post:
            return comment.post
        parent = self.live.get(comment.parent)
        return parent.post if parent else (self.open_posts or [self.scenario.posts[0].id])[-1]

    def _check(self, due: Due) -> None:
        """A condition that waits ("unanswered for", "kept for") has reached its term."""
        reaction = self.reactions[due.subject]
        live = self.live[reaction.comment]
        holds = live.visible and (reaction.condition == "kept" or not live.answered)
        if holds:
            self._trigger(reaction, "")

    def _trigger(self, reaction: Reaction, cause: str) -> None:
        if reaction.id not in self.fired and draw(self.seed, "reaction", reaction.id) < reaction.probability:
            self._push(self.minute + reaction.after, FIRE, reaction.id, cause)

    def _fire(self, due: Due) -> None:
        if due.subject in self.fired or due.cause in self.undone:
            return  # taken back in time: nobody saw it
        reaction = self.reactions[due.subject]
        if due.cause and self.live[reaction.comment].visible is CHANGED_IF_VISIBLE.get(reaction.condition):
            return  # the decision was changed meanwhile
        self.fired.add(due.subject)
        self._log("reaction", reaction.id, reaction.comment)
        self.pressure.impulses += reaction.mood
        if reaction.brings_comment:
            self._arrive(Due(self.minute, ARRIVE, reaction.brings_comment, reaction.id))
        if reaction.brings_inject:
            self._inject(Due(self.minute, INJECT, reaction.brings_inject, reaction.id))

    def _inject(self, due: Due) -> None:
        if due.subject in self.injects:
            return
        inject = self.scenario.injects[due.subject]
        state = self.injects[inject.id] = self._answered(InjectState(inject, self.minute))
        self.pressure.impulses += inject.impulse
        self._log("inject", inject.id, due.cause)
        if inject.expects:
            self._push(self.minute + inject.within, CONTINGENCY, inject.id)
        if inject.expects == "statement" and state.answered is not None:
            self._hold()

    def _answered(self, state: InjectState) -> InjectState:
        """Return an inject with the first act in force that brought what it expects in time.

        Who has just made a statement is not asked for one: it counts as if it came with the inject.
        """
        inject = state.inject
        early = inject.within if inject.expects == "statement" else 0.0
        times = (
            max(a.minute, state.arrived)
            for a in self.acts.values()
            if a.action == inject.expects and -early <= a.minute - state.arrived <= inject.within
        )
        return InjectState(inject, state.arrived, min(times, default=None))

    def _hold(self) -> None:
        """A timely holding statement calms, once."""
        if not self.holding_counted:
            self.holding_counted = True
            self.pressure.holding_statements += 1

    def _contingency(self, due: Due) -> None:
        state = self.injects[due.subject]
        if state.answered is None and state.inject.contingency:
            self._inject(Due(self.minute, INJECT, state.inject.contingency, due.subject))

    def _appeal(self, due: Due) -> None:
        """The author of a restricted comment contests it, unless it was lifted meanwhile."""
        appeal, contested = self.scenario.appeals[due.subject], self.acts.get(due.cause)
        if appeal.id in self.appeals or contested is None or self.live[appeal.comment].level < codes.LADDER["hide"]:
            return
        self.appeals[appeal.id] = AppealState(appeal, self.minute, contested)
        self._log("appeal", appeal.id, appeal.comment)

    # -- the result ---------------------------------------------------------------------------------------------

    def world(self) -> World:
        """Return the frozen feed at this minute."""
        return World(
            scenario=self.scenario,
            seed=self.seed,
            minute=self.minute,
            tension=self.tension,
            mood=tuple(self.moods),
            comments=tuple(live.at(self.minute) for live in self.live.values()),
            injects=tuple(self.injects.values()),
            events=tuple(self.events),
            acts=tuple(self.acts.values()),
            next_change=self.due[0].minute if self.due else self.scenario.duration,
            appeals=tuple(self.appeals.values()),
        )

"""A shift being played: the one mutable thing of the engine, private to it. `replay.py` is the pure face."""

from . import codes, constants
from .acts import TAKING_BACK, UNDO, Act, IllegalAct, refuse_malformed
from .credit import credit
from .live import Live, standing_of
from .unfolding import APPEAL, Unfolding
from .world import AppealState

CONDITION_OF = {
    "keep": "kept",
    "hide": "hidden",
    "remove": "removed",
    "reply_public": "answered",
    "reply_private": "answered",
    "ban": "banned",
    "escalate": "escalated",
}


class Run(Unfolding):
    """Plays one scenario with one seed. Call `advance` then `apply`, in order of time."""

    def apply(self, act: Act) -> None:
        """Let `act` happen at its minute.

        Errors: IllegalAct if it is malformed, too late, or its comment is unknown or has not arrived.
        """
        self.advance(act.minute)
        self.refuse(act)
        if act.action in TAKING_BACK:
            self._undo(act)
        else:
            self._do(act)
        self.advance(act.minute)

    def note_refusal(self, act: Act, refusal: IllegalAct) -> None:
        self._log("refusal", act.comment, refusal.code)

    def refuse(self, act: Act) -> None:
        """Raise IllegalAct when the act cannot happen now."""
        refuse_malformed(act)
        if act.minute >= self.scenario.duration:
            raise IllegalAct("shift_over")
        if act.action in TAKING_BACK:
            self._refuse_undo(act)
        elif act.comment and act.comment not in self.live:
            raise IllegalAct("unknown_comment", act.comment)
        elif act.ground not in ("", codes.ILLEGAL) and self.scenario.rule(act.ground) is None:
            raise IllegalAct("unknown_ground", act.ground)
        elif act.action == codes.UPHOLD:
            self._refuse_upholding(act.comment)

    def _refuse_upholding(self, comment: str) -> None:
        about = [s for s in self.appeals.values() if s.appeal.comment == comment]
        if not about:
            raise IllegalAct("unknown_appeal", comment)
        if about[0].verdict is not None:
            raise IllegalAct("appeal_decided", comment)

    def _refuse_undo(self, act: Act) -> None:
        target = self.acts.get(act.target)
        if target is None:
            raise IllegalAct("nothing_to_undo", act.target)
        if act.action == UNDO and target.action in codes.WRITTEN:
            raise IllegalAct("published", target.action)

    def _do(self, act: Act) -> None:
        self.acts[act.key] = act
        self._log("act", act.comment, act.action)
        if act.comment:
            self._act_on(self.live[act.comment], act)
        if act.action == "statement":
            self._statement(act)
        if act.action in self.expected:
            self._answer_injects()

    def _act_on(self, live: Live, act: Act) -> None:
        if act.action != codes.UPHOLD:  # upholding changes nothing of the comment
            live.acts.append(act)
            self._settle(live)
            self._react(live, act)
        self._judge(act.comment)
        for appeal in self.scenario.appeals.values():
            if appeal.comment == act.comment and act.action in appeal.of:
                self._push(self.minute + appeal.after, APPEAL, appeal.id, act.key)

    def _judge(self, comment: str) -> None:
        """Find again the verdict on this comment's appeal: upholding, or the first act that lifts the restriction."""
        for name, state in list(self.appeals.items()):
            if state.appeal.comment != comment:
                continue
            if state.contested.key not in self.acts:
                del self.appeals[name]  # the decision was taken back: there is nothing left to contest
                continue
            verdicts = (
                a
                for a in self.acts.values()
                if a.comment == comment and a.action in (codes.UPHOLD, *codes.LIFTS) and a.minute >= state.arrived
            )
            self.appeals[name] = AppealState(state.appeal, state.arrived, state.contested, next(verdicts, None))

    def _undo(self, act: Act) -> None:
        target = self.acts.pop(act.target)
        self.undone.add(target.key)
        self._log("undo", target.comment, target.action)
        self.stances.pop(target.key, None)
        if target.comment:
            live = self.live[target.comment]
            live.acts = [a for a in live.acts if a.key != target.key]
            self._settle(live)
            self._judge(target.comment)
        if target.action in self.expected:
            self._answer_injects()

    def _settle(self, live: Live) -> None:
        """Derive a comment's standing, and its author's, from the acts in force."""
        level, visible = standing_of(live.acts)
        if live.visible and not visible:
            live.exposed += self.minute - live.since
        elif visible and not live.visible:
            live.since = self.minute
        live.level, live.visible = level, visible
        if live.comment.kind in codes.AWAITING:
            self.waiting.pop(live.comment.id, None)
            if not live.answered:
                self.waiting[live.comment.id] = live
        persona, name = live.comment.persona, live.comment.id
        in_force = [a for i, a in enumerate(live.acts) if not any(b.action in codes.LIFTS for b in live.acts[i:])]
        banned, muted = self.banned.setdefault(persona, set()), self.muted.setdefault(persona, {})
        banned.discard(name)
        muted.pop(name, None)
        for act in in_force:
            if act.action == "ban":
                banned.add(name)
            elif act.action == "mute_temp":
                muted[name] = act.minute + constants.MUTE_MINUTES

    def _react(self, live: Live, act: Act) -> None:
        condition = CONDITION_OF.get(act.action)
        for reaction in self.by_condition.get(live.comment.id, ()):
            if reaction.condition == condition and not reaction.lasting:
                self._trigger(reaction, act.key)
        if act.action == "reply_public" and credit(live.comment, act.action) >= constants.GOOD_ANSWER_CREDIT:
            heard = self.thread_size[self.root[live.comment.id]] >= constants.BUSY_THREAD
            self.pressure.good_answers += heard

    def _statement(self, act: Act) -> None:
        expected = any(
            s.inject.expects == "statement" and s.arrived <= act.minute <= s.arrived + s.inject.within
            for s in self.injects.values()
        )
        if expected:
            self._hold()
        stance = frozenset(act.strategy)
        if any(contradict(stance, earlier) for earlier in self.stances.values()):
            self.pressure.contradictions += 1
        self.stances[act.key] = stance
        crisis = self.scenario.crisis
        if crisis and stance and not self.strategy_counted:
            self.strategy_counted = True
            self.pressure.strategy += -1 if stance <= set(crisis.fitting) else 1

    def _answer_injects(self) -> None:
        """Find again, for each inject that expects something, the first act in force that brought it in time."""
        for name, state in self.injects.items():
            if state.inject.expects:
                self.injects[name] = self._answered(state)


def contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two statements deny and accept the same thing."""
    return bool((one & codes.DENYING and other & codes.ACCEPTING) or (other & codes.DENYING and one & codes.ACCEPTING))

"""Simulated players: they try a scenario's key before any trainee does."""

from collections.abc import Callable, Sequence

from . import codes
from .acts import Act
from .credit import best_action, ranking, verdicts
from .dice import draw
from .run import Run
from .scenario import Appeal, Comment, Inject, Rule, Scenario

# What a player does about one comment: (minutes after it arrived, action) pairs.
Policy = Callable[[Scenario, int, Comment], Sequence[tuple[float, str]]]

TEXT = "Merci de votre message, nous revenons vers vous."


def perfect(scenario: Scenario, seed: int, comment: Comment) -> Sequence[tuple[float, str]]:
    """The best action with its companions, one minute after arrival."""
    chosen = [best_action(comment), *comment.companion]
    if comment.escalate_to and "escalate" not in chosen:
        chosen.append("escalate")
    return [(1.0, action) for action in dict.fromkeys(chosen)]


def careful(scenario: Scenario, seed: int, comment: Comment) -> Sequence[tuple[float, str]]:
    """The best action four times in five, else a defensible one; a few minutes of thought."""
    delay = 1 + 6 * draw(seed, "careful delay", comment.id)
    if draw(seed, "careful", comment.id) < 0.8:
        return [(delay, action) for _, action in perfect(scenario, seed, comment)]
    options = ranking(comment)
    return [(delay, options[min(1, len(options) - 1)][0])]


def novice(scenario: Scenario, seed: int, comment: Comment) -> Sequence[tuple[float, str]]:
    """Right half of the time, slow, and quick to hide the rest."""
    delay = 4 + 20 * draw(seed, "novice delay", comment.id)
    right = draw(seed, "novice", comment.id) < 0.5
    return [(delay, best_action(comment) if right else "hide")]


def idle(scenario: Scenario, seed: int, comment: Comment) -> Sequence[tuple[float, str]]:
    return ()


def always(action: str) -> Policy:
    """Return the player with one reflex."""

    def play_one(scenario: Scenario, seed: int, comment: Comment) -> Sequence[tuple[float, str]]:
        return [(1.0, action)]

    return play_one


PLAYERS: dict[str, Policy] = {
    "perfect": perfect,
    "careful": careful,
    "novice": novice,
    "idle": idle,
    "remove_all": always("remove"),
    "keep_all": always("keep"),
    "hide_all": always("hide"),
    "answer_all": always("reply_public"),
}
ATTENTIVE = frozenset({"perfect", "careful"})  # these also answer what injects expect


def play(scenario: Scenario, seed: int, player: str) -> tuple[Act, ...]:
    """Return the acts `player` makes during one shift, live: each sees only what its earlier acts let arrive.

    Errors: KeyError for an unknown player.
    """
    policy = PLAYERS[player]
    run = Run(scenario, seed)
    planned: list[Act] = []
    done: list[Act] = []
    seen: set[str] = set()
    minute = 0.0
    while minute < scenario.duration:
        planned += _plans(run, policy, seen)
        planned += _answers(run, seen) if player in ATTENTIVE else []
        planned += _verdicts(run, player, seen)
        planned.sort(key=lambda a: (a.minute, a.key))
        next_minute = minute + 0.5
        while planned and planned[0].minute < min(next_minute, scenario.duration):
            act = planned.pop(0)
            run.apply(act)
            done.append(act)
        run.advance(next_minute)
        minute = next_minute
    return tuple(done)


def _plans(run: Run, policy: Policy, seen: set[str]) -> list[Act]:
    plans: list[Act] = []
    for name, live in run.live.items():
        if name not in seen:
            seen.add(name)
            chosen = policy(run.scenario, run.seed, live.comment)
            charter = run.scenario.charter
            plans += [act_on(live.comment, a, live.arrived + delay, charter=charter) for delay, a in chosen]
    return plans


def _verdicts(run: Run, player: str, seen: set[str]) -> list[Act]:
    """Return the player's verdicts on new appeals; whoever acts by reflex never goes back on a decision."""
    plans = []
    for name, state in run.appeals.items():
        if f"appeal:{name}" not in seen and player != "idle":
            seen.add(f"appeal:{name}")
            wavering = player == "careful" and draw(run.seed, "appeal", name) >= 0.8
            wavering |= player == "novice" and draw(run.seed, "appeal", name) >= 0.5
            knows = player in (*ATTENTIVE, "novice") and not wavering
            plans.append(decide(state.appeal, verdicts(state.appeal)[0][0] if knows else "uphold", state.arrived + 1))
    return plans


def decide(appeal: Appeal, verdict: str, minute: float, key: str = "") -> Act:
    """Return a verdict on `appeal`, with the answer its author is owed."""
    return Act(
        key=key or f"{appeal.id}:{verdict}",
        minute=minute,
        action=verdict,
        comment=appeal.comment,
        text=TEXT,
    )


def _answers(run: Run, seen: set[str]) -> list[Act]:
    answers: list[Act] = []
    for name, state in run.injects.items():
        if f"inject:{name}" not in seen and state.inject.expects in codes.WITHOUT_COMMENT:
            seen.add(f"inject:{name}")
            answers.append(_answer(run.scenario, state.inject, state.arrived + 1))
    return answers


def act_on(comment: Comment, action: str, minute: float, key: str = "", charter: Sequence[Rule] = ()) -> Act:
    """Return `action` on `comment` with what it requires: the exact reason and ground, the right desk, a text."""
    reason = next((r for r in comment.reasons if r != "none"), "off_topic")
    ground = (comment.rule or (charter[0].id if charter else "")) if action in codes.RESTRICTIONS else ""
    return Act(
        key=key or f"{comment.id}:{action}",
        minute=minute,
        action=action,
        comment=comment.id,
        reason=reason if action in codes.RESTRICTIONS else "",
        desk=(comment.escalate_to or "communications") if action == "escalate" else "",
        text=TEXT if action in codes.WRITTEN or ground else "",
        ground=ground,
    )


def _answer(scenario: Scenario, inject: Inject, minute: float) -> Act:
    return Act(
        key=f"{inject.id}:{inject.expects}",
        minute=minute,
        action=inject.expects,
        desk="communications" if inject.expects == "escalate" else "",
        text=TEXT if inject.expects in codes.WRITTEN else "",
        strategy=scenario.crisis.fitting if scenario.crisis and inject.expects == "statement" else (),
    )

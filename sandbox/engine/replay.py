"""The pure face of the engine: the world at minute `t` is a function of (scenario, seed, acts, t)."""

from collections.abc import Iterable

from .acts import Act, IllegalAct, in_order
from .run import Run
from .scenario import Scenario
from .world import World


def replay(scenario: Scenario, seed: int, acts: Iterable[Act], until: float) -> World:
    """Return the world at minute `until` (that minute included; at most the end of the shift).

    Units:  `until` and the acts' minutes in simulated minutes since the start of the shift.
    Acts after `until` are ignored, duplicates count once, their order of arrival does not matter. An act the rules
    refuse
    changes nothing and is logged as a refusal, so that a counterfactual world without its comment still plays.
    """
    run = _played(scenario, seed, acts, until)
    run.advance(until)
    return run.world()


def act_now(scenario: Scenario, seed: int, acts: Iterable[Act], act: Act) -> World:
    """Return the world just after `act`, the others having happened before it.

    Errors: IllegalAct when the rules refuse it; nothing of it has happened then.
    """
    run = _played(scenario, seed, acts, act.minute)
    run.apply(act)
    return run.world()


def catch_up(run: Run, acts: Iterable[Act], until: float) -> World:
    """Let `acts`, which `run` has not had yet, happen to it and time pass until `until`; return the world then.

    The same world as a replay from the start, for the price of what is new.
    Errors: ValueError when `until` or one of the acts lies in the run's past.
    """
    new = in_order(acts)
    if min([until, *(act.minute for act in new)]) < run.minute:
        raise ValueError("the run is already beyond that minute")
    _let_happen(run, new, until)
    run.advance(until)
    return run.world()


def _played(scenario: Scenario, seed: int, acts: Iterable[Act], until: float) -> Run:
    run = Run(scenario, seed)
    _let_happen(run, in_order(acts), until)
    return run


def _let_happen(run: Run, acts: Iterable[Act], until: float) -> None:
    for act in acts:
        if act.minute > until:
            break
        try:
            run.apply(act)
        except IllegalAct as refusal:
            run.note_refusal(act, refusal)

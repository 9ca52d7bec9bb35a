"""Small worlds for the engine's tests, and strategies that make many."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from sandbox.engine import codes
from sandbox.engine.acts import TAKING_BACK, UNDO, Act
from sandbox.engine.scenario import Comment, Scenario, Text
from tests.sandbox.samples import herbarium

T = Text("texte", "text")


def comment(identifier: str = "c", **fields: Any) -> Comment:
    defaults: dict[str, Any] = {"persona": "tom", "text": T, "key": {"keep": 1.0}, "rationale": T, "post": "p1"}
    return Comment(id=identifier, **(defaults | {"minute": 0.0} | fields))


def world_with(*comments: Comment, **fields: Any) -> Scenario:
    """The herbarium's house with other comments and nothing else."""
    empty: dict[str, Any] = {"reactions": (), "injects": {}, "background": (), "background_rate": 0.0, "crisis": None}
    return replace(herbarium(), comments=comments, **(empty | fields))


def act(minute: float, action: str, on: str = "c", **fields: Any) -> Act:
    given: dict[str, Any] = {"key": f"{on}:{action}:{minute}"}
    if action in codes.RESTRICTIONS:
        given["reason"] = "insult"
    if action in (*codes.WRITTEN, codes.UPHOLD):
        given["text"] = "Bonjour, nous regardons et revenons vers vous."
    if action == "escalate":
        given["desk"] = "security"
    return Act(minute=minute, action=action, comment=on, **(given | fields))


def undo(minute: float, target: Act) -> Act:
    return Act(key=f"undo:{target.key}", minute=minute, action=UNDO, target=target.key)


COMMENTS = sorted(herbarium().find)
KINDS = [*(a for a in codes.ACTIONS if a != "statement"), codes.UPHOLD]


@st.composite
def act_lists(draw: Any, longest: int = 12) -> list[Act]:
    """Acts of all kinds at any minute, legal or not; sequences follow the list."""
    acts: list[Act] = []
    for i in range(draw(st.integers(0, longest))):
        minute = draw(st.integers(0, 600)) / 10
        if acts and draw(st.integers(0, 5)) == 0:
            target = draw(st.sampled_from(acts))
            acts.append(Act(f"k{i}", minute, draw(st.sampled_from(TAKING_BACK)), target=target.key, sequence=i))
        else:
            kind, on = draw(st.sampled_from(KINDS)), draw(st.sampled_from(COMMENTS))
            acts.append(replace(act(minute, kind, on), key=f"k{i}", sequence=i))
    return acts

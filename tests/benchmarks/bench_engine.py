"""What a replay costs, since a replay is the only memory of a shift: 500 comments and 300 acts, and the shipped scenarios.

CPU time of the process, several rounds, printed, never asserted. Target: a replay of the large shift under 100 ms.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace as change
from pathlib import Path

import pytest
import yaml

import courses
from sandbox.engine.acts import Act
from sandbox.engine.debrief import debrief
from sandbox.engine.parsing import from_dict
from sandbox.engine.players import play
from sandbox.engine.public import public_feed
from sandbox.engine.replay import act_now, replay
from sandbox.engine.scenario import Comment, Inject, Persona, Reaction, Scenario, Text
from sandbox.engine.scoring import score
from tests.sandbox.samples import herbarium

ROUNDS, TARGET = 9, 100.0
COMMENTS, ACTS, MINUTES = 500, 300, 240.0
T = Text("Texte d’un commentaire ordinaire.", "The text of an ordinary comment.")
KINDS = ("question", "complaint", "criticism", "attack", "chatter")
ACTIONS = ("reply_public", "keep", "hide", "remove", "escalate", "ban", "label", "limit", "mute_temp", "reply_private")


def large_shift() -> tuple[Scenario, tuple[Act, ...]]:
    """A half day of 500 scripted comments in threads, with what a real scenario holds: reactions, injects, a background."""
    personas = {f"p{i}": Persona(f"p{i}", f"Persona {i}", f"@p{i}", "customer") for i in range(80)}
    comments = tuple(_comment(i) for i in range(COMMENTS))
    background = tuple(change(_comment(i), id=f"b{i}", minute=None, parent="", hostile=i % 2 == 0) for i in range(60))
    reactions = tuple(
        Reaction(
            f"r{i}", f"c{i * 4}", ("unanswered", "kept", "removed", "answered")[i % 4], 15.0 * (i % 4 < 2), mood=0.01
        )
        for i in range(60)
    )
    injects = {f"i{i}": Inject(f"i{i}", "press", T, T, i * 12.0, 0.05, "statement", contingency="") for i in range(16)}
    scenario = change(
        herbarium(), duration=MINUTES, personas=personas, comments=comments, background=background,
        reactions=reactions, injects=injects, background_rate=0.2, appeals={},
    )  # fmt: skip
    return scenario, tuple(_act(i) for i in range(ACTS))


def _comment(i: int) -> Comment:
    return Comment(
        id=f"c{i}", persona=f"p{i % 80}", text=T, rationale=T, post="p1", minute=i * 0.46,
        parent=f"c{i - 1}" if i % 4 else "", kind=KINDS[i % 5], views_per_minute=5.0,
        severity=i % 5, reasons=("insult",), protected="criticism" if KINDS[i % 5] == "criticism" else "none",
        key={"hide": 1.0, "remove": 0.7} if KINDS[i % 5] == "attack" else {"reply_public": 1.0, "keep": 0.4},
    )  # fmt: skip


def _act(i: int) -> Act:
    """Two acts on a comment now and then, as people do who change their mind."""
    comment, minute = f"c{i if i % 7 else i // 2}", i * 0.7 + 2.0
    return Act(f"k{i}", minute, ACTIONS[i % 10], comment, "insult", "legal", "Bonjour, nous regardons.", sequence=i)


def milliseconds(what: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        what()
        times.append((time.process_time() - begun) * 1000)
    return times


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def show(name: str, times: list[float], note: str = "") -> None:
    say(f"  {name:44} best {min(times):7.1f}  median {statistics.median(times):7.1f} ms  {note}")


def test_the_replay_of_a_large_shift():
    scenario, acts = large_shift()
    world = replay(scenario, 1, acts, MINUTES)
    feed_size = len(public_feed(world).comments)
    refused = sum(e.kind == "refusal" for e in world.events)
    assert len(world.comments) >= 450  # bans, mutes and limits keep some away
    say(
        f"\n{len(world.comments)} comments came, {len(world.acts)} acts stood, {refused} refused, {feed_size} on the desk"
    )
    last, before = acts[-1], acts[:-1]
    show("replay", milliseconds(lambda: replay(scenario, 1, acts, MINUTES)), f"target {TARGET:.0f} ms")
    show("replay and one more act", milliseconds(lambda: act_now(scenario, 1, before, last)))
    show("replay up to half time", milliseconds(lambda: replay(scenario, 1, acts, MINUTES / 2)))
    show("public view of the end", milliseconds(lambda: public_feed(world)))
    show("mark of the end", milliseconds(lambda: score(world)))
    show("debrief, 15 counterfactuals", milliseconds(lambda: debrief(scenario, 1, acts)))


SHIPPED = sorted((Path(courses.__file__).parent / "curriculum").glob("*/*/scenario.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda f: f.parent.parent.name)
def test_a_shipped_scenario(file):
    scenario = from_dict(yaml.safe_load(file.read_text(encoding="utf-8")))
    acts = play(scenario, scenario.seed, "careful")
    say(f"\n{scenario.id}: {len(scenario.comments)} comments, {len(acts)} acts")
    show("replay", milliseconds(lambda: replay(scenario, scenario.seed, acts, scenario.duration)))
    show("debrief", milliseconds(lambda: debrief(scenario, scenario.seed, acts)))
    show("a simulated shift", milliseconds(lambda: play(scenario, scenario.seed, "careful")))

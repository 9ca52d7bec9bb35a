"""Reading the rules of a quiz from a file, and what no quiz can be at once: the same in files and in the admin."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from quizzes.delivery.networks import read_networks
from quizzes.delivery.order import LOCK_POINTS
from quizzes.delivery.rules import CUT_METHODS, FEEDBACKS, GRACES, LAYOUTS, LONGEST_QUESTION, YEAR, Rules
from quizzes.types.reader import Node, SpecError

SECTION_CLOCK = "a section with a time of its own closes behind the candidate: set the lock points after each section"
QUESTION_CLOCK = "a question with a time of its own closes behind the candidate: give each its own page, with a lock point after each"


@dataclass(frozen=True, slots=True)
class Times:
    """Which times of their own the parts of a quiz have: each section in minutes, each question in seconds."""

    sections: tuple[int, ...] = ()
    questions: tuple[int, ...] = ()


NO_TIMES = Times()


def read_rules(node: Node, questions: int, times: Times = NO_TIMES) -> Rules:
    """Return the rules a file's mapping holds, beside its other words; `times` are those of its parts. Errors: SpecError."""
    values: dict[str, Any] = {"pass_mark": node["pass_mark"].decimal(0, 1)}
    bounds = {"draw": (1, questions), "time_limit": (0, 600), "max_attempts": (0, 100), "grace_minutes": (0, 600)}
    bounds |= {"question_seconds": (0, LONGEST_QUESTION)}
    bounds |= {"first_delay": (0, YEAR), "second_delay": (0, YEAR)}
    readers: dict[str, Callable[[Node], Any]] = {
        name: partial(_whole, low=low, high=high) for name, (low, high) in bounds.items()
    }
    readers |= {"layout": lambda n: n.one_of(LAYOUTS), "grace": lambda n: n.one_of(GRACES)}
    readers |= {"feedback": lambda n: n.one_of(FEEDBACKS), "hint_cost": lambda n: n.decimal(0, 1)}
    readers |= {"exam": Node.boolean, "honour": Node.boolean, "opens_at": _moment, "closes_at": _moment}
    readers |= {"max_exposure": lambda n: n.decimal(0, 1), "watch": Node.boolean}
    readers |= {"cut_method": lambda n: n.one_of(CUT_METHODS), "cut_minutes": Node.string}
    readers |= {"lock_points": lambda n: n.one_of(LOCK_POINTS), "networks": Node.string, "avoid_seen": Node.boolean}
    values |= {name: read(found) for name, read in readers.items() if (found := node.get(name))}
    rules = Rules(**values)
    for word, template in contradictions(rules, times):
        raise SpecError(word, template)
    return rules


def _whole(node: Node, low: int, high: int) -> int:
    return int(node.decimal(low, high))


def _moment(node: Node) -> datetime:
    try:
        moment = node.data if isinstance(node.data, datetime) else datetime.fromisoformat(node.string())
    except ValueError:
        node.fail("a moment with its offset is expected, such as 2026-09-01T09:00:00+02:00")
    if moment.tzinfo is None:
        node.fail("a moment with its offset is expected, such as 2026-09-01T09:00:00+02:00")
    return moment.astimezone(UTC)


def contradictions(rules: Rules, times: Times = NO_TIMES) -> list[tuple[str, str]]:
    """Return (rule, why it cannot stand) for rules that contradict each other; the same in the admin and in files.

    What is wrong with a part is told of the part, such as sections[1].time_limit.
    """
    return [*_in_its_dates(rules, times), *_in_its_order(rules), *_in_its_clocks(rules, times)]


def _in_its_dates(rules: Rules, times: Times) -> Iterator[tuple[str, str]]:
    if rules.opens_at and rules.closes_at and rules.opens_at >= rules.closes_at:
        yield "closes_at", "it closes before it opens"
    if rules.feedback == "closing" and rules.closes_at is None:
        yield "feedback", "corrections shown after the closing need a closing date"
    if rules.grace == "wait" and not rules.grace_minutes:
        yield "grace_minutes", "say how many minutes remain to submit"
    ends = rules.time_limit or rules.closes_at or rules.question_seconds or (times.sections and all(times.sections))
    if rules.grace != "submit" and not ends:
        yield "grace", "this asks for a time limit or a closing date"


def _in_its_order(rules: Rules) -> Iterator[tuple[str, str]]:
    if rules.exam and rules.feedback == "each":
        yield "feedback", "an exam never shows the answer to a question while it is being taken"
    if rules.lock_points == "question" and rules.layout != "one_per_page":
        yield "lock_points", "questions close one by one behind a candidate only where each has a page of its own"
    if not _readable(rules.networks):
        yield "networks", "networks are expected, such as 192.0.2.0/24 2001:db8::/32, separated by spaces"


def _in_its_clocks(rules: Rules, times: Times) -> Iterator[tuple[str, str]]:
    if rules.lock_points == "none":
        yield from ((f"sections[{n}].time_limit", SECTION_CLOCK) for n, own in enumerate(times.sections) if own)
    if rules.lock_points != "question":
        own_time = [("question_seconds", rules.question_seconds)]
        own_time += [(f"questions[{n}].seconds", own) for n, own in enumerate(times.questions)]
        yield from ((place, QUESTION_CLOCK) for place, own in own_time if own)


def _readable(networks: str) -> bool:
    try:
        read_networks(networks)
    except ValueError:
        return False
    return True

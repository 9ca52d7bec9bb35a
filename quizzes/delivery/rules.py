"""The rules of a quiz: one value, whether it comes from a file, from the admin or from a frozen version."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from quizzes.types.reader import plain

LAYOUTS = frozenset({"one_page", "one_per_page"})
GRACES = frozenset(
    {"submit", "wait", "void"}
)  # at the deadline: submit what is saved, wait for a submission, not counted
FEEDBACKS = frozenset({"each", "submission", "closing", "never"})  # when the key and the remarks are shown
CUT_METHODS = frozenset({"fixed", "angoff", "hofstee"})
YEAR = 366 * 24 * 60  # minutes
LONGEST_QUESTION = 7200  # seconds


@dataclass(frozen=True, slots=True)
class Rules:
    """Units: minutes for every length of time; shares from 0 to 1. A value of 0 or None means no such limit."""

    pass_mark: Decimal = Decimal("0.7")
    draw: int | None = None
    layout: str = "one_page"
    time_limit: int = 0
    question_seconds: int = 0  # for each question that has no time of its own: the one rule in seconds
    exam: bool = False  # questions are frozen with the quiz, and a statement on one's honour may be asked
    max_attempts: int = 0
    first_delay: int = 0  # between the first attempt and the second
    second_delay: int = 0  # between later ones
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    grace: str = "submit"
    grace_minutes: int = 0
    honour: bool = False
    feedback: str = "submission"
    hint_cost: Decimal = Decimal("0.25")  # share of a question's points that one hint takes
    lock_points: str = "none"  # after what a candidate cannot come back: see quizzes.delivery.order
    networks: str = ""  # the only ones an attempt is made from: see quizzes.delivery.networks
    avoid_seen: bool = False  # draw first what the candidate has not met, then what was met longest ago
    max_exposure: Decimal = Decimal(0)  # share of the newest attempts that may ask a question: see delivery.exposure
    watch: bool = False  # whether the candidate is asked to agree to a log of focus and network
    cut_method: str = "fixed"  # how the pass mark was set, and the minutes of that decision
    cut_minutes: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return what differs from the usual, so that a rule added later changes no old fingerprint."""
        usual = Rules()
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: _plain(v) for name, v in values.items() if v != getattr(usual, name) or name == "pass_mark"}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Rules":
        values = dict(data)
        for name in ("pass_mark", "hint_cost", "max_exposure"):
            if name in values:
                values[name] = Decimal(values[name])
        for name in ("opens_at", "closes_at"):
            if values.get(name):
                values[name] = datetime.fromisoformat(values[name])
        return cls(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else value


WORDS = frozenset(f.name for f in fields(Rules))

"""What the debrief's templates read: plain values, in the reader's language."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.curve import Curve
from sandbox.delays import Strip


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One action the key credits: its label, what it earns (0 to 100), the panel's votes."""

    label: Any
    credit: int
    votes: int


@dataclass(frozen=True, slots=True)
class Row:
    """One comment of the shift, what was done on it and what the key says."""

    id: str
    name: str
    handle: str
    text: str
    when: str
    state: str
    done: list[Any]
    replies: list[str]
    credit: int
    verdict: str
    key: list[KeyLine]
    panel: int
    delay: int | None
    deadline: int | None
    in_time: bool
    rule: tuple[str, str, str] | None
    rationale: str
    critical: str
    missing: list[Any]
    reason: Any
    background: bool
    told: str = ""  # whether its author was rightly told why it was restricted
    statement: str = ""  # as it was sent
    group: Any = ""  # whom it addresses or is about


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a replay with one decision changed has found; `moods` are the shift's and the other's, as small lines."""

    when: str
    sentences: list[str]
    moods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A pivotal moment: its row, what it cost in points of 100, and what would have followed otherwise."""

    row: "Row | AppealRow"
    cost: int
    better: Any
    otherwise: "Consequences"
    appeal: bool = False  # the decision was a verdict on an appeal, not an act on a comment


@dataclass(frozen=True, slots=True)
class Bar:
    """A number of comments, and how many of them one restricted, in percent of the bar."""

    label: Any
    total: int
    restricted: int
    percent: float


@dataclass(frozen=True, slots=True)
class Lean:
    """Detection as a drawing: two bars, and where one leans, 0 (takes down too easily) to 100 (lets too much stand)."""

    bars: tuple[Bar, Bar]
    at: float
    sentence: str
    figures: str


@dataclass(frozen=True, slots=True)
class ShareView:
    """Comments of one sort: how many, and how many of them were restricted; all should have been (`signal`), or none."""

    label: Any
    signal: bool
    total: int
    restricted: int

    @property
    def right(self) -> bool:
        return self.restricted == (self.total if self.signal else 0)


@dataclass(frozen=True, slots=True)
class GroupView:
    """Which way one leans on the `n` comments about one group, in words."""

    label: Any
    n: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the crisis: what, how it went, and whether it went well; None where that is not for a figure to say."""

    label: Any
    told: str
    good: bool | None


@dataclass(frozen=True, slots=True)
class Advice:
    """Something for the next shift: what was seen, what to do, and comments that show it (identifier, who, when)."""

    seen: str
    gesture: str
    examples: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class PartView:
    name: Any
    percent: int | None
    weight: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline: an inject, an act or an arrival."""

    minute: float
    when: str
    kind: str
    title: str
    text: str
    state: str
    number: int | None


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply or a statement, what it answers, and its marks in percent; None where nobody has marked yet."""

    key: str
    label: Any
    when: str
    comment: str
    who: str
    handle: str
    asked: str
    text: str
    hints: list[Any]
    own: int | None
    expert: int | None
    remark: str
    lines: list[dict[str, Any]]
    rationale: str
    rule: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One appeal of the shift. `verdict` is "" when nobody decided; `key` are (label, credit of 100, votes)."""

    id: str
    name: str
    when: str
    comment: str
    contested: Any
    text: str
    edited: str
    verdict: Any
    answer: str
    outcome: str  # right, half or wrong
    delay: int | None
    deadline: int
    in_time: bool
    credit: int
    key: list[tuple[Any, int, int]]
    panel: int
    rationale: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a shift counts for. `passed` is None until the marks it waits for are given."""

    passed: bool | None
    lightened: bool = False  # something was left out: it counts for oneself alone
    by_these_rules: bool = True


@dataclass(frozen=True, slots=True)
class DebriefView:
    percent: int
    standing: Standing
    falls_short: bool  # today's result, whatever was announced before
    pass_mark: int
    failures: list[Any]
    parts: list[PartView]
    rows: list[Row]
    moments: list[Moment]
    timeline: list[Entry]
    curve: Curve
    hours: list[tuple[float, str]]  # x on the curve, the hour
    peak: int
    lean: Lean | None
    delays: tuple[Strip, ...]
    verdicts: dict[str, int]
    kappa: float | None
    pending: int
    replies: list[ReplyView]
    with_own: int | None  # the result in practice, one's own marks counted too
    title: str
    unseen: int
    appeals: list[AppealRow] = field(default_factory=list)
    shares: list[ShareView] = field(default_factory=list)
    groups: list[GroupView] = field(default_factory=list)
    crisis: list[Figure] = field(default_factory=list)
    keep: list[Advice] = field(default_factory=list)
    change: list[Advice] = field(default_factory=list)

    @property
    def passed(self) -> bool | None:
        return self.standing.passed

    @property
    def pass_stands(self) -> bool:
        """Marks given later have brought the result below, and the pass already announced stays."""
        return bool(self.passed) and self.falls_short and self.standing.by_these_rules


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One comment, and what another act on it would have brought; `gain` in points of 100, None before one chooses."""

    row: Row
    consequences: Consequences | None = None
    action: Any = ""
    gain: int | None = None

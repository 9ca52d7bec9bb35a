"""What a scenario is made of: frozen values, both languages side by side.

Minutes are simulated minutes of the shift.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from . import codes, constants


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    fr: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)

    def get(self, language: str) -> str:
        """Return the text in `language` ("fr", "fr-ca", "en"…); English when the language is unknown."""
        return self.fr if language[:2] == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Brand:
    name: str
    handle: str
    sector: Text
    tone: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the published charter."""

    id: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Persona:
    id: str
    name: str
    handle: str
    side: str
    bio: Text = Text()
    patience: float = 0.5
    influence: float = 0.3
    followers: int = 100


@dataclass(frozen=True, slots=True)
class Post:
    id: str
    minute: float
    text: Text
    likes: int = 0


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment with its answer key. `minute` is None when only a reaction or the background can bring it."""

    id: str
    persona: str
    text: Text
    key: Mapping[str, float]
    rationale: Text
    post: str = ""
    parent: str = ""
    minute: float | None = None
    kind: str = "chatter"
    views_per_minute: float = 1.0
    severity: int = 0
    reasons: tuple[str, ...] = ("none",)
    protected: str = "none"
    votes: Mapping[str, int] = field(default_factory=dict)
    clear_cut: bool = False
    forbidden: Mapping[str, Text] = field(default_factory=dict)
    companion: tuple[str, ...] = ()
    escalate_to: str = ""
    rule: str = ""
    trap: str = ""
    hint: Text = Text()
    hostile: bool = False
    touches: tuple[str, ...] = ()  # sensitive topics in its text though nothing is held against it
    group: str = ""  # whom it addresses or is about; only the debrief reads it


@dataclass(frozen=True, slots=True)
class Reaction:
    """When

    `comment` is `condition` (for `lasting` minutes after it arrived), then, `after` minutes later, with
    `probability`.
    """

    id: str
    comment: str
    condition: str
    lasting: float = 0.0
    brings_comment: str = ""
    brings_inject: str = ""
    mood: float = 0.0
    after: float = 0.0
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Inject:
    id: str
    channel: str
    sender: Text
    text: Text
    minute: float | None = None
    impulse: float = 0.0
    expects: str = ""
    within: float = 15.0
    note: Text = Text()
    contingency: str = ""
    audience: Text = Text()  # whom it reaches besides the desk
    phase: str = ""  # of the crisis; only the debrief reads it


@dataclass(frozen=True, slots=True)
class Appeal:
    """The author of `comment` contests its restriction, `after` minutes later.

    `edited` is the comment as its author has changed it since: what the feed shows once the appeal is granted.
    """

    id: str
    comment: str
    text: Text
    key: Mapping[str, float]
    rationale: Text
    of: tuple[str, ...] = codes.CONTESTED
    after: float = constants.APPEAL_AFTER
    edited: Text = Text()
    votes: Mapping[str, int] = field(default_factory=dict)
    hint: Text = Text()


@dataclass(frozen=True, slots=True)
class MacroField:
    """What a reply template asks for; `value` fills it in when it is always the same."""

    id: str
    label: Text
    value: Text = Text()


@dataclass(frozen=True, slots=True)
class Macro:
    id: str
    title: Text
    text: Text
    fields: tuple[MacroField, ...] = ()


@dataclass(frozen=True, slots=True)
class Crisis:
    responsibility: str
    fitting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One shift. `find` maps every comment's identifier, scripted and background, to its comment."""

    id: str
    title: Text
    summary: Text
    brief: Text
    brand: Brand
    duration: float
    charter: tuple[Rule, ...]
    personas: Mapping[str, Persona]
    posts: tuple[Post, ...]
    comments: tuple[Comment, ...]
    reactions: tuple[Reaction, ...] = ()
    injects: Mapping[str, Inject] = field(default_factory=dict)
    background: tuple[Comment, ...] = ()
    macros: tuple[Macro, ...] = ()
    appeals: Mapping[str, Appeal] = field(default_factory=dict)
    objectives: tuple[Text, ...] = ()
    topics: tuple[str, ...] = ()
    crisis: Crisis | None = None
    starts_at: int = 540  # minutes after midnight
    pace: float = constants.PACE
    seed: int = 0
    pass_mark: float = constants.PASS_MARK
    severity_cap: int = 4
    tension: float = constants.START_TENSION
    background_rate: float = constants.BACKGROUND_RATE
    service_levels: Mapping[int, float] = field(default_factory=lambda: dict(constants.SERVICE_LEVELS))
    question_level: float = constants.QUESTION_LEVEL
    appeal_level: float = constants.APPEAL_LEVEL
    explain: bool = False  # the house owes a statement of reasons to whom it restricts
    find: Mapping[str, Comment] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        everything = {c.id: c for c in (*self.comments, *self.background)}
        object.__setattr__(self, "find", everything)

    def rule(self, identifier: str) -> Rule | None:
        return next((r for r in self.charter if r.id == identifier), None)

    def service_level(self, comment: Comment) -> float | None:
        """Return the minutes within which `comment` should be dealt with, or None when nobody is waiting."""
        from_severity = self.service_levels.get(comment.severity)
        waiting = comment.kind in ("question", "complaint")
        levels = [v for v in (from_severity, self.question_level if waiting else None) if v is not None]
        return min(levels) if levels else None

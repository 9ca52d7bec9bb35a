"""An appeal on the desk: the decision, the author's words, the comment then and now."""

from dataclasses import dataclass

from sandbox.forms import APPEAL
from sandbox.slips import ActLine, Slip


@dataclass(frozen=True, slots=True)
class AppealView:
    """`comment` is the slip contested, `original` its text as it was decided on, `edited` as its author changed it."""

    id: str
    comment: Slip
    original: str
    text: str
    edited: str
    when: str
    contested: ActLine
    verdict: ActLine | None
    masked: bool

    @property
    def hand(self) -> str:
        """Name the appeal among what one may have at hand."""
        return f"{APPEAL}{self.id}"

    @property
    def waiting(self) -> bool:
        return self.verdict is None

    @property
    def reversed(self) -> bool:
        return self.verdict is not None and self.verdict.action != "uphold"

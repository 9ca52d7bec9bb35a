"""Who reads the debrief, and how the scenario's texts and hours sound to them."""

from dataclasses import dataclass

from sandbox import clock
from sandbox.engine.scenario import Scenario, Text
from sandbox.wording import language


@dataclass(frozen=True, slots=True)
class Reader:
    scenario: Scenario
    language: str

    @classmethod
    def of(cls, scenario: Scenario) -> "Reader":
        """Return the reader of the language now active."""
        return cls(scenario, language())

    def text(self, text: Text) -> str:
        return text.get(self.language)

    def when(self, minute: float) -> str:
        return clock.wall(minute, self.scenario.starts_at)

    def quote(self, identifier: str) -> dict[str, str]:
        comment = self.scenario.find[identifier]
        return {"who": self.scenario.personas[comment.persona].name, "text": self.text(comment.text)}

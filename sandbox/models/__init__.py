"""Tables of the sandbox: what is played, who played it, and what others thought of it."""

from sandbox.models.goes import FurtherGo
from sandbox.models.marks import Mark
from sandbox.models.pages import ScenarioPage
from sandbox.models.scenario import Scenario, ScenarioVersion
from sandbox.models.shifts import Act, Shift, StressNote

__all__ = ["Act", "FurtherGo", "Mark", "Scenario", "ScenarioPage", "ScenarioVersion", "Shift", "StressNote"]

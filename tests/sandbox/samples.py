"""A small scenario to play with: the format's documented example."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sandbox.engine.parsing import from_dict
from sandbox.engine.scenario import Scenario

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "scenario.example.yaml"


@cache
def _example() -> Any:
    return yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))


def example() -> dict[str, Any]:
    """Return the example as plain data, to be changed at will."""
    return deepcopy(_example())


@cache
def herbarium() -> Scenario:
    return from_dict(_example())

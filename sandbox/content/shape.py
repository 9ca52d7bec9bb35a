"""What both directions know of a scenario's fields."""

from typing import Any

Data = dict[str, Any]
BILINGUAL = ("title", "summary", "brief")
STREAMS = ("charter", "personas", "posts", "comments", "reactions", "injects", "background", "macros", "appeals")
# Field -> default of the engine.
DIALS: Data = {
    "pace": 8,
    "seed": 0,
    "pass_mark": 0.7,
    "severity_cap": 4,
    "tension": 0.08,
    "background_rate": 0.05,
}

"""How a quiz is given: its rules, who may start when, the clock, the draw, the release of the key. Pure: no framework,
the clock and chance are passed in."""

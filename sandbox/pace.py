"""How fast the clock may run in practice."""

SPEEDS = (0.5, 1, 2, 4)  # times the scenario's own pace

"""The shop under fire: databases and worlds of its own, faults, a sequential model, and ``./run torture`` that runs them for hours."""

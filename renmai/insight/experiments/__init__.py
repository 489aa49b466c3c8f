"""What works, found by chance: assignment, always-valid intervals, guardrails, uplift. Never changes what it measures."""

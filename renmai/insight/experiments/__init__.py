"""What works, found by chance: assignment, always-valid intervals, guardrails, uplift. Never changes what it measures.

An experiment is about one switch 开关 of the product, or about several at once. ``switches`` lists them; the room that owns the place asks
``queries.variant``. ``metrics`` counts outcomes from raw rows, ``statistics`` says what chance does, ``results`` puts both together.
``docs/experiments.md`` explains what may be read from a result.
"""

"""Reads copy against the patterns and settings against the rules."""

from collections.abc import Sequence

from renmai.policy.linting import settings
from renmai.policy.linting.types import Copy, Finding
from renmai.policy.rules import Outcome


def lint(copy: Copy) -> tuple[Finding, ...]:
    """Return every objection to ``copy`` on its channels, the hardest first."""
    found: list[Finding] = []
    if copy.facts is not None:
        found.extend(settings.findings(copy.facts, copy.channels))
    return tuple(sorted(found, key=lambda finding: -finding.outcome.severity))


def worst(findings: Sequence[Finding]) -> Outcome:
    """Return the hardest outcome among ``findings``; *allow* for none."""
    return max((finding.outcome for finding in findings), key=lambda outcome: outcome.severity, default=Outcome.ALLOW)

"""What can be wrong with stored settings."""

from collections.abc import Iterator

from renmai.kernel.audits import Violation
from renmai.policy import queries


def violations() -> Iterator[Violation]:
    """Yield every setting whose newest row is unknown, out of bounds or against a hard limit. Such a row is not in force."""
    for change in queries.newest_changes():
        if not queries.holds(change):
            yield Violation(
                "policy.setting", f"setting {change.key}", f"row {change.pk} asks for {change.value!r}, which may not be"
            )

"""What must be true of the introducers' forest: the alarm could not measure it otherwise."""

from collections.abc import Iterator

from renmai.distribution.models import Agent
from renmai.fraud.pyramid.forest import circles
from renmai.kernel.audits import Violation


def violations() -> Iterator[Violation]:
    """Yield every agent who hangs below no root: introductions run in a circle above her."""
    for pk in sorted(circles(list(Agent.objects.values_list("pk", "introduced_by_id")))):
        yield Violation("introductions", f"agent {pk}", "introduced, in the end, by herself or by a circle of others")

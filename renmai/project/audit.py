"""Every invariant of money, stock and attribution, in one place: the audit command and the tests after each fault ask this."""

from collections.abc import Iterator

from renmai.accounts import audit as accounts
from renmai.alerts import audit as alerts
from renmai.campaigns import audit as campaigns
from renmai.catalogue import audit as catalogue
from renmai.content import audit as content
from renmai.distribution import audit as distribution
from renmai.fraud import audit as fraud
from renmai.insight.experiments import audit as experiments
from renmai.insight.portraits import audit as portraits
from renmai.insight.stream import audit as stream
from renmai.insight.value import audit as value
from renmai.journeys import audit as journeys
from renmai.kernel import audit as kernel
from renmai.kernel.audits import Violation
from renmai.ledger import audit as ledger
from renmai.matching import audit as matching
from renmai.ordering import audit as ordering
from renmai.payments import audit as payments
from renmai.policy import audit as policy
from renmai.sharing import audit as sharing
from renmai.trust import audit as trust

ROOMS = (
    kernel,
    accounts,
    policy,
    ledger,
    payments,
    catalogue,
    ordering,
    sharing,
    trust,
    distribution,
    fraud,
    campaigns,
    content,
    stream,
    experiments,
    value,
    portraits,
    matching,
    alerts,
    journeys,
)


def all_violations() -> Iterator[Violation]:
    """Yield every violation there is, room by room from the ground up."""
    for room in ROOMS:
        yield from room.violations()

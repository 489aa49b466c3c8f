"""What waits for somebody: counted in the navigation and told on the first page."""

from dataclasses import dataclass

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.distribution.models import Withdrawal
from renmai.distribution.queries import withdrawal_counts
from renmai.kernel.models import Alert
from renmai.ordering import queries as ordering

NOTHING = ordering.OpenWork(parcels=0, parcels_late=0, pickups=0, claims=0, claims_late=0, returns=0)
SEE_ORDERS = frozenset({Permission.ORDERS_VIEW, Permission.AFTER_SALES_DECIDE})
SEE_WITHDRAWALS = frozenset({Permission.WITHDRAWALS_REVIEW, Permission.WITHDRAWALS_APPROVE})


@dataclass(frozen=True)
class Work:
    """What waits, as far as this person may see it; zero for the rest."""

    orders: ordering.OpenWork
    withdrawals_new: int
    withdrawals_second: int
    alerts: int

    @property
    def parcels(self) -> int:
        """Parcels to send and orders to hand over."""
        return self.orders.parcels + self.orders.pickups

    @property
    def claims(self) -> int:
        """Claims to answer and returns to take in."""
        return self.orders.claims + self.orders.returns

    @property
    def withdrawals(self) -> int:
        """Withdrawals that wait for one of the two people."""
        return self.withdrawals_new + self.withdrawals_second


def waiting(user: User) -> Work:
    """Count what waits for ``user``, in at most five statements."""
    held = permissions_of(user)
    counts = {row.status: row.count for row in withdrawal_counts()} if held & SEE_WITHDRAWALS else {}
    return Work(
        orders=ordering.open_work(user) if held & SEE_ORDERS else NOTHING,
        withdrawals_new=counts.get(Withdrawal.Status.REQUESTED, 0),
        withdrawals_second=counts.get(Withdrawal.Status.REVIEWED, 0),
        alerts=Alert.objects.filter(resolved_at__isnull=True).count() if Permission.AUDIT_VIEW in held else 0,
    )

"""How much waits for the staff."""

from dataclasses import dataclass

from django.db.models import Count, Q

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, allows, require
from renmai.catalogue.models import Supplier
from renmai.kernel import clock
from renmai.ordering.models import AfterSale, Order, Shipment

SUPPLIER_LIMIT = 200


@dataclass(frozen=True)
class OpenWork:
    """Parcels, pickups and claims that wait; ``…_late`` is the part of the number before it whose deadline has passed."""

    parcels: int
    parcels_late: int
    pickups: int
    claims: int
    claims_late: int
    returns: int


def open_work(actor: User) -> OpenWork:
    """Return what waits for the staff in three statements. Needs ``orders.view`` or ``after_sales.decide``."""
    if not allows(actor, Permission.AFTER_SALES_DECIDE):
        require(actor, Permission.ORDERS_VIEW)
    now = clock.now()
    parcels = Shipment.objects.filter(status=Shipment.Status.WAITING, order__delivery=Order.Delivery.PARCEL).aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(ship_before__lt=now))
    )
    pickups = Order.objects.filter(status=Order.Status.PAID, delivery=Order.Delivery.PICKUP).count()
    requested = Q(status=AfterSale.Status.REQUESTED)
    claims = AfterSale.objects.filter(status__in=[AfterSale.Status.REQUESTED, AfterSale.Status.RETURNING]).aggregate(
        asked=Count("pk", filter=requested),
        late=Count("pk", filter=requested & Q(deadline_at__lt=now)),
        back=Count("pk", filter=Q(status=AfterSale.Status.RETURNING)),
    )
    return OpenWork(
        parcels=parcels["all"],
        parcels_late=parcels["late"],
        pickups=pickups,
        claims=claims["asked"],
        claims_late=claims["late"],
        returns=claims["back"],
    )


@dataclass(frozen=True)
class SupplierWork:
    """How many parcels of one supplier wait, and how many of them are late."""

    supplier: Supplier
    waiting: int
    late: int


def suppliers_waiting(actor: User) -> tuple[SupplierWork, ...]:
    """Return the suppliers whose parcels wait, the latest first. Two statements. Needs ``orders.view``."""
    require(actor, Permission.ORDERS_VIEW)
    waiting = Shipment.objects.filter(status=Shipment.Status.WAITING, order__delivery=Order.Delivery.PARCEL)
    late = Count("pk", filter=Q(ship_before__lt=clock.now()))
    rows = list(waiting.values("supplier").annotate(count=Count("pk"), late=late).order_by("-late", "-count")[:SUPPLIER_LIMIT])
    suppliers = Supplier.objects.in_bulk([row["supplier"] for row in rows])
    return tuple(SupplierWork(suppliers[row["supplier"]], row["count"], row["late"]) for row in rows)

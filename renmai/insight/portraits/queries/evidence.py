"""What an interest rests on: the very events and order lines it was counted from."""

from dataclasses import dataclass
from datetime import datetime

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.accounts.queries import has_consent
from renmai.catalogue.models import Product
from renmai.insight.portraits.facets import BROWSED, PURCHASE, SIGNALS, Facet, Source, part_of_day, traits_of
from renmai.insight.portraits.facts import bought_orders
from renmai.insight.stream import queries as stream
from renmai.ordering.models import OrderLine

SHOWN = 50
LOOKED_THROUGH = 1000
"""So many of her last events are looked through for those that count."""


@dataclass(frozen=True)
class Evidence:
    """One happening behind an interest; ``weight`` is what it counted when it happened."""

    at: datetime
    what: str
    product: Product | None
    order_number: str
    weight: float


def evidence(user: User, *, source: Source, facet: Facet, value: str) -> tuple[Evidence, ...]:
    """Return the last happenings that count for one interest, newest first, at most ``SHOWN``.

    From browsing only while she agrees to it, and of the hot days of the stream.
    """
    return _looks(user, facet, value) if source is Source.BROWSING else _purchases(user, facet, value)


def _looks(user: User, facet: Facet, value: str) -> tuple[Evidence, ...]:
    if not has_consent(user, Purpose.BROWSING):
        return ()
    names = [name for name in BROWSED if facet in SIGNALS[name]]
    events = stream.recent(user_id=user.pk, names=names, limit=LOOKED_THROUGH)
    traits = traits_of({event.product_id for event in events if event.product_id is not None})
    found = []
    for event in events:
        known = traits.get(event.product_id) if event.product_id is not None else None
        values = (part_of_day(event.at),) if facet is Facet.HOUR else known.values.get(facet, ()) if known else ()
        if known and value in values:
            found.append(event)
    shown = found[:SHOWN]
    products = Product.objects.in_bulk({event.product_id for event in shown if event.product_id is not None})
    return tuple(
        Evidence(event.at, event.name, products.get(event.product_id or 0), "", SIGNALS[event.name][facet]) for event in shown
    )


def _purchases(user: User, facet: Facet, value: str) -> tuple[Evidence, ...]:
    if facet not in SIGNALS[PURCHASE]:
        return ()
    lines = OrderLine.objects.filter(order__in=bought_orders().filter(buyer=user)).select_related("order")
    rows = [line for line in lines.order_by("-order__paid_at", "-pk")[:LOOKED_THROUGH] if line.refunded_quantity < line.quantity]
    traits = traits_of({line.product_id_at_order for line in rows})
    found = []
    for line in rows:
        known, paid_at = traits.get(line.product_id_at_order), line.order.paid_at
        if known and paid_at:
            values = (part_of_day(paid_at),) if facet is Facet.HOUR else known.values.get(facet, ())
            if value in values:
                found.append((line, paid_at))
    shown = found[:SHOWN]
    products = Product.objects.in_bulk({line.product_id_at_order for line, _paid_at in shown})
    weight = SIGNALS[PURCHASE][facet]
    return tuple(
        Evidence(paid_at, PURCHASE, products.get(line.product_id_at_order), line.order.number, weight) for line, paid_at in shown
    )

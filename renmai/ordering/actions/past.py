"""Orders of the past, from an outside shop: written whole and finished, in bulk, telling nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from renmai.accounts.models import User
from renmai.ordering.models import ImportedBuyer, ImportedDocument, Order, OrderLine, OrderStep


@dataclass(frozen=True)
class PastOrderLine:
    """One line: what was bought, and what of it came back until the import."""

    sku_id: int
    product_id: int
    supplier_id: int
    title: str
    unit_price_fen: int
    quantity: int
    returned_quantity: int
    returned_fen: int


@dataclass(frozen=True)
class PastOrder:
    """One finished order under the number of its document."""

    document: str
    digest: str
    buyer_id: int
    currency: str
    address: str
    at: datetime
    lines: tuple[PastOrderLine, ...]
    return_keys: tuple[str, ...]


def order_number(source: str, document: str) -> str:
    """Return the number that a past order has here."""
    return f"{source}-{document}"


@transaction.atomic
def record_past_buyers(source: str, names: dict[str, str]) -> dict[str, int]:
    """Return who each customer (key → name) of ``source`` is here, making those who are missing. Nobody can sign in as them."""
    known = dict(ImportedBuyer.objects.filter(source=source, key__in=names).values_list("key", "user_id"))
    missing = [key for key in names if key not in known]
    people = User.objects.bulk_create([User(display_name=names[key][:40], password="!") for key in missing])  # noqa: S106  # nosec B106  # no secret
    ImportedBuyer.objects.bulk_create(
        [ImportedBuyer(source=source, key=key, user=person) for key, person in zip(missing, people, strict=True)]
    )
    known.update({key: person.pk for key, person in zip(missing, people, strict=True)})
    return known


@transaction.atomic
def record_past_orders(source: str, past: Sequence[PastOrder]) -> list[Order]:
    """Write finished orders with their lines and the mark that they were imported. The caller brings money and stock with them.

    Four statements for a batch, and a few more when it is large. Raises ``IntegrityError`` for a document that is there already.
    """
    orders = Order.objects.bulk_create([_order(source, one) for one in past])
    lines = [_line(order, line) for order, one in zip(orders, past, strict=True) for line in one.lines]
    OrderLine.objects.bulk_create(lines, batch_size=2000)
    OrderStep.objects.bulk_create([OrderStep(order=order, step="imported", at=order.placed_at) for order in orders])
    ImportedDocument.objects.bulk_create(
        [
            ImportedDocument(source=source, document=one.document, digest=one.digest, returns=list(one.return_keys), order=order)
            for order, one in zip(orders, past, strict=True)
        ]
    )
    return orders


def _order(source: str, past: PastOrder) -> Order:
    goods = sum(line.unit_price_fen * line.quantity for line in past.lines)
    is_back = all(line.returned_quantity == line.quantity for line in past.lines)
    return Order(
        number=order_number(source, past.document),
        buyer_id=past.buyer_id,
        status=Order.Status.REFUNDED if is_back else Order.Status.SETTLED,
        funnel=Order.Funnel.IMPORTED,
        source=source,
        currency=past.currency,
        goods_fen=goods,
        payable_fen=goods,
        refunded_fen=sum(line.returned_fen for line in past.lines),
        address=past.address,
        idempotency_key=past.document,
        placed_at=past.at,
        pay_before=past.at,
        paid_at=past.at,
        shipped_at=past.at,
        received_at=past.at,
        settle_after=past.at,
        settled_at=past.at,
    )


def _line(order: Order, past: PastOrderLine) -> OrderLine:
    return OrderLine(
        order=order,
        sku_id=past.sku_id,
        product_id_at_order=past.product_id,
        supplier_id=past.supplier_id,
        title_zh=past.title,
        title_en=past.title,
        unit_price_fen=past.unit_price_fen,
        quantity=past.quantity,
        amount_fen=past.unit_price_fen * past.quantity,
        claimed_quantity=past.returned_quantity,
        refunded_quantity=past.returned_quantity,
        refunded_fen=past.returned_fen,
    )

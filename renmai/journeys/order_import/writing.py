"""Puts past orders into the books, a batch of whole orders a transaction: order, payment, refunds, revenue, stock."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from renmai.catalogue.actions.past_goods import PastGoods, record_past_goods
from renmai.catalogue.actions.past_stock import MAX_MOVES, PastSale, record_past_sales
from renmai.catalogue.models import Sku
from renmai.journeys.order_import.matching import PastDocument, Plan, Purchase
from renmai.journeys.order_import.reading import QuarantinedLine
from renmai.kernel import ids
from renmai.kernel.money import part_of_lot
from renmai.ledger import chart
from renmai.ledger.actions import TransferRequest, post
from renmai.ordering.actions.past import PastOrder, PastOrderLine, order_number, record_past_buyers, record_past_orders
from renmai.ordering.models import ImportedDocument, Order
from renmai.payments.actions import PastPayment, PastRefund, record_past

SOURCE: Final = "import"
BATCH: Final = 200
TRIES: Final = 3
CHANGED: Final = gettext_noop("its invoice was imported before with other lines")
LATE_RETURN: Final = gettext_noop("the purchase was imported before without this return")


@dataclass(frozen=True)
class ImportCount:
    """What became of the lines: ``read`` = ``imported`` + ``quarantined`` + ``already``."""

    read: int
    imported: int
    quarantined: int
    already: int

    def __str__(self) -> str:
        return f"read {self.read} = imported {self.imported} + quarantined {self.quarantined} + already there {self.already}"


@dataclass
class _Tally:
    """The state of every line that is not quarantined by the plan, by its row in the file."""

    imported: set[int] = field(default_factory=set)
    already: set[int] = field(default_factory=set)
    refused: dict[int, QuarantinedLine] = field(default_factory=dict)

    def count(self, plan: Plan) -> ImportCount:
        already = self.already - self.imported
        refused = self.refused.keys() - self.imported - already
        return ImportCount(plan.read, len(self.imported), len(plan.quarantined) + len(refused), len(already))


def write(
    plan: Plan, *, quarantine: Callable[[QuarantinedLine], None], progress: Callable[[int], None] = lambda _lines: None
) -> ImportCount:
    """Write the orders of ``plan`` and return what became of its lines. Can be stopped between two batches and run again.

    ``quarantine`` gets every line that is not imported, ``progress`` how many more lines are done.
    """
    tally = _Tally()
    progress(len(plan.quarantined))
    known = _known(plan.documents)
    _leave_out_late_returns(plan.documents, known)
    iterator = iter(plan.documents)
    while batch := list(islice(iterator, BATCH)):
        for document in _write_missing(batch, tally, known=known):
            tally.imported.update(_rows(document))
        progress(sum(len(document.purchases) for document in batch))
    out = [*plan.quarantined, *(line for row, line in tally.refused.items() if row not in tally.imported | tally.already)]
    for line in sorted(out, key=lambda one: one.row):
        quarantine(line)
    return tally.count(plan)


def _write_missing(batch: list[PastDocument], tally: _Tally, *, known: dict[str, ImportedDocument]) -> list[PastDocument]:
    """Write those of ``batch`` that are not there and return them.

    When another run writes the same ones at this moment, its rows are looked at and the rest is tried again, a few times.
    """
    missing = [document for document in batch if not _is_there(document, tally, known=known)]
    for _try in range(TRIES - 1):
        try:
            _write_batch(missing)
        except IntegrityError:
            known |= _known(missing)
            missing = [document for document in missing if not _is_there(document, tally, known=known)]
        else:
            return missing
    _write_batch(missing)
    return missing


def _known(documents: Sequence[PastDocument]) -> dict[str, ImportedDocument]:
    known: dict[str, ImportedDocument] = {}
    for start in range(0, len(documents), BATCH):
        numbers = [document.number for document in documents[start : start + BATCH]]
        known |= {row.document: row for row in ImportedDocument.objects.filter(source=SOURCE, document__in=numbers)}
    return known


def _leave_out_late_returns(documents: Sequence[PastDocument], known: dict[str, ImportedDocument]) -> None:
    """Take a return that can not be recorded on one of its purchases off the others too: it comes in whole or not at all."""
    late = {
        one.row
        for document in documents
        if (row := known.get(document.number)) is not None
        for purchase in document.purchases
        for one in purchase.returns
        if row.digest != document.digest or one.key not in row.returns
    }
    for document in documents:
        if late and document.number not in known:
            for purchase in document.purchases:
                purchase.returns = [one for one in purchase.returns if one.row not in late]


def _is_there(document: PastDocument, tally: _Tally, *, known: dict[str, ImportedDocument]) -> bool:
    """Count the lines of a document that was imported before; False when it is new."""
    row = known.get(document.number)
    if row is None:
        return False
    is_same = row.digest == document.digest
    for purchase in document.purchases:
        line = purchase.line
        if is_same:
            tally.already.add(line.row)
        else:
            tally.refused[line.row] = QuarantinedLine(line.row, line.document, line.sku_code, CHANGED)
        for one in purchase.returns:
            if is_same and one.key in row.returns:
                tally.already.add(one.row)
            else:
                credit = one.key.partition(":")[0]
                tally.refused[one.row] = QuarantinedLine(one.row, credit, line.sku_code, LATE_RETURN)
    return True


def _rows(document: PastDocument) -> Iterator[int]:
    for purchase in document.purchases:
        yield purchase.line.row
        yield from (one.row for one in purchase.returns)


@transaction.atomic
def _write_batch(documents: Sequence[PastDocument]) -> None:
    if not documents:
        return
    skus = _skus(documents)
    names = {
        line.customer: f"Customer {line.customer}" for line in (one.line for document in documents for one in document.purchases)
    }
    buyers = record_past_buyers(SOURCE, names)
    past = [_past_order(document, skus, buyer_id=buyers[document.purchases[0].line.customer]) for document in documents]
    orders = record_past_orders(SOURCE, past)
    record_past([_payment(document, order) for document, order in zip(documents, orders, strict=True)])
    post([_revenue(order) for order in orders])
    sold: Counter[tuple[str, int]] = Counter()
    for document, order in zip(documents, orders, strict=True):
        for one in document.purchases:
            sold[(order.number, skus[one.line.sku_code].pk)] += one.left
    sales = [PastSale(reference, sku_id, quantity) for (reference, sku_id), quantity in sold.items() if quantity]
    for start in range(0, len(sales), MAX_MOVES):
        record_past_sales(sales[start : start + MAX_MOVES])


def _skus(documents: Sequence[PastDocument]) -> dict[str, Sku]:
    lines = [one.line for document in documents for one in document.purchases]
    goods = {line.sku_code: PastGoods(line.sku_code, line.title, line.unit_price_fen, line.currency) for line in lines}
    found = record_past_goods(SOURCE, list(goods.values()))
    rows = {sku.pk: sku for sku in Sku.objects.filter(pk__in=found.values()).select_related("product")}
    return {code: rows[sku_id] for code, sku_id in found.items()}


def _past_order(document: PastDocument, skus: dict[str, Sku], *, buyer_id: int) -> PastOrder:
    first = document.purchases[0].line
    keys = [one.key for purchase in document.purchases for one in purchase.returns]
    return PastOrder(
        document=document.number,
        digest=document.digest,
        buyer_id=buyer_id,
        currency=first.currency,
        address=first.country,
        at=first.at,
        lines=tuple(_past_line(purchase, skus[purchase.line.sku_code]) for purchase in document.purchases),
        return_keys=tuple(dict.fromkeys(keys)),
    )


def _past_line(purchase: Purchase, sku: Sku) -> PastOrderLine:
    line, returned = purchase.line, purchase.line.quantity - purchase.left
    return PastOrderLine(
        sku_id=sku.pk,
        product_id=sku.product_id,
        supplier_id=sku.product.supplier_id,
        title=line.title,
        unit_price_fen=line.unit_price_fen,
        quantity=line.quantity,
        returned_quantity=returned,
        returned_fen=returned * line.unit_price_fen,
    )


def _payment(document: PastDocument, order: Order) -> PastPayment:
    refunds = []
    for position, purchase in enumerate(document.purchases):
        lot, before = purchase.line.unit_price_fen * purchase.line.quantity, 0
        for one in purchase.returns:
            amount = part_of_lot(lot, quantity=purchase.line.quantity, before=before, taken=one.quantity)
            before += one.quantity
            refunds.append(
                PastRefund(
                    cause=f"{SOURCE}:{one.key}:{document.number}:{position}",
                    amount_fen=amount,
                    reason="imported_return",
                    refunded_at=one.at,
                    after_settlement=True,
                )
            )
    return PastPayment(
        reference=order.number,
        amount_fen=order.payable_fen,
        currency=order.currency,
        paid_at=order.placed_at,
        refunds=tuple(refunds),
    )


def _revenue(order: Order) -> TransferRequest:
    return TransferRequest(
        id=ids.derived("order.settle", order_number(SOURCE, order.idempotency_key)),
        debit=chart.customers_prepaid(),
        credit=chart.revenue(),
        amount_fen=order.payable_fen,
        currency=order.currency,
        reason="settle",
        reference=order.number,
        at=order.placed_at,
    )

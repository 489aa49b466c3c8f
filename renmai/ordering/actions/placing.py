"""Writing an order down: rows only. Prices, stock and attribution are decided by ``journeys.checkout``, which calls this."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from renmai.accounts.models import User
from renmai.kernel import clock, ids, money
from renmai.kernel.compiled import insert
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.transactions import joined
from renmai.ordering import windows
from renmai.ordering.actions.steps import note_order
from renmai.ordering.events import OrderPlaced
from renmai.ordering.models import Order, OrderAdjustment, OrderLine

MAX_LINES = 100


@dataclass(frozen=True)
class PlacedLine:
    """One SKU as it is sold: everything that must not change afterwards. Amounts in fen."""

    sku_id: int
    product_id: int
    supplier_id: int
    title_zh: str
    title_en: str
    options_zh: str
    options_en: str
    motif: str
    picture_seed: int
    unit_price_fen: int
    quantity: int
    discount_fen: int = 0
    freight_fen: int = 0
    commission_basis_points: int = 0
    second_basis_points: int = 0
    second_layer: str = "introducer"
    pool_id: int | None = None
    chosen_at: datetime | None = None
    """When it was put into the cart; None: bought at once."""


@dataclass(frozen=True)
class Deposit:
    """A part of the price that is paid first. The rest is due between two moments; ``is_kept``: if it is not paid, the shop keeps the part."""

    amount_fen: int
    balance_from: datetime
    balance_until: datetime
    is_kept: bool = False


@dataclass(frozen=True)
class Adjustment:
    """A reason why the payable amount differs from price × quantity: positive adds (freight), negative takes off (a discount)."""

    kind: str
    label_zh: str
    label_en: str
    amount_fen: int
    reference: str = ""


@dataclass(frozen=True)
class Recipient:
    """Where the goods go, as a snapshot: a later change of the address book changes nothing."""

    name: str = ""
    phone: str = ""
    region_code: str = ""
    address: str = ""


@dataclass(frozen=True)
class Invoice:
    """Whom the invoice names."""

    title: str = ""
    tax_number: str = ""


@dataclass(frozen=True)
class Origin:
    """How the order came about: funnel, channel, and whom it is attributed to."""

    funnel: str = Order.Funnel.SEARCH
    source: str = "shop"
    agent_id: int | None = None
    shop_id: int | None = None
    share_id: int | None = None


@dataclass(frozen=True)
class PlaceOrder:
    """An order as agreed."""

    buyer: User
    lines: Sequence[PlacedLine]
    adjustments: Sequence[Adjustment]
    idempotency_key: str
    currency: str = "CNY"
    style: str = Order.Style.PERSONAL
    delivery: str = Order.Delivery.PARCEL
    recipient: Recipient = field(default_factory=Recipient)
    invoice: Invoice = field(default_factory=Invoice)
    origin: Origin = field(default_factory=Origin)
    note: str = ""
    is_in_campaign: bool = False
    held_for: str = ""
    pay_before: datetime | None = None
    """When the price is granted for a shorter time than an order usually waits for its payment."""

    deposit: Deposit | None = None

    number: str = ""
    """Its number when the caller has given one out already, else it gets one."""


def place(wanted: PlaceOrder) -> Order:
    """Write an order with its lines, adjustments, first step and event: five statements, in the caller's transaction or its own.

    Raises ``ordering.discount`` when discounts exceed the goods of a line. That one key makes one order is a constraint of the table;
    the caller looks the key up first.
    """
    lines = list(wanted.lines)
    if not 1 <= len(lines) <= MAX_LINES:
        raise DomainError("ordering.too_many_lines", most=MAX_LINES)
    goods_fen = sum(money.check_fen(line.unit_price_fen, minimum=1) * line.quantity for line in lines)
    discount_fen = sum(money.check_fen(line.discount_fen) for line in lines)
    freight_fen = sum(money.check_fen(line.freight_fen) for line in lines)
    if any(line.discount_fen > line.unit_price_fen * line.quantity for line in lines):
        raise DomainError("ordering.discount")
    payable_fen = goods_fen - discount_fen + freight_fen
    if wanted.deposit and not 0 < money.check_fen(wanted.deposit.amount_fen) < payable_fen:
        raise DomainError("ordering.deposit")
    if sum(adjustment.amount_fen for adjustment in wanted.adjustments) != freight_fen - discount_fen:
        raise AssertionError("the adjustments do not explain the price")
    adjustments = wanted.adjustments
    with joined():
        order = _order_row(wanted, goods_fen=goods_fen, discount_fen=discount_fen, freight_fen=freight_fen)
        insert([order])
        insert([_line_row(order, line) for line in lines])
        insert(
            [
                OrderAdjustment(
                    order=order,
                    kind=adjustment.kind,
                    label_zh=adjustment.label_zh,
                    label_en=adjustment.label_en,
                    amount_fen=adjustment.amount_fen,
                    reference=adjustment.reference,
                )
                for adjustment in adjustments
            ]
        )
        note_order(order.pk, "placed", actor_id=wanted.buyer.pk)
        emit(OrderPlaced(order_id=order.pk))
    return order


def _order_row(wanted: PlaceOrder, *, goods_fen: int, discount_fen: int, freight_fen: int) -> Order:
    now = clock.now()
    return Order(
        number=wanted.number or ids.number("R"),
        buyer=wanted.buyer,
        style=wanted.style,
        delivery=wanted.delivery,
        funnel=wanted.origin.funnel,
        source=wanted.origin.source,
        currency=wanted.currency,
        goods_fen=goods_fen,
        discount_fen=discount_fen,
        freight_fen=freight_fen,
        payable_fen=goods_fen - discount_fen + freight_fen,
        recipient=wanted.recipient.name,
        phone=wanted.recipient.phone,
        region_code=wanted.recipient.region_code,
        address=wanted.recipient.address,
        invoice_title=wanted.invoice.title,
        invoice_tax_number=wanted.invoice.tax_number,
        note=wanted.note,
        agent_id=wanted.origin.agent_id,
        shop_id=wanted.origin.shop_id,
        share_id=wanted.origin.share_id,
        idempotency_key=wanted.idempotency_key,
        placed_at=now,
        pay_before=min(wanted.pay_before or windows.pay_before(now), windows.pay_before(now)),
        is_in_campaign=wanted.is_in_campaign,
        held_for=wanted.held_for,
        deposit_fen=wanted.deposit.amount_fen if wanted.deposit else 0,
        deposit_is_kept=wanted.deposit is not None and wanted.deposit.is_kept,
        balance_from=wanted.deposit.balance_from if wanted.deposit else None,
        balance_until=wanted.deposit.balance_until if wanted.deposit else None,
    )


def _line_row(order: Order, line: PlacedLine) -> OrderLine:
    return OrderLine(
        order=order,
        sku_id=line.sku_id,
        pool_id=line.pool_id,
        product_id_at_order=line.product_id,
        supplier_id=line.supplier_id,
        title_zh=line.title_zh,
        title_en=line.title_en,
        options_zh=line.options_zh,
        options_en=line.options_en,
        motif=line.motif,
        picture_seed=line.picture_seed,
        unit_price_fen=line.unit_price_fen,
        quantity=line.quantity,
        discount_fen=line.discount_fen,
        amount_fen=line.unit_price_fen * line.quantity - line.discount_fen,
        freight_fen=line.freight_fen,
        commission_basis_points=line.commission_basis_points,
        second_basis_points=line.second_basis_points,
        second_layer=line.second_layer,
        chosen_at=line.chosen_at,
    )

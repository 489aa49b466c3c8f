"""The shop once more, in a few pages of plain integers: what orders, stock and money must be after a history of facts.

Written from the rules alone (docs/money.md), not from the rooms: it imports none of their code and rounds by itself. A fact says that
something happened (an order was placed, a parcel left, a claim was refunded), never how much money it moved: every amount is worked
out here. A fact that the rules forbid at that point raises ``Broken``. Agents' money is in ``wallets.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, timezone

from tools.torture.shop import FIRST_KILOGRAM_FEN, FREE_OVER_FEN, NEXT_KILOGRAM_FEN, Variant

PAY_WITHIN = timedelta(minutes=30)
RESERVATION_MARGIN = timedelta(minutes=2)
RECEIVED_AFTER = timedelta(days=10)
WINDOW_DAYS = 7
CHINA = timezone(timedelta(hours=8))
OPEN = {"requested", "awaiting", "returning", "refunding", "reshipping"}


class Broken(Exception):
    """What the shop did is against the rules, or its figures are not the model's."""


def must(holds: bool, sentence: str) -> None:  # noqa: FBT001  reads as a sentence
    """Raise ``Broken`` with ``sentence`` unless it holds."""
    if not holds:
        raise Broken(sentence)


@dataclass
class Line:
    """One line of an order."""

    sku: int
    supplier: int
    quantity: int
    amount_fen: int
    freight_fen: int
    basis_points: int
    claimed: int = 0
    refunded: int = 0
    refunded_fen: int = 0


@dataclass
class Claim:
    """A customer's claim."""

    order: int
    line: int
    kind: str
    quantity: int
    status: str = "requested"
    amount_fen: int = 0
    before_shipment: bool = False


@dataclass
class Order:
    """An order with its lines by their id and, by supplier, where its parcels are."""

    number: int
    placed_at: datetime
    lines: dict[int, Line]
    is_pickup: bool
    status: str = "placed"
    parcels: dict[int, str] = field(default_factory=dict)
    shipped_at: datetime | None = None
    window_ends: datetime | None = None
    settled: bool = False
    agent: int | None = None
    claims: list["Claim"] = field(default_factory=list)

    @property
    def payable_fen(self) -> int:
        """What it costs."""
        return sum(line.amount_fen + line.freight_fen for line in self.lines.values())

    @property
    def refunded_fen(self) -> int:
        """What goes back for claims."""
        return sum(line.refunded_fen for line in self.lines.values())


@dataclass(frozen=True)
class Moment:
    """When something happened. ``by_time``: nobody did it, its time had come."""

    at: datetime
    by_time: bool


@dataclass
class Stock:
    """The pieces of one SKU."""

    free: int
    reserved: int = 0
    sold: int = 0


@dataclass(frozen=True)
class Wanted:
    """So many pieces of a SKU, in the order line with this id."""

    line: int
    sku: int
    quantity: int


def end_of_window(received_at: datetime) -> datetime:
    """Return when the after-sales window closes: seven whole days in China after the day of receipt."""
    midnight = datetime.combine(received_at.astimezone(CHINA).date(), time.min, tzinfo=CHINA)
    return (midnight + timedelta(days=WINDOW_DAYS + 1)).astimezone(UTC)


def of_lot(whole_fen: int, pieces: int, upto: int) -> int:
    """Return what the first ``upto`` pieces of a lot are worth, rounded down."""
    return whole_fen * upto // pieces


class Shop:
    """Everything that the history has left behind."""

    def __init__(self, variants: Sequence[Variant]) -> None:
        self.variants = {variant.sku: variant for variant in variants}
        self.prices = {variant.sku: variant.price_fen for variant in variants}
        self.stock = {variant.sku: Stock(variant.stock) for variant in variants}
        self.orders: dict[int, Order] = {}
        self.claims: dict[str, Claim] = {}
        self.revenue_fen = 0
        self.refunds_expense_fen = 0
        self.claims_refunded_fen = 0

    def price(self, sku: int, price_fen: int) -> None:
        """The operator set a price."""
        self.prices[sku] = price_fen

    def count(self, sku: int, on_hand: int) -> None:
        """The operator counted what lies there, reserved pieces included."""
        self.stock[sku].free = max(0, on_hand - self.stock[sku].reserved)

    def place(self, order: int, wanted: Sequence[Wanted], *, at: datetime, is_pickup: bool, agent: int | None) -> None:
        """A customer ordered; ``agent`` is who earns on it."""
        lines = {}
        for one in wanted:
            variant = self.variants[one.sku]
            amount = self.prices[one.sku] * one.quantity
            lines[one.line] = Line(one.sku, variant.supplier, one.quantity, amount, 0, variant.basis_points)
            self._move(one.sku, free=-one.quantity, reserved=one.quantity)
        if not is_pickup:
            self._charge_carriage(list(lines.values()))
        self.orders[order] = Order(order, at, lines, is_pickup, agent=agent)

    def step(self, order: int, step: str, when: Moment) -> None:
        """One step of an order's life happened."""
        row = self.orders[order]
        match step:
            case "paid":
                self._paid(row)
            case "cancelled":
                self._cancelled(row, when)
            case "shipped":
                self._shipped(row, when)
            case "received":
                self._received(row, when)
            case "settled":
                self._settled(row, when)
            case "refunded":
                self._all_refunded(row)

    def leave(self, order: int, supplier: int) -> None:
        """A supplier's parcel left."""
        parcels = self.orders[order].parcels
        must(parcels.get(supplier) == "waiting", f"order {order}: the parcel of {supplier} left twice")
        parcels[supplier] = "left"

    def open_claim(self, number: str, claim: Claim, *, at: datetime, by_staff: bool) -> None:
        """A claim was opened."""
        order = self.orders[claim.order]
        line = order.lines[claim.line]
        window = order.window_ends
        in_time = order.status in {"paid", "shipped"} or (window is not None and at < window)
        must(order.status not in {"placed", "cancelled", "refunded"}, f"{number}: a claim on a {order.status} order")
        must(in_time or by_staff, f"{number}: a claim after the window")
        line.claimed += claim.quantity
        must(line.claimed <= line.quantity, f"{number}: more pieces claimed than bought")
        self.claims[number] = claim
        order.claims.append(claim)

    def move_claim(self, number: str, step: str, *, resaleable: bool) -> None:
        """A claim went a step on. ``resaleable``: goods that came back go on the shelf again."""
        claim = self.claims[number]
        match step:
            case "approved":
                self._turn(number, claim, "awaiting", frm={"requested"})
            case "sent_back":
                self._turn(number, claim, "returning", frm={"awaiting"})
            case "refunding":
                self._refund(number, claim, resaleable=resaleable)
            case "reshipping":
                self._turn(number, claim, "reshipping", frm={"awaiting", "returning"})
                sku = self.orders[claim.order].lines[claim.line].sku
                self._move(sku, free=-claim.quantity, sold=claim.quantity)
                if resaleable:
                    self._move(sku, free=claim.quantity, sold=-claim.quantity)
            case "done":
                self._turn(number, claim, "done", frm={"refunding", "reshipping"})
            case "rejected":
                self._turn(number, claim, "rejected", frm={"requested", "returning"})
            case "cancelled":
                self._turn(number, claim, "cancelled", frm={"requested", "awaiting"})

    @property
    def kept_open_fen(self) -> int:
        """What customers have paid for orders that are neither settled nor over, less what went back: goods owed."""
        waiting = {"paid", "shipped", "received"}
        return sum(order.payable_fen - order.refunded_fen for order in self.orders.values() if order.status in waiting)

    def _paid(self, row: Order) -> None:
        _turn_order(row, "paid", frm={"placed"})
        row.parcels = {line.supplier: "waiting" for line in row.lines.values()}
        for line in row.lines.values():
            self._move(line.sku, reserved=-line.quantity, sold=line.quantity)

    def _cancelled(self, row: Order, when: Moment) -> None:
        _turn_order(row, "cancelled", frm={"placed"})
        if when.by_time:
            due = row.placed_at + PAY_WITHIN + RESERVATION_MARGIN
            must(when.at >= due, f"order {row.number}: cancelled before its time")
        for line in row.lines.values():
            self._move(line.sku, reserved=-line.quantity, free=line.quantity)

    def _shipped(self, row: Order, when: Moment) -> None:
        _turn_order(row, "shipped", frm={"paid"})
        if row.is_pickup:
            row.parcels = {supplier: "left" if now == "waiting" else now for supplier, now in row.parcels.items()}
        states = set(row.parcels.values())
        must("waiting" not in states and "left" in states, f"order {row.number}: shipped while a parcel waits")
        row.shipped_at = when.at

    def _received(self, row: Order, when: Moment) -> None:
        _turn_order(row, "received", frm={"shipped"})
        if when.by_time and row.shipped_at is not None:
            must(when.at >= row.shipped_at + RECEIVED_AFTER, f"order {row.number}: counted as received too early")
        row.window_ends = end_of_window(when.at)

    def _settled(self, row: Order, when: Moment) -> None:
        _turn_order(row, "settled", frm={"received"})
        must(row.window_ends is not None and when.at >= row.window_ends, f"order {row.number}: settled within its window")
        must(not _disputed(row), f"order {row.number}: settled with an open claim")
        row.settled = True
        self.revenue_fen += row.payable_fen - row.refunded_fen

    def _all_refunded(self, row: Order) -> None:
        _turn_order(row, "refunded", frm={"paid", "shipped", "received", "settled"})
        whole = all(line.refunded == line.quantity for line in row.lines.values())
        must(whole and not _disputed(row), f"order {row.number}: closed as refunded, and is not")
        if not row.settled:
            self.revenue_fen += row.payable_fen - row.refunded_fen

    def _refund(self, number: str, claim: Claim, *, resaleable: bool) -> None:
        order = self.orders[claim.order]
        line = order.lines[claim.line]
        at_home = claim.kind == "refund" and order.parcels.get(line.supplier) == "waiting"
        came_back = claim.kind != "refund"
        self._turn(number, claim, "refunding", frm={"awaiting", "returning"} if came_back else {"requested"})
        before, after = line.refunded, line.refunded + claim.quantity
        must(after <= line.quantity, f"{number}: more pieces refunded than bought")
        lots = [line.amount_fen, line.freight_fen] if at_home else [line.amount_fen]
        claim.amount_fen = sum(of_lot(lot, line.quantity, after) - of_lot(lot, line.quantity, before) for lot in lots)
        claim.before_shipment = at_home
        line.refunded = after
        line.refunded_fen += claim.amount_fen
        self.claims_refunded_fen += claim.amount_fen
        if order.settled:
            self.refunds_expense_fen += claim.amount_fen
        if at_home or (came_back and resaleable):
            self._move(line.sku, sold=-claim.quantity, free=claim.quantity)
        if at_home and self._all_taken_out(order, line.supplier):
            order.parcels[line.supplier] = "cancelled"

    def _all_taken_out(self, order: Order, supplier: int) -> bool:
        # As long as a parcel waits, everything refunded of its lines was taken out of it.
        return all(line.refunded == line.quantity for line in order.lines.values() if line.supplier == supplier)

    def _turn(self, number: str, claim: Claim, new: str, *, frm: set[str]) -> None:
        must(claim.status in frm, f"{number}: {claim.status} → {new}")
        if new in {"rejected", "cancelled"} or (new == "done" and claim.status == "reshipping"):
            self.orders[claim.order].lines[claim.line].claimed -= claim.quantity
        claim.status = new

    def _move(self, sku: int, *, free: int = 0, reserved: int = 0, sold: int = 0) -> None:
        stock = self.stock[sku]
        stock.free, stock.reserved, stock.sold = stock.free + free, stock.reserved + reserved, stock.sold + sold
        must(min(stock.free, stock.reserved, stock.sold) >= 0, f"SKU {sku}: {stock}")

    def _charge_carriage(self, lines: list[Line]) -> None:
        for supplier in {line.supplier for line in lines}:
            heavy = [line for line in lines if line.supplier == supplier and self.variants[line.sku].pays_carriage]
            goods_fen = sum(line.amount_fen for line in heavy)
            if not heavy or goods_fen >= FREE_OVER_FEN:
                continue
            grams = sum(self.variants[line.sku].grams * line.quantity for line in heavy)
            fee = FIRST_KILOGRAM_FEN
            while grams > 1000:
                fee, grams = fee + NEXT_KILOGRAM_FEN, grams - 1000
            _share_out(fee, heavy, goods_fen)


def _turn_order(row: Order, new: str, *, frm: set[str]) -> None:
    must(row.status in frm, f"order {row.number}: {row.status} → {new}")
    row.status = new


def _disputed(order: Order) -> bool:
    return any(claim.status in OPEN for claim in order.claims)


def _share_out(fee: int, lines: list[Line], goods_fen: int) -> None:
    """Share ``fee`` by amount: everybody rounded down, what is left over goes fen by fen to the largest remainders, earlier first."""
    for line in lines:
        line.freight_fen = fee * line.amount_fen // goods_fen
    left_over = fee - sum(line.freight_fen for line in lines)
    hungry = sorted(lines, key=lambda line: fee * line.amount_fen % goods_fen, reverse=True)
    for line in hungry[:left_over]:
        line.freight_fen += 1

"""What the shop has committed, read from its own append-only rows, replayed through the model, and compared with its figures.

``Marks`` remembers after each act of the simulation how far the histories had got, so that they are replayed in the order in which
they were committed, whatever clocks said. Acts that ran at the same moment on several threads share a mark: what touched the same
order or agent is in order all the same, because it held that row.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zlib import crc32

from django.db.models import Max, Sum

from renmai.accounts.models import ActLog
from renmai.catalogue.models import Sku
from renmai.distribution.models import Agent, Commission, CommissionEntry, TaxYear, Withdrawal
from renmai.ledger import chart
from renmai.ledger.queries import balance
from renmai.ordering.models import AfterSale, AfterSaleStep, Order, OrderLine, OrderStep, Shipment
from renmai.payments.models import Payment, Refund, SandboxBill, SandboxTrade
from tools.torture.model import CHINA, Broken, Claim, Moment, Shop, Wanted, must
from tools.torture.shop import World
from tools.torture.wallets import Entry, Wallets

HISTORIES: tuple[Any, ...] = (OrderStep, AfterSaleStep, CommissionEntry, ActLog)
CLAIM_STEPS = {"approved", "sent_back", "refunding", "reshipping"}
ROWS = 2000


@dataclass(frozen=True)
class Intent:
    """What somebody sent to the shop under one key: an order, a claim or a withdrawal."""

    who: int
    what: tuple[tuple[int, int], ...]
    kind: str = ""


@dataclass
class Told:
    """What the simulation itself knows: what was asked under which key, what the shop acknowledged, what the operator set when."""

    intents: dict[str, Intent] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    counts: list[tuple[int, int, int]] = field(default_factory=list)
    """act, SKU, pieces on hand"""

    prices: list[tuple[int, int, int]] = field(default_factory=list)
    """act, SKU, fen"""


class Marks:
    """How far each history had got after each act."""

    def __init__(self) -> None:
        self.upto: list[list[int]] = [[] for _history in HISTORIES]

    @property
    def acts(self) -> int:
        """How many acts there have been."""
        return len(self.upto[0])

    def note(self) -> None:
        """An act is over."""
        for marks, history in zip(self.upto, HISTORIES, strict=True):
            marks.append(history.objects.aggregate(last=Max("pk"))["last"] or 0)

    def act_of(self, history: Any, pk: int) -> int:
        """Return the act in which a row was written."""
        return bisect_left(self.upto[HISTORIES.index(history)], pk)


def is_resaleable(claim: str) -> bool:
    """Whether what comes back for a claim can be sold again: the same answer whoever looks."""
    return crc32(claim.encode()) % 3 != 0


class Replay:
    """Walks the model through the history. Raises ``Broken`` where the history is against the rules."""

    def __init__(self, world: World, told: Told, marks: Marks) -> None:
        self.world, self.told, self.marks = world, told, marks
        self.shop = Shop(world.variants)
        joined = {pk: at.astimezone(CHINA).date() for pk, at in Agent.objects.values_list("pk", "joined_at")}
        self.wallets = Wallets(self.shop, dict[int, date](joined))
        self.orders = {row.pk: row for row in Order.objects.iterator(chunk_size=ROWS)}
        self.claims = {row.pk: row for row in AfterSale.objects.iterator(chunk_size=ROWS)}
        self.lines: dict[int, list[OrderLine]] = {}
        for line in OrderLine.objects.order_by("pk").iterator(chunk_size=ROWS):
            self.lines.setdefault(line.order_id, []).append(line)
        arrivals = AfterSaleStep.objects.filter(step="goods_back", detail="assumed")
        self.assumed = set(arrivals.values_list("after_sale_id", flat=True))
        self.parcels = {row.tracking_number: row for row in Shipment.objects.exclude(tracking_number="")}

    def run(self) -> "Replay":
        """Replay everything."""
        orders, entries, acts = self._by_act(OrderStep), self._by_act(CommissionEntry), self._by_act(ActLog)
        claims = self._by_act(AfterSaleStep)
        self._know_sources()
        for act in range(self.marks.acts + 1):
            for _act, sku, price in (row for row in self.told.prices if row[0] == act):
                self.shop.price(sku, price)
            for _act, sku, on_hand in (row for row in self.told.counts if row[0] == act):
                self.shop.count(sku, on_hand)
            for row in self._in_order(orders.get(act, []), claims.get(act, [])):
                self._apply(row)
            for done in acts.get(act, []):
                self._decide(done)
            self.wallets.follow([_entry(row) for row in entries.get(act, [])])
        return self

    def _by_act(self, history: Any) -> dict[int, list[Any]]:
        rows: dict[int, list[Any]] = {}
        for row in history.objects.order_by("pk").iterator(chunk_size=ROWS):
            rows.setdefault(self.marks.act_of(history, row.pk), []).append(row)
        return rows

    def _know_sources(self) -> None:
        for pk, order, line in Commission.objects.values_list("pk", "order_line__order_id", "order_line_id"):
            self.wallets.sources[pk] = (order, line)
        for row in Withdrawal.objects.select_related("agent"):
            intent = self.told.intents.get(row.idempotency_key)
            must(intent is not None and intent.who == row.agent.user_id, f"withdrawal {row.number}: nobody asked for it")
            self.wallets.asked_for[row.pk] = intent.what[0][0] if intent else 0

    def _in_order(self, steps: list[OrderStep], claim_steps: list[AfterSaleStep]) -> list[OrderStep | AfterSaleStep]:
        """Put the steps of claims where they belong among those of orders: their tables do not say it."""
        placed: list[tuple[float, int, OrderStep | AfterSaleStep]] = [(index, 0, step) for index, step in enumerate(steps)]
        for step in claim_steps:
            if step.step not in CLAIM_STEPS:
                continue
            claim = self.claims[step.after_sale_id]
            before = [index for index, other in enumerate(steps) if self._comes_first(other, claim)]
            placed.append((max(before, default=-1) + 0.5, step.pk, step))
        return [row for _place, _pk, row in sorted(placed, key=lambda one: one[:2])]

    def _comes_first(self, step: OrderStep, claim: AfterSale) -> bool:
        if step.order_id != claim.order_id:
            return False
        if step.step == "parcel_shipped" and not claim.is_before_shipment:
            return self.parcels[step.detail.split()[-1]].supplier_id == self._line(claim).supplier_id
        return step.step in {"claim_opened", "goods_back"} and step.detail == claim.number

    def _line(self, claim: AfterSale) -> OrderLine:
        return next(line for line in self.lines[claim.order_id] if line.pk == claim.order_line_id)

    def _apply(self, row: OrderStep | AfterSaleStep) -> None:
        if isinstance(row, AfterSaleStep):
            claim = self.claims[row.after_sale_id]
            resaleable = is_resaleable(claim.number) and claim.pk not in self.assumed
            self.shop.move_claim(claim.number, row.step, resaleable=resaleable)
        elif row.step == "placed":
            self._place(self.orders[row.order_id], row)
        elif row.step == "parcel_shipped":
            parcel = self.parcels[row.detail.split()[-1]]
            if parcel.after_sale_id is None:
                self.shop.leave(row.order_id, parcel.supplier_id)
        elif row.step == "claim_opened":
            self._open_claim(row)
        elif row.step.startswith("claim_"):
            self.shop.move_claim(row.detail, row.step.removeprefix("claim_"), resaleable=False)
        else:
            self.shop.step(row.order_id, row.step, Moment(row.at, by_time=row.actor_id is None))

    def _place(self, order: Order, step: OrderStep) -> None:
        intent = self.told.intents.get(order.idempotency_key)
        if intent is None or intent.who != order.buyer_id:
            raise Broken(f"order {order.number}: nobody placed it")
        lines = self.lines[order.pk]
        found = {line.sku_id: line.quantity for line in lines}
        must(found == dict(intent.what) and len(found) == len(lines), f"order {order.number}: {found} instead of {intent.what}")
        wanted = [Wanted(line.pk, line.sku_id, line.quantity) for line in lines]
        self.shop.place(order.pk, wanted, at=step.at, is_pickup=intent.kind == "pickup", agent=order.agent_id)

    def _open_claim(self, step: OrderStep) -> None:
        row = next(claim for claim in self.claims.values() if claim.number == step.detail)
        intent = self.told.intents.get(row.idempotency_key)
        wanted = Intent(step.actor_id or 0, ((row.order_line_id, row.quantity),), row.kind)
        must(intent == wanted, f"claim {row.number}: {wanted} instead of {intent}")
        claim = Claim(row.order_id, row.order_line_id, row.kind, row.quantity)
        self.shop.open_claim(row.number, claim, at=step.at, by_staff=step.actor_id == self.world.staff)

    def _decide(self, act: ActLog) -> None:
        if act.act == "withdrawal.reviewed":
            self.wallets.review(int(act.object_id))
        elif act.act == "withdrawal.approved":
            self.wallets.approve(int(act.object_id), at=act.at)


def differences(replay: Replay) -> Iterator[str]:
    """Yield a line for every figure of the database that is not the model's. Nothing may be on its way any more."""
    yield from _acknowledged(replay.told)
    yield from _orders(replay.shop)
    yield from _claims_and_stock(replay.shop)
    yield from _commissions(replay)
    yield from _agents(replay.wallets)
    yield from _platform(replay)


def _acknowledged(told: Told) -> Iterator[str]:
    rows: list[Any] = [*Order.objects.all(), *AfterSale.objects.all(), *Withdrawal.objects.all()]
    found = {row.idempotency_key: row.number for row in rows}
    for key, number in told.acknowledged.items():
        if found.get(key) != number:
            yield f"the shop said {number} for {key} and has {found.get(key)}"


def _orders(shop: Shop) -> Iterator[str]:
    rows = {row.pk: row for row in Order.objects.iterator(chunk_size=ROWS)}
    for number in rows.keys() ^ shop.orders.keys():
        yield f"order {number} is only on one side"
    for pk, order in shop.orders.items():
        row = rows[pk]
        yield from _compare(
            row.number, (row.status, row.payable_fen, row.refunded_fen), (order.status, order.payable_fen, order.refunded_fen)
        )
    for line in OrderLine.objects.iterator(chunk_size=ROWS):
        mine = shop.orders[line.order_id].lines[line.pk]
        theirs = (line.amount_fen, line.freight_fen, line.claimed_quantity, line.refunded_quantity, line.refunded_fen)
        yield from _compare(
            f"line {line.pk}", theirs, (mine.amount_fen, mine.freight_fen, mine.claimed, mine.refunded, mine.refunded_fen)
        )


def _claims_and_stock(shop: Shop) -> Iterator[str]:
    for row in AfterSale.objects.iterator(chunk_size=ROWS):
        claim = shop.claims[row.number]
        yield from _compare(row.number, (row.status, row.is_before_shipment), (claim.status, claim.before_shipment))
        if claim.amount_fen:
            yield from _compare(row.number, row.amount_fen, claim.amount_fen)
    for sku in Sku.objects.filter(pk__in=shop.stock):
        mine = shop.stock[sku.pk]
        theirs = (sku.stock_free, sku.stock_reserved, sku.stock_sold)
        yield from _compare(f"SKU {sku.code}", theirs, (mine.free, mine.reserved, mine.sold))


def _commissions(replay: Replay) -> Iterator[str]:
    shop, wallets = replay.shop, replay.wallets
    rows = {row.pk: row for row in Commission.objects.iterator(chunk_size=ROWS)}
    for number in rows.keys() ^ wallets.promises.keys():
        yield f"commission {number} is only on one side"
    for pk, promise in wallets.promises.items():
        row = rows[pk]
        theirs = (row.status, row.amount_fen, row.reversed_fen, row.owed_fen, row.withdrawn_fen, row.repaid_fen)
        mine = (
            promise.status,
            promise.amount_fen,
            promise.reversed_fen,
            promise.owed_fen,
            promise.withdrawn_fen,
            promise.repaid_fen,
        )
        yield from _compare(f"commission {pk}", theirs, mine)
        line = shop.orders[promise.order].lines[promise.line]
        due = promise.amount_fen * line.refunded // line.quantity
        yield from _compare(f"commission {pk} taken back", row.reversed_fen, due)
    for number, order in shop.orders.items():
        if order.agent is None or order.status in {"placed", "cancelled"}:
            continue
        for line_id, line in order.lines.items():
            if line.amount_fen * line.basis_points >= 10_000 and line_id not in wallets.promised:
                yield f"order {number}, line {line_id}: nobody was promised its commission"


def _agents(wallets: Wallets) -> Iterator[str]:
    for agent, wallet in wallets.wallets.items():
        accounts = (chart.agent_frozen, chart.agent_available, chart.agent_withdrawing, chart.agent_debt)
        mine = (wallet.frozen_fen, wallet.available_fen, wallet.withdrawing_fen, wallet.debt_fen)
        yield from _compare(f"agent {agent}", tuple(balance(account(agent)) for account in accounts), mine)
        for year in TaxYear.objects.filter(agent_id=agent):
            told = wallet.years.get(year.year)
            mine_year = (told.income_fen, told.withheld_fen) if told else (0, 0)
            yield from _compare(f"agent {agent} in {year.year}", (year.income_fen, year.withheld_fen), mine_year)
    for row in Withdrawal.objects.all():
        asked = wallets.asked[row.pk]
        yield from _compare(
            row.number, (row.status, row.amount_fen, row.tax_fen), (asked.status, asked.amount_fen, asked.tax_fen)
        )


def _platform(replay: Replay) -> Iterator[str]:
    shop, wallets = replay.shop, replay.wallets
    references = dict(Payment.objects.values_list("number", "reference"))
    numbers = {row.number: pk for pk, row in replay.orders.items()}
    taken = dict.fromkeys(shop.orders, 0)
    for number, amount in SandboxTrade.objects.filter(status="paid").values_list("number", "amount_fen"):
        taken[numbers[references[number]]] += amount
    back_fen = 0
    given: dict[str, int] = {}
    for row in Refund.objects.filter(status="succeeded").values_list("payment__reference", "amount_fen"):
        given[row[0]] = given.get(row[0], 0) + row[1]
    for pk, order in shop.orders.items():
        keeps = order.payable_fen if order.status not in {"placed", "cancelled"} else 0
        back = taken[pk] - keeps + order.refunded_fen
        back_fen += back
        number = replay.orders[pk].number
        yield from _compare(f"given back for {number}", given.get(number, 0), back)
    billed = {
        kind: SandboxBill.objects.filter(kind=kind).aggregate(sum=Sum("amount_fen"))["sum"] or 0 for kind in ("refund", "payout")
    }
    yield from _compare("refunds on the provider's bill", billed["refund"], back_fen)
    yield from _compare("payouts on the provider's bill", billed["payout"], wallets.paid_out_fen)
    accounts = {
        chart.provider("sandbox"): sum(taken.values()) - back_fen - wallets.paid_out_fen,
        chart.customers_prepaid(): shop.kept_open_fen,
        chart.revenue(): shop.revenue_fen,
        chart.refunds_expense(): shop.refunds_expense_fen,
        chart.commission_expense(): wallets.commission_expense_fen,
        chart.tax_payable(): wallets.tax_fen,
    }
    for code, expected in accounts.items():
        yield from _compare(code, balance(code), expected)


def _compare(what: str, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield f"{what}: the database says {found}, the model {expected}"


def _entry(row: CommissionEntry) -> Entry:
    back = row.kind in {"voided", "clawed_back", "debt"}
    return Entry(
        agent=row.agent_id,
        kind=row.kind,
        amount_fen=row.amount_fen,
        at=row.at,
        commission=row.commission_id or 0,
        withdrawal=row.withdrawal_id or 0,
        upto=int(row.cause.rsplit(":", 1)[-1]) if back else 0,
    )

"""Claims against the sequential model: refunds, returns and exchanges by the piece, in and after the window, in time and overdue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.models import Sku
from renmai.journeys import after_sale, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import (
    Customer,
    at_cashier,
    begin_payment,
    customer,
    fresh,
    lines,
    place,
    refused,
    settle_down,
    stock,
    violations,
)
from renmai.ledger import chart
from renmai.ledger import queries as ledger
from renmai.ordering.actions import shipping
from renmai.ordering.models import AfterSale, Shipment
from tools.testing.blocks import own_block
from tools.testing.machines import run_machine
from tools.testing.moving_clock import MovingClock
from tools.torture import shop as torture
from tools.torture.model import OPEN, RECEIVED_AFTER, Claim, Moment, Order, Shop, Wanted

ANSWERED_WITHIN = timedelta(hours=48)
SENT_BACK_WITHIN = timedelta(days=7)
ARRIVES_WITHIN = timedelta(days=10)
SHIPS_WITHIN = timedelta(hours=48)
SIZE = torture.Size(suppliers=2, products=2, keepers=0, buyers=0, stock=12)


@dataclass
class Due:
    """When something happens to a claim by itself. ``has_left``: its replacement is on its way."""

    at: datetime
    has_left: bool = False


class Claims(RuleBasedStateMachine):
    """One order of two suppliers' goods: its customer, the staff, and the timers. The world is made once; each life is taken back."""

    world: ClassVar[torture.World]
    staff: ClassVar[User]
    who: ClassVar[Customer]

    def __init__(self) -> None:
        super().__init__()
        self.block = own_block()
        self.block.__enter__()
        self.clock = MovingClock()
        self.due: dict[str, Due] = {}
        self.keys = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.clock.close()

    @initialize(quantities=st.tuples(*[st.integers(1, 4)] * 3), is_shipped=st.booleans())
    def buy(self, quantities: tuple[int, int, int], is_shipped: bool) -> None:
        self.shop = Shop(self.world.variants)
        self.skus = [Sku.objects.get(pk=variant.sku) for variant in self.world.variants]
        self.order = place(self.who, list(zip(self.skus, quantities, strict=False)))
        wanted = [Wanted(line.pk, line.sku_id, line.quantity) for line in lines(self.order)]
        self.shop.place(self.order.pk, wanted, at=self.clock.now, is_pickup=False, agent=None)
        at_cashier(begin_payment(self.who, self.order))
        self.step("paid")
        if is_shipped:
            for _parcel in range(2):
                self.ship()

    @property
    def model(self) -> Order:
        return self.shop.orders[self.order.pk]

    def step(self, step: str, *, by_time: bool = False) -> None:
        self.shop.step(self.order.pk, step, Moment(self.clock.now, by_time))

    def claims(self, *statuses: str) -> list[str]:
        return [number for number, claim in self.shop.claims.items() if claim.status in statuses]

    def draw(self, data: st.DataObject, *statuses: str) -> tuple[str, Claim]:
        number = data.draw(st.sampled_from(self.claims(*statuses)))
        return number, self.shop.claims[number]

    def leave_when_all_left(self) -> None:
        parcels = set(self.model.parcels.values())
        if self.model.status == "paid" and "waiting" not in parcels and "left" in parcels:
            self.step("shipped")

    @precondition(lambda self: "waiting" in self.model.parcels.values())
    @rule()
    def ship(self) -> None:
        supplier = next(supplier for supplier, where in self.model.parcels.items() if where == "waiting")
        parcel = Shipment.objects.get(order=self.order, supplier_id=supplier, after_sale=None)
        shipping.ship(self.staff, parcel.pk, carrier="sf", tracking_number=f"SF{parcel.pk:010d}")
        self.shop.leave(self.order.pk, supplier)
        self.leave_when_all_left()

    @precondition(lambda self: self.model.status == "shipped")
    @rule()
    def receive(self) -> None:
        receiving.confirm(self.who.user, self.order.number)
        self.step("received")

    @rule(
        number=st.integers(0, 2),
        kind=st.sampled_from(["refund", "return", "exchange"]),
        pieces=st.integers(1, 4),
        by_staff=st.booleans(),
    )
    def claim(self, number: int, kind: str, pieces: int, by_staff: bool) -> None:
        line_id, line = list(self.model.lines.items())[number]
        self.keys += 1
        key, wanted = f"c{self.keys}", AfterSaleDraft(self.order.number, line_id, kind, pieces, "other")
        actor = self.staff if by_staff else self.who.user
        is_home = self.model.parcels[line.supplier] == "waiting"
        if no := self._refusal(kind, pieces, is_home=is_home, free=line.quantity - line.claimed, by_staff=by_staff):
            with refused(no):
                after_sale.request(actor, wanted, idempotency_key=key)
            return
        made = after_sale.request(actor, wanted, idempotency_key=key)
        assert after_sale.request(actor, wanted, idempotency_key=key).pk == made.pk
        self.shop.open_claim(made.number, Claim(self.order.pk, line_id, kind, pieces), at=self.clock.now, by_staff=by_staff)
        self.due[made.number] = Due(self.clock.now + ANSWERED_WITHIN)
        if is_home:
            self.shop.move_claim(made.number, "refunding", resaleable=False)
            self.leave_when_all_left()

    def _refusal(self, kind: str, pieces: int, *, is_home: bool, free: int, by_staff: bool) -> str:
        window = self.model.window_ends
        if self.model.status == "refunded":
            return "ordering.not_claimable"
        if not by_staff and window is not None and (self.model.settled or self.clock.now >= window):
            return "ordering.claim_window"
        if is_home and kind != "refund":
            return "ordering.claim_kind"
        return "ordering.claim_quantity" if pieces > free else ""

    @precondition(lambda self: self.claims("requested"))
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        number, claim = self.draw(data, "requested")
        after_sale.approve(self.staff, number)
        self._approved(number, claim)

    def _approved(self, number: str, claim: Claim) -> None:
        self.shop.move_claim(number, "refunding" if claim.kind == "refund" else "approved", resaleable=False)
        self.due[number] = Due(self.clock.now + SENT_BACK_WITHIN)

    @precondition(lambda self: self.claims("requested", "returning"))
    @rule(data=st.data())
    def reject(self, data: st.DataObject) -> None:
        number, _claim = self.draw(data, "requested", "returning")
        after_sale.reject(self.staff, number, answer="不符合条件")
        self.shop.move_claim(number, "rejected", resaleable=False)

    @precondition(lambda self: self.claims("requested", "awaiting"))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        number, _claim = self.draw(data, "requested", "awaiting")
        after_sale.withdraw(self.who.user, number)
        self.shop.move_claim(number, "cancelled", resaleable=False)

    @precondition(lambda self: self.claims("awaiting"))
    @rule(data=st.data())
    def send_back(self, data: st.DataObject) -> None:
        number, _claim = self.draw(data, "awaiting")
        after_sale.send_back(self.who.user, number, carrier="yto", tracking_number="YT0000001")
        self.shop.move_claim(number, "sent_back", resaleable=False)
        self.due[number] = Due(self.clock.now + ARRIVES_WITHIN)

    @precondition(lambda self: self.claims("awaiting", "returning"))
    @rule(data=st.data(), is_resaleable=st.booleans())
    def receive_back(self, data: st.DataObject, is_resaleable: bool) -> None:
        number, claim = self.draw(data, "awaiting", "returning")
        after_sale.receive_back(self.staff, number, is_resaleable=is_resaleable)
        self._came_back(number, claim, resaleable=is_resaleable)

    def _came_back(self, number: str, claim: Claim, *, resaleable: bool) -> None:
        sku = self.model.lines[claim.line].sku
        is_replaced = claim.kind == "exchange" and self.shop.stock[sku].free >= claim.quantity
        self.shop.move_claim(number, "reshipping" if is_replaced else "refunding", resaleable=resaleable)
        self.due[number] = Due(self.clock.now + SHIPS_WITHIN + ARRIVES_WITHIN)

    @precondition(lambda self: self.claims("reshipping"))
    @rule(data=st.data())
    def replace(self, data: st.DataObject) -> None:
        number, _claim = self.draw(data, "reshipping")
        if self.due[number].has_left:
            after_sale.confirm_replacement(self.who.user, number)
            self.shop.move_claim(number, "done", resaleable=False)
            return
        with refused("ordering.claim_state"):
            after_sale.confirm_replacement(self.who.user, number)
        parcel = Shipment.objects.get(after_sale__number=number)
        shipping.ship(self.staff, parcel.pk, carrier="sf", tracking_number=f"SF{parcel.pk:010d}")
        self.due[number] = Due(self.clock.now + ARRIVES_WITHIN, has_left=True)

    @precondition(lambda self: self.claims("refunding"))
    @rule()
    def refunds_arrive(self) -> None:
        settle_down()
        for number in self.claims("refunding"):
            self.shop.move_claim(number, "done", resaleable=False)
        whole = all(line.refunded == line.quantity for line in self.model.lines.values())
        if whole and not self.claims(*OPEN) and self.model.status != "refunded":
            self.step("refunded")

    @rule(hours=st.sampled_from([1, 49, 24 * 8, 24 * 11]))
    def time_passes(self, hours: int) -> None:
        self.refunds_arrive()
        self.clock.advance(hours=hours)
        after_sale.close_overdue(100)
        for number in sorted(self.claims("requested", "awaiting", "returning", "reshipping"), key=lambda one: self.due[one].at):
            if self.due[number].at <= self.clock.now:
                self._overdue(number, self.shop.claims[number])
        receiving.auto_receive(100)
        is_open = bool(self.claims(*OPEN))
        model, now = self.model, self.clock.now
        if model.status == "shipped" and not is_open and model.shipped_at and now >= model.shipped_at + RECEIVED_AFTER:
            self.step("received", by_time=True)
        settling.settle_due(100)
        if model.status == "received" and not is_open and model.window_ends and now >= model.window_ends:
            self.step("settled", by_time=True)
        # Replacements that nobody sends are late, and the audit says so.
        assert [line for line in violations() if not line.startswith("[9]")] == []

    def _overdue(self, number: str, claim: Claim) -> None:
        match claim.status:
            case "requested":
                self._approved(number, claim)
            case "awaiting":
                self.shop.move_claim(number, "cancelled", resaleable=False)
            case "returning":
                self._came_back(number, claim, resaleable=False)
            case "reshipping" if self.due[number].has_left:
                self.shop.move_claim(number, "done", resaleable=False)

    @invariant()
    def every_row_is_what_the_model_says(self) -> None:
        assert fresh(self.order).status == self.model.status
        for row in lines(self.order):
            line = self.model.lines[row.pk]
            theirs = (row.amount_fen, row.freight_fen, row.claimed_quantity, row.refunded_quantity, row.refunded_fen)
            assert theirs == (line.amount_fen, line.freight_fen, line.claimed, line.refunded, line.refunded_fen)
        claims = {row.number: (row.status, row.is_before_shipment) for row in AfterSale.objects.all()}
        assert claims == {number: (claim.status, claim.before_shipment) for number, claim in self.shop.claims.items()}
        for sku in self.skus:
            mine = self.shop.stock[sku.pk]
            assert stock(sku) == (mine.free, mine.reserved, mine.sold)

    @invariant()
    def the_money_is_where_the_model_says(self) -> None:
        if not self.claims("refunding"):
            given = self.shop.claims_refunded_fen
            assert ledger.balance(chart.provider("sandbox")) == self.model.payable_fen - given
            assert ledger.balance(chart.customers_prepaid()) == self.shop.kept_open_fen
            assert ledger.balance(chart.revenue()) == self.shop.revenue_fen
            assert ledger.balance(chart.refunds_expense()) == self.shop.refunds_expense_fen


@pytest.mark.django_db
def test_claims_follow_the_model(moving_clock: MovingClock) -> None:
    Claims.world, Claims.staff, Claims.who = torture.populate(SIZE), make_staff(), customer()
    run_machine(Claims, examples=8, steps=18)

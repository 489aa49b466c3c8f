"""The life of orders against a model that fits on one page: whatever happens in whatever order, both agree and every audit is clean."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from renmai.accounts.tests.factories import make_staff
from renmai.journeys import after_sale, cancelling, paying, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import (
    agent_with_shop,
    at_cashier,
    begin_payment,
    comes_through,
    customer,
    end_of_window,
    fresh,
    goods,
    lines,
    place,
    refused,
    settle_down,
    ship_all,
    stock,
    violations,
)
from renmai.ordering.models import AfterSale, Order
from renmai.payments import actions as payments
from renmai.payments.models import Payment
from tools.testing.blocks import own_block
from tools.testing.machines import AuditedMachine, run_machine
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
STOCK = 30
PRICE = 999


@dataclass
class Model:
    """What an order is, in the words of the rules: nothing but its status and its pieces."""

    order: Order
    pieces: int
    status: str = "placed"
    claims: dict[str, tuple[str, int]] = field(default_factory=dict)
    refunded: int = 0
    never_left: int = 0
    restocked: int = 0

    @property
    def open(self) -> int:
        return sum(pieces for status, pieces in self.claims.values() if status not in {"done", "rejected", "cancelled"})

    @property
    def claimable(self) -> int:
        ended = {"rejected", "cancelled"}
        return self.pieces - sum(pieces for status, pieces in self.claims.values() if status not in ended)

    @property
    def sold(self) -> int:
        return 0 if self.status in {"placed", "cancelled"} else self.pieces - self.restocked

    @property
    def reserved(self) -> int:
        return self.pieces if self.status == "placed" else 0


class Orders(AuditedMachine):
    """Customers, staff, the provider and the timers, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.block = own_block()
        self.block.__enter__()
        self.clock = MovingClock()
        self.clock.travel(BEGIN)
        self.models: list[Model] = []
        self.key = 0

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            self.clock.close()

    @initialize()
    def open_shop(self) -> None:
        _agent, shop = agent_with_shop()
        self.actor, self.who, (self.sku,) = make_staff(), customer(), goods(stock=STOCK, price_fen=PRICE)
        comes_through(self.who, shop)

    def some(self, data: st.DataObject, *statuses: str) -> Model | None:
        fitting = [model for model in self.models if model.status in statuses]
        return data.draw(st.sampled_from(fitting)) if fitting else None

    def claim_of(self, data: st.DataObject, *statuses: str) -> tuple[Model, str] | None:
        fitting = [
            (model, number) for model in self.models for number, (status, _n) in model.claims.items() if status in statuses
        ]
        return data.draw(st.sampled_from(fitting)) if fitting else None

    @precondition(lambda self: len(self.models) < 4)
    @rule(pieces=st.integers(1, 4))
    def place(self, pieces: int) -> None:
        self.key += 1
        self.models.append(Model(place(self.who, [(self.sku, pieces)], key=f"k{self.key}"), pieces))

    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        if model := self.some(data, "placed"):
            at_cashier(begin_payment(self.who, model.order))
            model.status = "paid"

    @rule(data=st.data())
    def pay_too_late(self, data: st.DataObject) -> None:
        if model := self.some(data, "placed"):
            payment = begin_payment(self.who, model.order)
            cancelling.cancel(self.who.user, model.order.number)
            at_cashier(payment)
            model.status = "cancelled"

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        if model := self.some(data, "placed", "paid", "shipped", "received", "settled", "refunded"):
            if model.status == "placed":
                cancelling.cancel(self.who.user, model.order.number)
                model.status = "cancelled"
            else:
                with refused("ordering.not_cancellable"):
                    cancelling.cancel(self.who.user, model.order.number)

    @rule(data=st.data())
    def hear_of_an_old_payment_again(self, data: st.DataObject) -> None:
        if model := self.some(data, "paid", "shipped", "received", "settled", "refunded"):
            payment = Payment.objects.filter(reference=model.order.number, status="captured").earliest("pk")
            answer = payments.Answer(
                subject=payments.Subject.PAYMENT,
                number=payment.number,
                outcome=payments.Outcome.SUCCEEDED,
                provider_id=str(payment.provider_trade),
                amount_fen=payment.amount_fen,
                currency=payment.currency,
            )
            assert paying.settle_capture("sandbox", answer) == "already"

    @rule(data=st.data())
    def ship(self, data: st.DataObject) -> None:
        if model := self.some(data, "paid"):
            ship_all(self.actor, model.order)
            if model.never_left < model.pieces:
                model.status = "shipped"

    @rule(data=st.data())
    def receive(self, data: st.DataObject) -> None:
        if model := self.some(data, "shipped"):
            receiving.confirm(self.who.user, model.order.number)
            model.status = "received"

    @rule(data=st.data(), kind=st.sampled_from(["refund", "return"]), pieces=st.integers(1, 4))
    def claim(self, data: st.DataObject, kind: str, pieces: int) -> None:
        model = self.some(data, "paid", "shipped", "received")
        if model is None or pieces > model.claimable or (kind == "return" and model.status == "paid"):
            return
        self.key += 1
        wanted = AfterSaleDraft(model.order.number, lines(model.order)[0].pk, kind, pieces, "other")
        if model.status == "received" and self.clock.now >= end_of_window(model.order):
            with refused("ordering.claim_window"):
                after_sale.request(self.who.user, wanted, idempotency_key=f"c{self.key}")
            return
        made = after_sale.request(self.who.user, wanted, idempotency_key=f"c{self.key}")
        model.claims[made.number] = ("refunding" if model.status == "paid" else "requested", pieces)
        if model.status == "paid":
            model.refunded += pieces
            model.never_left += pieces
            model.restocked += pieces

    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        if found := self.claim_of(data, "requested"):
            model, number = found
            made = after_sale.approve(self.actor, number)
            pieces = model.claims[number][1]
            model.claims[number] = ("refunding" if made.kind == "refund" else "awaiting", pieces)
            model.refunded += pieces if made.kind == "refund" else 0

    @rule(data=st.data())
    def reject(self, data: st.DataObject) -> None:
        if found := self.claim_of(data, "requested"):
            model, number = found
            after_sale.reject(self.actor, number, answer="不符合条件")
            model.claims[number] = ("rejected", model.claims[number][1])

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        if found := self.claim_of(data, "requested", "awaiting"):
            model, number = found
            after_sale.withdraw(self.who.user, number)
            model.claims[number] = ("cancelled", model.claims[number][1])

    @rule(data=st.data(), is_resaleable=st.booleans())
    def goods_come_back(self, data: st.DataObject, is_resaleable: bool) -> None:
        if found := self.claim_of(data, "awaiting"):
            model, number = found
            after_sale.receive_back(self.actor, number, is_resaleable=is_resaleable)
            pieces = model.claims[number][1]
            model.claims[number] = ("refunding", pieces)
            model.refunded += pieces
            model.restocked += pieces if is_resaleable else 0

    @rule()
    def everything_due_happens(self) -> None:
        settle_down()
        for model in self.models:
            model.claims = {
                number: ("done" if status == "refunding" else status, pieces) for number, (status, pieces) in model.claims.items()
            }
            if model.refunded == model.pieces and not model.open:
                model.status = "refunded"

    @rule(hours=st.sampled_from([1, 30, 24 * 9]))
    def time_passes(self, hours: int) -> None:
        """Time and the timers; what is open is worked off first, so that no deadline of a claim passes."""
        self.everything_due_happens()
        self.clock.advance(hours=hours if all(model.open == 0 for model in self.models) else 1)
        now = self.clock.now
        cancelling.cancel_overdue(100)
        receiving.auto_receive(100)
        settling.settle_due(100)
        for model in self.models:
            order = fresh(model.order)
            if model.status == "placed" and order.pay_before + timedelta(minutes=2) <= now:
                model.status = "cancelled"
            elif model.status == "shipped" and order.receive_before and order.receive_before <= now and not model.open:
                model.status = "received"
            elif model.status == "received" and order.settle_after and order.settle_after <= now and not model.open:
                model.status = "settled"

    @invariant()
    def the_orders_are_what_the_model_says(self) -> None:
        for model in self.models:
            order, line = fresh(model.order), lines(model.order)[0]
            assert order.status == model.status
            freight = line.freight_fen * model.never_left // model.pieces
            goods_fen = line.amount_fen * model.refunded // model.pieces
            assert (line.refunded_quantity, line.refunded_fen) == (model.refunded, goods_fen + freight)
            claims = AfterSale.objects.filter(order=order).values_list("number", "status", "quantity")
            assert {number: (status, pieces) for number, status, pieces in claims} == model.claims

    @invariant()
    def the_stock_is_what_the_model_says(self) -> None:
        if self.models:
            reserved = sum(model.reserved for model in self.models)
            sold = sum(model.sold for model in self.models)
            assert stock(self.sku) == (STOCK - reserved - sold, reserved, sold)

    def audit(self) -> None:
        assert violations() == []


def test_the_life_of_orders() -> None:
    run_machine(Orders)

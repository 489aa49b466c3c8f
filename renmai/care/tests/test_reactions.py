"""Whom each event tells what, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from renmai.accounts.models import User
from renmai.care import reactions
from renmai.care.models import Message
from renmai.care.queries import inbox
from renmai.distribution import actions as distribution
from renmai.distribution.events import CommissionCreated, CommissionReversed, CommissionThawed, WithdrawalDecided
from renmai.distribution.tax import china_date
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.kernel import clock
from renmai.kernel.events import Event
from renmai.kernel.models import OutboxEvent
from renmai.kernel.outbox import drain, emit
from renmai.ordering.events import (
    AfterSaleClosed,
    AfterSaleOpened,
    OrderCancelled,
    OrderPaid,
    OrderReceived,
    ParcelShipped,
)
from renmai.ordering.models import Shipment
from renmai.payments.events import RefundSucceeded
from renmai.sharing import actions as sharing
from renmai.sharing.events import CustomerBound, PauseLifted
from renmai.sharing.models import Binding, Shop
from renmai.trust.events import SharingPaused
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
TABLE: dict[type[Event], tuple[Callable[[Any], None], ...]] = {
    OrderPaid: (reactions.on_order_paid,),
    ParcelShipped: (reactions.on_parcel_shipped,),
    OrderReceived: (reactions.on_order_received,),
    OrderCancelled: (reactions.on_order_cancelled,),
    AfterSaleOpened: (reactions.on_after_sale_opened,),
    AfterSaleClosed: (reactions.on_after_sale_closed,),
    RefundSucceeded: (reactions.on_refund_succeeded,),
    CustomerBound: (reactions.on_customer_bound,),
    CommissionCreated: (reactions.on_commission_created,),
    CommissionThawed: (reactions.on_commission_thawed,),
    CommissionReversed: (reactions.on_commission_reversed,),
    WithdrawalDecided: (reactions.on_withdrawal_decided,),
    SharingPaused: (reactions.on_sharing_paused,),
    PauseLifted: (reactions.on_pause_lifted,),
}


@pytest.fixture(autouse=True)
def _standing(moving_clock: MovingClock) -> None:
    del moving_clock


def tell(*events: Event) -> None:
    """Each event twice, as two rows, as a careless emitter might."""
    with transaction.atomic():
        emit(*events, *events)
    drain(TABLE)
    assert not OutboxEvent.objects.exclude(status="done").exists()


def told(user_id: int) -> list[tuple[str, str, str]]:
    """Kind, body and link of a person's messages, oldest first."""
    with translation.override("en"):
        views = list(inbox(User.objects.get(pk=user_id)))
    return [(view.kind, view.body, f"{view.link_kind}:{view.link_key}") for view in reversed(views)]


def test_an_order_tells_its_buyer() -> None:
    sale = world.sale(None)
    order = sale.order
    order.settle_after = clock.now() + world.WINDOW
    order.save()
    parcel = Shipment.objects.create(
        number="P1",
        order=order,
        supplier=sale.line.supplier,
        carrier="zto",
        tracking_number="ZT123456",
        ship_before=clock.now(),
    )
    tell(OrderPaid(order.pk), ParcelShipped(order.pk, parcel.pk), OrderReceived(order.pk))
    link = f"order:{order.number}"
    assert told(order.buyer_id) == [
        ("order_paid", f"Order {order.number} is paid: ¥108.00. The goods are being packed.", link),
        ("parcel_shipped", f"Order {order.number} left with ZTO Express, tracking number ZT123456.", link),
        (
            "order_received",
            f"Order {order.number} has arrived. Should something be wrong, you can ask for after-sales until 2026-03-17.",
            link,
        ),
    ]


@pytest.mark.parametrize(("reason", "kind"), [("timeout", "order_unpaid"), ("buyer", "order_cancelled")])
def test_a_cancelled_order_says_why(reason: str, kind: str) -> None:
    order = world.sale(None).order
    tell(OrderCancelled(order.pk, reason))
    assert [message[0] for message in told(order.buyer_id)] == [kind]


@pytest.mark.parametrize("outcome", ["done", "rejected", "cancelled"])
def test_a_claim_tells_how_it_began_and_ended(outcome: str) -> None:
    sale = world.sale(None)
    claim = sale.claim()
    claim.answer = "The seal was broken."
    claim.save()
    tell(AfterSaleOpened(claim.pk, sale.order.pk, sale.line.pk))
    tell(AfterSaleClosed(claim.pk, sale.order.pk, sale.line.pk, outcome))
    messages = told(sale.order.buyer_id)
    assert [message[0] for message in messages] == ["after_sale_opened", f"after_sale_{outcome}"]
    assert messages[1][2] == f"after_sale:{claim.number}"
    assert ("The seal was broken." in messages[1][1]) == (outcome == "rejected")


def test_each_refund_is_told() -> None:
    order = world.sale(None).order
    tell(RefundSucceeded(1, order.number, "after_sale:A1", 500), RefundSucceeded(2, order.number, "after_sale:A2", 700))
    assert [message[1] for message in told(order.buyer_id)] == [
        f"¥5.00 of order {order.number} went back the way you paid.",
        f"¥7.00 of order {order.number} went back the way you paid.",
    ]


def test_money_back_that_was_paid_for_no_order_is_told_to_nobody() -> None:
    tell(RefundSucceeded(refund_id=1, reference="nothing", cause="no_order:P1", amount_fen=500))
    assert not Message.objects.exists()


def test_a_binding_tells_both_and_a_second_one_again() -> None:
    customer, owner = world.user("阿青"), world.user("小林")
    shop = Shop.objects.create(owner=owner, name="小林的茶")
    first = Binding.objects.create(customer=customer, shop=shop, protected_until=clock.now())
    tell(CustomerBound(customer.pk, shop.pk, "bound"))
    assert [message[0] for message in told(customer.pk)] == ["bound"]
    assert told(owner.pk) == [("customer_bound", "阿青 is now with your shop.", "customers:")]
    Binding.objects.filter(pk=first.pk).update(status="ended")
    Binding.objects.create(customer=customer, shop=shop, protected_until=clock.now())
    tell(CustomerBound(customer.pk, shop.pk, "moved"))
    assert len(told(owner.pk)) == 2
    assert told(customer.pk)[0][2] == f"shop:{shop.code}"


def test_an_agent_follows_her_money() -> None:
    agent = world.agent()
    sale = world.kept(agent, Goods(price_fen=50_000, quantity=2))
    withdrawal = distribution.request_withdrawal(agent.user, amount_fen=6_000, idempotency_key="k")
    sale.refund()
    sale.refund()
    distribution.review_withdrawal(world.owner(), withdrawal.pk)
    distribution.approve_withdrawal(world.owner(), withdrawal.pk)
    distribution.finish_withdrawal(withdrawal.number, succeeded=True, provider="sandbox")
    drain(TABLE)
    before = Message.objects.count()
    for row in OutboxEvent.objects.all():
        OutboxEvent.objects.create(name=row.name, payload=row.payload, due_at=clock.now())
    drain(TABLE)
    assert Message.objects.count() == before
    number = withdrawal.number
    assert [message[:2] for message in told(agent.user_id)] == [
        ("commission_created", "“Longjing” was bought through you: ¥100.00, yours once the goods are kept."),
        ("commission_thawed", "“Longjing” was kept: ¥100.00 can be withdrawn."),
        (
            "commission_owed",
            (
                "“Longjing” was refunded: ¥50.00 is taken back. ¥10.00 of it had been used already; what is available and later "
                "commissions repay it."
            ),
        ),
        (
            "commission_owed",
            (
                "“Longjing” was refunded: ¥50.00 is taken back. ¥50.00 of it had been used already; what is available and later "
                "commissions repay it."
            ),
        ),
        ("withdrawal_approved", f"Withdrawal {number} of ¥60.00 is being paid."),
        ("withdrawal_paid", f"Withdrawal {number} is paid: ¥60.00 to you, ¥0.00 tax withheld."),
    ]


@pytest.mark.parametrize("rejected", [True, False])
def test_a_withdrawal_that_does_not_happen_says_so(rejected: bool) -> None:
    agent = world.agent()
    world.kept(agent, Goods(price_fen=50_000))
    withdrawal = distribution.request_withdrawal(agent.user, amount_fen=5_000, idempotency_key="k")
    if rejected:
        distribution.reject_withdrawal(world.owner(), withdrawal.pk, reason="The name differs.")
    else:
        distribution.review_withdrawal(world.owner(), withdrawal.pk)
        distribution.approve_withdrawal(world.owner(), withdrawal.pk)
        distribution.finish_withdrawal(withdrawal.number, succeeded=False, provider="sandbox")
    drain(TABLE)
    last = told(agent.user_id)[-1]
    assert last[0] == ("withdrawal_rejected" if rejected else "withdrawal_failed")
    assert last[2] == f"withdrawal:{withdrawal.pk}"


def test_a_commission_taken_back_before_it_was_used() -> None:
    agent = world.agent()
    world.sale(agent).pay().refund()
    drain(TABLE)
    assert told(agent.user_id)[-1] == (
        "commission_reversed",
        "“Longjing” was refunded: ¥10.00 was taken back.",
        "income:",
    )


def test_a_paused_sharer_hears_until_when_and_when_it_ended_early(moving_clock: MovingClock) -> None:
    sharer = User.objects.create(phone="13900000077", display_name="小林")
    until = moving_clock.now + timedelta(days=30)
    pause = sharing.pause_sharer(sharer.pk, until=until, reason="complaint", evidence="feedback:1")
    tell(SharingPaused(pause.pk, sharer.pk), PauseLifted(pause.pk, sharer.pk))
    day = china_date(until).isoformat()
    paused, resumed = told(sharer.pk)
    assert (paused[0], paused[2]) == ("sharing_paused", "pause:own")
    assert f"Until {day} you make no new links" in paused[1]
    assert (resumed[0], resumed[2]) == ("sharing_resumed", "pause:own")

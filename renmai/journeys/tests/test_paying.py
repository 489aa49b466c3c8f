"""Money that comes as it should, late, twice, never, wrong, or for somebody else."""

from datetime import timedelta

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.tests.factories import make_member
from renmai.journeys import cancelling, paying, receiving, settling
from renmai.journeys.tests.world import (
    RETURN_URL,
    Behaviour,
    at_cashier,
    begin_payment,
    buy,
    customer,
    fresh,
    goods,
    place,
    refused,
    settle_down,
    ship_all,
    stock,
    violations,
)
from renmai.kernel.models import Alert
from renmai.ordering import windows
from renmai.ordering.models import Order, Shipment
from renmai.payments.actions import Answer, Outcome, Subject
from renmai.payments.models import Payment, Refund, SandboxNotice, SandboxTrade
from renmai.payments.providers.sandbox import signing
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def answer_for(payment: Payment, **fields: object) -> Answer:
    trade = SandboxTrade.objects.get(number=payment.number)
    given = {
        "subject": Subject.PAYMENT,
        "number": payment.number,
        "outcome": Outcome.SUCCEEDED,
        "provider_id": trade.trade,
        "amount_fen": payment.amount_fen,
        "currency": payment.currency,
    } | fields
    return Answer(**given)  # type: ignore[arg-type]


def refunds() -> list[tuple[int, str, str]]:
    return list(Refund.objects.order_by("pk").values_list("amount_fen", "reason", "status"))


def test_a_payment_is_started_once_while_it_waits() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 1)])
    first = paying.start(who.user, order.number, return_url=RETURN_URL)
    assert paying.start(who.user, order.number, return_url=RETURN_URL) == first
    assert Payment.objects.get().amount_fen == order.payable_fen
    assert Payment.objects.get().expires_at == order.pay_before


def test_only_the_buyer_pays_and_only_what_waits() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 1)])
    for stranger in (make_member(), make_staff()):
        with refused("request.not_found"):
            paying.start(stranger, order.number, return_url=RETURN_URL)
        with refused("request.not_found"):
            paying.look_again(stranger, order.number)
        with refused("request.not_found"):
            cancelling.cancel(stranger, order.number)
        with refused("request.not_found"):
            receiving.confirm(stranger, order.number)
    assert not Payment.objects.exists()
    assert fresh(order).status == "placed"
    cancelling.cancel(who.user, order.number)
    with refused("ordering.not_payable"):
        paying.start(who.user, order.number, return_url=RETURN_URL)
    with refused("ordering.not_payable"):
        paying.start(who.user, buy(who, [(peach, 1)]).number, return_url=RETURN_URL)


def test_a_late_payment_for_a_cancelled_order_goes_back_by_itself() -> None:
    """Elsewhere (yudao) such a payer was stuck: paid, not recorded, not cancellable."""
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 2)])
    payment = begin_payment(who, order)
    cancelling.cancel(who.user, order.number)
    assert stock(peach) == (20, 0, 0)
    at_cashier(payment)
    assert fresh(order).status == "cancelled"
    assert refunds() == [(order.payable_fen, "late", "created")]
    assert violations() == []
    settle_down()
    assert refunds() == [(order.payable_fen, "late", "succeeded")]
    assert stock(peach) == (20, 0, 0)
    assert violations() == []


def test_a_payment_that_comes_after_the_time_is_over() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 2)])
    payment = begin_payment(who, order)
    past = order.placed_at - timedelta(hours=2)
    Order.objects.filter(pk=order.pk).update(pay_before=past)
    Payment.objects.filter(pk=payment.pk).update(expires_at=past)
    assert cancelling.cancel_overdue(10) == 1
    assert fresh(order).close_reason == "timeout"
    assert paying.settle_capture("sandbox", answer_for(payment)) == "late"
    assert refunds() == [(order.payable_fen, "late", "created")]


def test_the_second_payment_for_one_order_goes_back() -> None:
    who, (peach,) = customer(), goods()
    order = buy(who, [(peach, 2)])
    second = Payment.objects.create(
        number="P-2", reference=order.number, provider="sandbox", amount_fen=order.payable_fen, expires_at=order.pay_before
    )
    SandboxTrade.objects.create(
        number="P-2",
        trade="T-2",
        amount_fen=order.payable_fen,
        currency="CNY",
        return_url="",
        status="paid",
        paid_at=second.created_at,
    )
    assert paying.settle_capture("sandbox", answer_for(second)) == "duplicate"
    assert paying.settle_capture("sandbox", answer_for(second)) == "already"
    assert refunds() == [(order.payable_fen, "duplicate", "created")]
    assert stock(peach) == (18, 0, 2)
    assert Shipment.objects.count() == 1
    settle_down()
    assert fresh(order).status == "paid"
    assert fresh(order).refunded_fen == 0
    assert violations() == []


def test_a_callback_after_shipment_changes_nothing() -> None:
    """Elsewhere (litemall) a late callback turned a shipped order back to paid."""
    actor, who, (peach,) = make_staff(), customer(), goods()
    order = ship_all(actor, buy(who, [(peach, 1)]))
    payment = Payment.objects.get()
    before = (order.status, order.paid_at, order.shipped_at, stock(peach))
    assert paying.settle_capture("sandbox", answer_for(payment)) == "already"
    body = SandboxNotice.objects.get().body.encode()
    assert paying.receive_notification("sandbox", signing.signed_headers(body), body).code == "already"
    order = fresh(order)
    assert (order.status, order.paid_at, order.shipped_at, stock(peach)) == before
    assert refunds() == []


def test_a_notification_twice_pays_once() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 1)])
    at_cashier(begin_payment(who, order), Behaviour.NOTIFY_TWICE)
    settle_down()
    assert fresh(order).status == "paid"
    assert (stock(peach), refunds()) == ((19, 0, 1), [])
    assert violations() == []


def test_a_notification_that_never_comes_is_found_by_asking(moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 1)])
    at_cashier(begin_payment(who, order), Behaviour.NEVER_NOTIFY)
    assert fresh(order).status == "placed"
    moving_clock.advance(seconds=60)
    assert paying.sweep_pending(10) == 1
    assert fresh(order).status == "paid"
    other = place(who, [(peach, 1)])
    at_cashier(begin_payment(who, other), Behaviour.NEVER_NOTIFY)
    assert paying.look_again(who.user, other.number).status == "paid"
    assert violations() == []


def test_a_refused_payment_can_be_tried_again() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 1)])
    at_cashier(begin_payment(who, order), Behaviour.REFUSE)
    assert fresh(order).status == "placed"
    at_cashier(begin_payment(who, order))
    assert fresh(order).status == "paid"
    assert sorted(Payment.objects.values_list("status", flat=True)) == ["captured", "failed"]
    assert violations() == []


def test_a_wrong_amount_is_refused_and_somebody_is_told() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 1)])
    payment = begin_payment(who, order)
    at_cashier(payment, Behaviour.WRONG_AMOUNT)
    assert fresh(order).status == "placed"
    assert Payment.objects.get().status == "pending"
    assert Alert.objects.filter(code="payments.mismatch", subject=f"payment {payment.number}").count() == 1
    with refused("payments.mismatch"):
        paying.settle_capture("sandbox", answer_for(payment, amount_fen=1))
    assert stock(peach) == (19, 1, 0)


def test_a_forged_notification_pays_nothing() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 1)])
    at_cashier(begin_payment(who, order), Behaviour.NOTIFY_LATE)
    body = SandboxNotice.objects.get().body.encode()
    headers = {**signing.signed_headers(body)}
    for forged in ({}, {name: value[::-1] for name, value in headers.items()}):
        with pytest.raises(Exception, match="payments"):
            paying.receive_notification("sandbox", forged, body)
    with pytest.raises(Exception, match="payments"):
        paying.receive_notification("sandbox", headers, body.replace(b'"', b"'"))
    assert fresh(order).status == "placed"


def test_money_for_no_order_of_ours_or_not_its_price_goes_back() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 1)])
    for number, reference, amount, outcome in (
        ("P-8", "R-NOBODY", 500, "unknown"),
        ("P-9", order.number, order.payable_fen - 1, "mismatch"),
    ):
        payment = Payment.objects.create(
            number=number, reference=reference, provider="sandbox", amount_fen=amount, expires_at=order.pay_before
        )
        SandboxTrade.objects.create(
            number=number,
            trade=f"T{number}",
            amount_fen=amount,
            currency="CNY",
            return_url="",
            status="paid",
            paid_at=payment.created_at,
        )
        assert paying.settle_capture("sandbox", answer_for(payment)) == outcome
    assert fresh(order).status == "placed"
    assert [amount for amount, _reason, _status in refunds()] == [500, order.payable_fen - 1]
    assert sorted(Alert.objects.values_list("code", flat=True)) == ["payments.no_order", "payments.wrong_amount"]
    settle_down()
    assert violations() == []


def test_cancelling_twice_is_once_and_a_paid_order_is_not_cancelled() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 2)])
    with refused("request.invalid"):
        cancelling.cancel(who.user, order.number, reason="x" * 41)
    assert cancelling.cancel(who.user, order.number, reason=" 拍错了 ").close_reason == "拍错了"
    assert cancelling.cancel(who.user, order.number).status == "cancelled"
    assert stock(peach) == (20, 0, 0)
    with refused("ordering.not_cancellable"):
        cancelling.cancel(who.user, buy(who, [(peach, 1)]).number)
    assert violations() == []


def test_a_reservation_outlives_the_payment_it_waits_for(moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 1)])
    payment = begin_payment(who, order)
    moving_clock.travel(order.pay_before)
    assert payment.expires_at == order.pay_before
    assert cancelling.cancel_overdue(10) == 0
    assert paying.settle_capture("sandbox", answer_for(payment)) == "paid"
    other = place(who, [(peach, 1)])
    moving_clock.travel(other.pay_before + windows.RESERVATION_MARGIN)
    assert cancelling.cancel_overdue(10) == 1
    assert (fresh(order).status, fresh(other).status) == ("paid", "cancelled")


def test_goods_are_received_by_themselves_unless_a_claim_is_open(moving_clock: MovingClock) -> None:
    actor, who, (peach,) = make_staff(), customer(), goods()
    order = ship_all(actor, buy(who, [(peach, 1)]))
    with refused("ordering.not_receivable"):
        receiving.confirm(who.user, buy(who, [(peach, 1)]).number)
    assert order.receive_before is not None
    moving_clock.travel(order.receive_before - timedelta(seconds=1))
    assert receiving.auto_receive(10) == 0
    moving_clock.advance(seconds=1)
    assert receiving.auto_receive(10) == 1
    assert receiving.confirm(who.user, order.number).status == "received"
    assert settling.settle_due(10) == 0


def test_an_order_is_not_ended_before_the_provider_was_asked_once_more(moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    paid, unpaid = (place(who, [(peach, 1)]) for _each in range(2))
    # Paid in time, and nobody has told us: we were away.
    at_cashier(begin_payment(who, paid), Behaviour.NEVER_NOTIFY)
    begin_payment(who, unpaid)
    moving_clock.advance(days=1)
    assert cancelling.cancel_overdue(10) == 1
    assert (fresh(paid).status, fresh(unpaid).status) == ("paid", "cancelled")
    settle_down()
    assert stock(peach) == (19, 0, 1)
    assert refunds() == []
    assert violations() == []

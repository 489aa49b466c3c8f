"""At the same moment, and broken off at every statement: no fen lost, none kept twice."""

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.journeys import cancelling, paying
from renmai.journeys.tests.faults import at_every_statement
from renmai.journeys.tests.world import begin_payment, customer, fresh, settle_down, stock, violations
from renmai.ordering.models import Order
from renmai.payments.actions import Answer, Outcome, Subject
from renmai.payments.models import Payment, Refund, SandboxTrade
from renmai.plays.presale import actions
from renmai.plays.presale.tests.world import DEPOSIT, booked, presale, sku_of, with_deposit
from tools.testing.moving_clock import MovingClock
from tools.testing.together import Act, at_once, every_interleaving


def money_came(payment: Payment) -> Answer:
    """What the provider says of a payment, after it has written it into its own book."""
    trade = SandboxTrade.objects.get(number=payment.number)
    SandboxTrade.objects.filter(pk=trade.pk).update(status="paid", paid_at=payment.created_at)
    return Answer(
        subject=Subject.PAYMENT,
        number=payment.number,
        outcome=Outcome.SUCCEEDED,
        provider_id=trade.trade,
        amount_fen=payment.amount_fen,
        currency=payment.currency,
    )


def settling(payment: Payment) -> Act:
    answer = money_came(payment)
    return lambda: paying.settle_capture("sandbox", answer)


@pytest.mark.django_db(transaction=True)
def test_two_deposits_at_once() -> None:
    who, campaign = customer(), presale()
    order = booked(who, campaign)
    first = begin_payment(who, order)
    Payment.objects.filter(pk=first.pk).update(status="closed")
    acts = [settling(first), settling(begin_payment(who, order))]
    assert sorted(at_once(*acts)) == ["deposit", "duplicate"]
    assert fresh(order).has_deposit
    assert list(Refund.objects.values_list("amount_fen", "reason")) == [(DEPOSIT, "duplicate")]
    settle_down()
    assert violations() == []


@pytest.mark.django_db
def test_a_deposit_touches_no_other_payment_once_it_holds_the_order() -> None:
    """A second payment of the same deposit, captured in this moment, holds itself and waits for the order: a circle."""
    who, campaign = customer(), presale()
    order = booked(who, campaign)
    first = begin_payment(who, order)
    Payment.objects.filter(pk=first.pk).update(status="closed")
    second = begin_payment(who, order)
    settling(first)()
    assert fresh(order).has_deposit
    assert Payment.objects.get(pk=second.pk).status == "pending"
    assert settling(second)() == "duplicate"
    settle_down()
    assert violations() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kept", [False, True])
def test_the_balance_against_the_end_of_its_time(kept: bool, moving_clock: MovingClock) -> None:
    made = []

    def scene() -> tuple[Act, Act]:
        campaign, who = presale(unpaid="kept" if kept else "returned"), customer()
        order = with_deposit(who, campaign)
        here = moving_clock.now
        moving_clock.travel(campaign.ends_at)
        payment = begin_payment(who, order)
        made.append((campaign, order))
        acts = settling(payment), lambda: str(cancelling.cancel(who.user, order.number).status)
        moving_clock.travel(here)
        return acts

    def check(first: str, second: str) -> None:
        campaign, order = made[-1]
        now = fresh(order)
        if first == "paid":
            assert (second, now.status, stock(sku_of(campaign))) == ("ordering.not_cancellable", "paid", (19, 0, 1))
        else:
            assert (first, second, now.status) == ("late", "cancelled", "cancelled")
            assert (now.forfeited_fen, stock(sku_of(campaign))) == (DEPOSIT if kept else 0, (20, 0, 0))
        assert violations() == []

    assert every_interleaving(scene, check) > 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_booked_first", [True, False])
def test_a_booking_against_calling_off(is_booked_first: bool) -> None:
    """Whoever books in the moment in which it is called off is refused, or is one of those whose deposit goes back."""
    made = []

    def scene() -> tuple[Act, Act]:
        campaign, who, chief = presale(unpaid="kept"), customer(), make_staff()
        made.append(campaign)

        def books() -> str:
            return booked(who, campaign).status

        def calls_off() -> str:
            return actions.call_off(chief, campaign.pk, reason="the harvest failed").status

        return (books, calls_off) if is_booked_first else (calls_off, books)

    def check(*said: str) -> None:
        campaign = made[-1]
        booking, calling = said if is_booked_first else reversed(said)
        assert (booking in {"placed", "campaigns.not_open"}, calling) == (True, "stopped")
        orders = Order.objects.filter(presale_booking__campaign=campaign)
        assert list(orders.values_list("deposit_is_kept", flat=True)) == ([False] if booking == "placed" else [])
        assert actions.end_called_off(10) == orders.count()
        assert violations() == []

    assert every_interleaving(scene, check) > 10


@pytest.mark.django_db
def test_taking_the_deposit_is_all_or_nothing() -> None:
    who, campaign = customer(), presale()
    order = booked(who, campaign)
    payment = begin_payment(who, order)
    answer = money_came(payment)

    def after() -> None:
        assert fresh(order).has_deposit

    def check() -> None:
        found = violations()
        is_known = Payment.objects.filter(pk=payment.pk, status="captured").exists()
        assert found == [] if is_known else all(payment.number in line for line in found)

    assert at_every_statement(lambda: paying.settle_capture("sandbox", answer), check=check, after=after) > 8


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [False, True])
def test_cancelling_after_the_deposit_is_all_or_nothing(kept: bool) -> None:
    who, campaign = customer(), presale(unpaid="kept" if kept else "returned")
    order = with_deposit(who, campaign)

    def after() -> None:
        now = fresh(order)
        assert (now.status, now.forfeited_fen) == ("cancelled", DEPOSIT if kept else 0)
        assert Refund.objects.filter(reason="deposit", amount_fen=DEPOSIT).count() == (0 if kept else 1)
        assert stock(sku_of(campaign)) == (20, 0, 0)

    def check() -> None:
        assert violations() == []

    assert at_every_statement(lambda: cancelling.cancel(who.user, order.number), check=check, after=after) > 10


@pytest.mark.django_db(transaction=True)
def test_four_orders_at_once_and_two_are_allowed() -> None:
    who, campaign = customer(), presale(per_person=2)
    said = at_once(*[lambda: booked(who, campaign).status] * 4)
    assert (said.count("placed"), said.count("presale.limit")) == (2, 2)
    assert violations() == []

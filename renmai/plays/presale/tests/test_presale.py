"""A pre-sale: a deposit, a balance in its time, and a good end for every case."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from renmai.accounts.tests.factories import make_member, make_staff
from renmai.campaigns.actions import close_overdue, give_due_rewards
from renmai.campaigns.models import Reward
from renmai.campaigns.plays import Layer, play
from renmai.campaigns.terms import checked, defaults
from renmai.campaigns.tests.fakes import FakePlay, choice, installed, running_campaign
from renmai.care.models import Message
from renmai.journeys import after_sale, cancelling, paying
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import (
    at_cashier,
    begin_payment,
    customer,
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
from renmai.kernel import outbox
from renmai.ledger import chart
from renmai.ledger.queries import balance
from renmai.ordering import windows
from renmai.ordering.events import DepositPaid
from renmai.ordering.models import Order, Shipment
from renmai.payments.actions import compare_bill
from renmai.payments.models import Refund
from renmai.plays.presale import actions, queries
from renmai.plays.presale.models import Booking
from renmai.plays.presale.play import PLAY
from renmai.plays.presale.tests.world import DEPOSIT, PRESALE, PRICE, booked, money, presale, sku_of, with_deposit
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

BALANCE = PRESALE - DEPOSIT


def refunds() -> list[tuple[int, str, str]]:
    return list(Refund.objects.order_by("pk").values_list("amount_fen", "reason", "status"))


def rest_of_the_timers() -> None:
    """Whatever else the worker would have done by now."""
    close_overdue(10)
    actions.remind_due(10)
    settle_down()


def test_deposit_then_balance_then_it_is_sent(moving_clock: MovingClock) -> None:
    campaign, who = presale(), customer()
    order = booked(who, campaign, quantity=2)
    assert (order.payable_fen, order.deposit_fen, order.due_fen) == (2 * PRESALE, 2 * DEPOSIT, 2 * DEPOSIT)
    assert order.pay_before < campaign.ends_at
    at_cashier(begin_payment(who, order))
    order = fresh(order)
    assert (order.status, order.has_deposit, order.pay_before) == ("placed", True, campaign.ends_at + timedelta(days=3))
    assert (stock(sku_of(campaign)), Shipment.objects.count()) == ((18, 2, 0), 0)
    assert violations() == []
    with refused("ordering.balance_not_open"):
        paying.start(who.user, order.number, return_url="/")
    moving_clock.travel(campaign.ends_at)
    at_cashier(begin_payment(who, order))
    order = fresh(order)
    assert (order.status, stock(sku_of(campaign)), Shipment.objects.count()) == ("paid", (18, 0, 2), 1)
    assert money() == [("deposit", 2 * DEPOSIT, "captured"), ("balance", 2 * BALANCE, "captured")]
    ship_all(make_staff(), order)
    settle_down()
    assert violations() == []


def test_without_a_deposit_the_order_ends_as_any_other(moving_clock: MovingClock) -> None:
    campaign, who = presale(unpaid="kept"), customer()
    order = booked(who, campaign)
    moving_clock.travel(order.pay_before + windows.RESERVATION_MARGIN)
    assert cancelling.cancel_overdue(10) == 1
    order = fresh(order)
    assert (order.status, order.forfeited_fen, refunds(), stock(sku_of(campaign))) == ("cancelled", 0, [], (20, 0, 0))
    assert violations() == []


def test_a_balance_that_does_not_come_returns_the_deposit(moving_clock: MovingClock) -> None:
    campaign, who = presale(), customer()
    order = with_deposit(who, campaign)
    moving_clock.travel(order.pay_before + windows.RESERVATION_MARGIN)
    rest_of_the_timers()
    assert cancelling.cancel_overdue(10) == 1
    order = fresh(order)
    assert (order.status, order.close_reason, order.forfeited_fen) == ("cancelled", "timeout", 0)
    assert refunds() == [(DEPOSIT, "deposit", "created")]
    settle_down()
    assert balance(chart.customers_prepaid()) == 0
    assert stock(sku_of(campaign)) == (20, 0, 0)
    assert violations() == []


@pytest.mark.parametrize("who_ends_it", ["time", "buyer"])
def test_a_deposit_that_is_kept_is_revenue(who_ends_it: str, moving_clock: MovingClock) -> None:
    campaign, who = presale(unpaid="kept"), customer()
    order = with_deposit(who, campaign)
    if who_ends_it == "time":
        moving_clock.travel(order.pay_before + windows.RESERVATION_MARGIN)
        rest_of_the_timers()
        assert cancelling.cancel_overdue(10) == 1
    else:
        cancelling.cancel(who.user, order.number)
    order = fresh(order)
    assert (order.status, order.forfeited_fen, refunds()) == ("cancelled", DEPOSIT, [])
    assert (balance(chart.revenue()), balance(chart.customers_prepaid())) == (DEPOSIT, 0)
    assert violations() == []


def test_the_balance_that_comes_too_late_goes_back(moving_clock: MovingClock) -> None:
    campaign, who = presale(unpaid="kept"), customer()
    order = with_deposit(who, campaign)
    moving_clock.travel(campaign.ends_at)
    payment = begin_payment(who, order)
    cancelling.cancel(who.user, order.number)
    at_cashier(payment)
    assert refunds() == [(BALANCE, "late", "created")]
    settle_down()
    assert (fresh(order).status, balance(chart.customers_prepaid()), balance(chart.revenue())) == ("cancelled", 0, DEPOSIT)
    assert violations() == []


def test_a_second_deposit_is_no_balance(moving_clock: MovingClock) -> None:
    """Also where both parts cost the same: each payment knows which part it is."""
    campaign, who = presale(deposit_fen=PRESALE // 2), customer()
    order = booked(who, campaign)
    first = begin_payment(who, order)
    type(first).objects.filter(pk=first.pk).update(status="closed")
    second = begin_payment(who, order)
    at_cashier(first)
    at_cashier(second)
    order = fresh(order)
    assert (order.status, order.has_deposit) == ("placed", True)
    assert refunds() == [(PRESALE // 2, "duplicate", "created")]
    settle_down()
    assert violations() == []
    moving_clock.travel(campaign.ends_at)
    actions.remind_due(10)
    at_cashier(begin_payment(who, order))
    assert fresh(order).status == "paid"
    assert violations() == []


def test_what_was_paid_in_two_parts_goes_back_piece_by_piece(moving_clock: MovingClock) -> None:
    campaign, who = presale(), customer()
    order = with_deposit(who, campaign, quantity=3)
    moving_clock.travel(campaign.ends_at)
    at_cashier(begin_payment(who, order))
    (line,) = lines(order)
    for number, quantity in enumerate((1, 2)):
        draft = AfterSaleDraft(order.number, line.pk, "refund", quantity, "other")
        after_sale.request(who.user, draft, idempotency_key=f"claim-{number}")
    settle_down()
    order = fresh(order)
    assert (order.status, order.refunded_fen) == ("refunded", 3 * PRESALE)
    assert sum(amount for amount, _reason, _status in refunds()) == 3 * PRESALE
    assert balance(chart.customers_prepaid()) == 0
    assert violations() == []


def test_the_bill_of_the_provider_knows_both_parts(moving_clock: MovingClock) -> None:
    campaign, who = presale(), customer()
    order = with_deposit(who, campaign)
    day = moving_clock.now.date()
    moving_clock.travel(campaign.ends_at)
    at_cashier(begin_payment(who, order))
    assert compare_bill(day) == compare_bill(moving_clock.now.date()) == []


def test_she_is_told_when_it_is_due_and_only_once(moving_clock: MovingClock) -> None:
    campaign, who = presale(), customer()
    with_deposit(who, campaign)
    outbox.drain({DepositPaid: PLAY.causes()[DepositPaid]})  # type: ignore[dict-item]
    assert actions.remind_due(10) == 0
    moving_clock.travel(campaign.ends_at)
    assert (actions.remind_due(10), actions.remind_due(10)) == (1, 0)
    assert list(Message.objects.order_by("pk").values_list("kind", flat=True)) == ["presale_deposit", "presale_balance"]


def test_limits_per_person_and_order() -> None:
    campaign, who = presale(per_person=2, per_order=3), customer()
    with refused("presale.one_kind"):
        booked(who, campaign, quantity=4)
    orders = [booked(who, campaign) for _one in range(2)]
    with refused("presale.limit"):
        booked(who, campaign)
    cancelling.cancel(who.user, orders[0].number)
    assert booked(who, campaign).presale_booking.ordinal == 1
    assert violations() == []


def test_called_off_everything_goes_back_and_the_deposit_once_more(moving_clock: MovingClock) -> None:
    running_campaign("red_packet", terms=defaults(play("red_packet")) | {"given_to": "reward"}, budget_fen=2 * DEPOSIT)
    campaign, waiting, paid, unpaid = presale(unpaid="kept"), customer(), customer(), customer()
    waits, order, without = with_deposit(waiting, campaign), with_deposit(paid, campaign), booked(unpaid, campaign)
    moving_clock.travel(campaign.ends_at)
    actions.remind_due(10)
    at_cashier(begin_payment(paid, order))
    with refused("request.forbidden"):
        actions.call_off(make_member(), campaign.pk, reason="the harvest failed")
    actions.call_off(make_staff(), campaign.pk, reason="the harvest failed")
    with refused("campaigns.state"):
        actions.call_off(make_staff(), campaign.pk, reason="the harvest failed")
    assert actions.end_called_off(10) == 3
    settle_down()
    assert actions.end_called_off(10) == 0
    assert [fresh(each).status for each in (waits, order, without)] == ["cancelled", "refunded", "cancelled"]
    assert fresh(waits).forfeited_fen == 0
    assert sorted(refunds()) == sorted(
        [(DEPOSIT, "after_sale", "succeeded"), (DEPOSIT, "deposit", "succeeded"), (BALANCE, "after_sale", "succeeded")]
    )
    owed = set(Reward.objects.values_list("beneficiary_id", "amount", "benefit"))
    assert owed == {(waiting.user.pk, DEPOSIT, "red_packet"), (paid.user.pk, DEPOSIT, "red_packet")}
    assert give_due_rewards(10) == 2
    assert set(Reward.objects.values_list("status", flat=True)) == {"granted"}
    assert stock(sku_of(campaign)) == (20, 0, 0)
    assert violations() == []


def test_terms_that_do_not_fit_together() -> None:
    (sku,) = goods(price_fen=PRICE)
    fine = {"sku_id": sku.pk, "price_fen": PRESALE, "deposit_fen": DEPOSIT}
    for change, code in (
        ({"deposit_fen": PRESALE}, "presale.deposit"),
        ({"price_fen": PRICE + 1}, "presale.dearer"),
        ({"unpaid": "kept", "doubles": False}, "presale.promise"),
    ):
        with refused(code):
            checked(PLAY, fine | change)


@pytest.mark.parametrize(("unpaid", "quantity", "code"), [("kept", 1, "presale.share"), ("kept", 2, ""), ("returned", 1, "")])
def test_what_points_take_off_makes_no_kept_deposit_more_than_a_fifth(unpaid: str, quantity: int, code: str) -> None:
    """The law asks about the price that she pays, not about the one before."""
    campaign, who = presale(unpaid=unpaid, deposit_fen=PRESALE // 5 - 100), customer()
    with installed(FakePlay(off_fen=1000, layer=Layer.POINTS)), refused(code) if code else nullcontext():
        order = place(who, [(sku_of(campaign), quantity)], plays=(choice(campaign), choice(running_campaign())))
        assert order.payable_fen == PRESALE * quantity - 1000


def test_the_law_is_asked_about_deposits_that_are_kept() -> None:
    (sku,) = goods(price_fen=PRICE)
    base = checked(PLAY, {"sku_id": sku.pk, "price_fen": 8000, "deposit_fen": 1601})
    assert PLAY.facts(base).deposit_basis_points == 0
    kept = PLAY.facts(base | {"unpaid": "kept"})
    assert (kept.deposit_basis_points, kept.deposit_back_basis_points) == (2002, 20_000)
    assert PLAY.facts(base | {"unpaid": "kept", "deposit_fen": 1600}).deposit_basis_points == 2000


def test_figures_say_how_it_went(moving_clock: MovingClock) -> None:
    campaign = presale(unpaid="kept")
    first, second, third = customer(), customer(), customer()
    order = with_deposit(first, campaign)
    cancelling.cancel(second.user, with_deposit(second, campaign).number)
    booked(third, campaign)
    moving_clock.travel(campaign.ends_at)
    at_cashier(begin_payment(first, order))
    found = queries.figures_of(campaign.pk)
    assert (found.booked, found.deposits, found.balances, found.unpaid) == (3, 2, 1, 1)
    assert (found.deposits_fen, found.forfeited_fen, found.kept_basis_points) == (2 * DEPOSIT, DEPOSIT, 5000)
    assert len(PLAY.figures(campaign)) == 7


def test_an_order_without_a_deposit_knows_nothing_of_one() -> None:
    assert Order(payable_fen=100, status="placed").due_fen == 100
    assert Order(payable_fen=100, status="placed").due_part == ""
    assert Booking.objects.count() == 0

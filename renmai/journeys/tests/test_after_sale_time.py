"""Claims and time: the window, the deadlines, and what is left after many of them."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renmai.accounts.tests.factories import make_staff
from renmai.journeys import after_sale, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.claims import ask, now, shipped_order, sku_stock
from renmai.journeys.tests.faults import undone
from renmai.journeys.tests.world import (
    agent_with_shop,
    buy,
    comes_through,
    customer,
    end_of_window,
    fresh,
    goods,
    lines,
    refused,
    settle_down,
    ship_all,
    violations,
)
from renmai.kernel.models import Alert
from renmai.ledger import chart
from renmai.ledger import queries as ledger
from renmai.ordering.models import AfterSale
from renmai.payments.models import Payment, SandboxBill, SandboxTrade
from tools.testing.machines import examples
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_the_window_closes_for_the_customer_and_stays_open_for_the_staff(moving_clock: MovingClock) -> None:
    actor, who, order = shipped_order()
    order = receiving.confirm(who.user, order.number)
    moving_clock.travel(end_of_window(order) - timedelta(seconds=1))
    held = ask(who, order)
    moving_clock.advance(seconds=1)
    with refused("ordering.claim_window"):
        ask(who, order, key="late")
    assert settling.settle_due(10) == 0
    after_sale.withdraw(who.user, held.number)
    assert settling.settle_due(10) == 1
    with refused("ordering.claim_window"):
        ask(who, order, key="late")
    for_her = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "quality")
    claim = after_sale.request(actor, for_her, idempotency_key="goodwill")
    after_sale.approve(actor, claim.number)
    settle_down()
    assert now(claim).status == "done"
    assert fresh(order).status == "settled"
    assert ledger.balance(chart.refunds_expense(), "CNY") == 1999
    assert violations() == []
    moving_clock.advance(days=181)
    with refused("ordering.claim_window"):
        after_sale.request(actor, for_her, idempotency_key="too late")


def test_a_settled_order_can_be_refunded_completely(moving_clock: MovingClock) -> None:
    actor, who, order = shipped_order(2)
    order = receiving.confirm(who.user, order.number)
    moving_clock.travel(end_of_window(order))
    assert settling.settle_due(10) == 1
    for_her = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 2, "quality")
    after_sale.approve(actor, after_sale.request(actor, for_her, idempotency_key="k").number)
    settle_down()
    assert fresh(order).status == "refunded"
    assert ledger.balance(chart.revenue(), "CNY") == order.payable_fen
    assert ledger.balance(chart.refunds_expense(), "CNY") == 2 * 1999
    assert violations() == []


def test_every_open_state_ends_by_itself(moving_clock: MovingClock) -> None:
    actor, who, order = shipped_order(6)
    receiving.confirm(who.user, order.number)
    unanswered = ask(who, order, key="1")
    unanswered_return = ask(who, order, kind="return", key="2")
    not_back = ask(who, order, kind="return", key="3")
    lost = ask(who, order, kind="return", key="4")
    swap = ask(who, order, kind="exchange", key="5")
    for claim in (not_back, lost, swap):
        after_sale.approve(actor, claim.number)
    for claim in (lost, swap):
        after_sale.send_back(who.user, claim.number, carrier="sf", tracking_number="SF1234567890")
    assert after_sale.close_overdue(10) == 0
    moving_clock.advance(hours=48)
    assert after_sale.close_overdue(10) == 2
    assert [now(claim).status for claim in (unanswered, unanswered_return)] == ["refunding", "awaiting"]
    settle_down()
    moving_clock.advance(days=5)
    assert after_sale.close_overdue(10) == 1
    assert now(not_back).status == "cancelled"
    moving_clock.advance(days=3)
    before = sku_stock(order)
    assert after_sale.close_overdue(10) == 3
    assert [now(claim).status for claim in (unanswered_return, lost, swap)] == ["cancelled", "refunding", "reshipping"]
    assert sku_stock(order) == (before[0] - 1, before[1], before[2] + 1)  # the replacement left, nothing unseen came back
    settle_down()
    ship_all(actor, order)
    moving_clock.advance(days=10)
    assert after_sale.close_overdue(10) == 1
    assert now(swap).status == "done"
    assert {claim.status for claim in AfterSale.objects.all()} <= {"done", "cancelled"}
    assert list(Alert.objects.values_list("code", "detail")) == []
    assert settling.settle_due(10) == 1
    settle_down()
    assert violations() == []


def test_what_hangs_opens_an_alert_and_stops_nobody_else(moving_clock: MovingClock) -> None:
    _actor, who, order = shipped_order(3)
    hanging = buy(who, [(goods()[0], 1)])
    ask(who, hanging)
    moving_clock.advance(days=8)
    claim = ask(who, order)
    moving_clock.advance(hours=48)
    assert after_sale.close_overdue(10) == 1
    assert now(claim).status == "refunding"
    assert list(Alert.objects.values_list("code", flat=True)) == ["after_sale.refund_hangs"]
    assert any(line.startswith("[9] claim") for line in violations())


def test_a_refund_takes_the_commission_of_its_pieces_back(moving_clock: MovingClock) -> None:
    from renmai.distribution.models import Commission

    actor, (_agent, shop), who, (peach,) = make_staff(), agent_with_shop(), customer(), goods(price_fen=999)
    comes_through(who, shop)
    order = ship_all(actor, buy(who, [(peach, 3)]))
    receiving.confirm(who.user, order.number)
    settle_down()
    earned = Commission.objects.get()
    assert earned.status == "frozen"
    for key in ("1", "2", "3"):
        claim = ask(who, order, key=key)
        after_sale.approve(actor, claim.number)
        settle_down()
        assert violations() == []
    earned.refresh_from_db()
    assert (earned.status, earned.reversed_fen) == ("void", earned.amount_fen)


@settings(max_examples=examples(20), deadline=None)
@given(
    price=st.integers(1, 5000),
    quantity=st.integers(1, 12),
    cuts=st.lists(st.integers(1, 12), max_size=12),
    left_at=st.integers(0, 12),
)
def test_partial_refunds_sum_exactly(price: int, quantity: int, cuts: list[int], left_at: int) -> None:
    """However an order is taken apart, before and after it left: goods to the fen, freight only for what never left."""
    with undone():
        actor, who, (peach,) = make_staff(), customer(), goods(price_fen=price)
        order = buy(who, [(peach, quantity)])
        refunded = before_it_left = 0
        for number, cut in enumerate(cuts):
            if number == left_at and refunded < quantity:
                ship_all(actor, order)
            taken = min(cut, quantity - refunded)
            if not taken:
                break
            claim = ask(who, order, quantity=taken, key=str(number))
            if claim.status == "requested":
                after_sale.approve(actor, claim.number)
            else:
                before_it_left += taken
            refunded += taken
            line = lines(order)[0]
            freight = line.freight_fen * before_it_left // quantity
            assert line.refunded_fen == line.amount_fen * refunded // quantity + freight
            assert Payment.objects.get().refunded_fen == line.refunded_fen == fresh(order).refunded_fen
        settle_down()
        assert violations() == []
        assert SandboxBill.objects.filter(kind="refund").count() == AfterSale.objects.count()
        assert SandboxTrade.objects.count() == 1
        assert (fresh(order).status == "refunded") == (refunded == quantity)

"""Payments that come at the same moment: what stands in the tables afterwards is what would if they had come one after the other."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import transaction

from renmai.catalogue.actions import stock as stock_actions
from renmai.journeys import cancelling, paying
from renmai.journeys.tests.faults import Killed, killed_before, undone
from renmai.journeys.tests.tables import NAMES, Names, contents, difference
from renmai.journeys.tests.test_paying import answer_for
from renmai.journeys.tests.world import begin_payment, buy, customer, fresh, goods, place, refused, stock, violations
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.together import Together
from renmai.ordering.models import Order, OrderLine
from renmai.payments.actions import Coming, Notice
from renmai.payments.models import Notification, Payment, SandboxTrade
from tools.testing.moving_clock import MovingClock
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db

ROUND = 12
"""Reading the payments, the orders' lines and the accounts; payments, transfers, orders, steps, two of parcels, events, receipts of stock,
what was sold too much; and one for each SKU."""


def pays(payment: Payment, **fields: object) -> Coming:
    """The provider has the money, and says so."""
    SandboxTrade.objects.filter(number=payment.number).update(status="paid", paid_at=payment.created_at)
    return Coming("sandbox", answer_for(payment, **fields))


def notice(coming: Coming, nonce: str) -> Coming:
    return Coming("sandbox", Notice(provider="sandbox", nonce=nonce, body="{}", answer=coming.answer))


def another(order: Order, number: str, **fields: object) -> Payment:
    """One more payment for what an order's number names."""
    given = {"reference": order.number, "amount_fen": order.payable_fen, "status": "closed"} | fields
    payment = Payment.objects.create(number=number, provider="sandbox", expires_at=order.pay_before, **given)
    SandboxTrade.objects.create(
        number=number, trade=f"T{number}", amount_fen=payment.amount_fen, currency="CNY", return_url="", created_at=clock.now()
    )
    return payment


def begun(*wants: tuple[object, int]) -> tuple[Order, Payment]:
    who = customer()
    order = place(who, list(wants))  # type: ignore[arg-type]
    return order, begin_payment(who, order)


def mixture() -> tuple[list[Coming], list[str]]:
    """One of everything that may come, and what is to be said of each."""
    peach, cloth = goods(2)
    plain = [begun((peach, 1))[1], begun((peach, 2), (cloth, 1))[1], begun((cloth, 3))[1]]
    settled = Payment.objects.get(reference=buy(customer(), [(peach, 1)]).number)
    cancelled, late = begun((peach, 1))
    cancelling.cancel(cancelled.buyer, cancelled.number)
    twice, first = begun((peach, 1))
    wrong, _its = begun((cloth, 1))
    given_up_on = begun((peach, 1))[1]
    Payment.objects.filter(pk=given_up_on.pk).update(status="closed")
    deposit, part = begun((cloth, 1))
    now = clock.now()
    Order.objects.filter(pk=deposit.pk).update(
        deposit_fen=100, balance_from=now + timedelta(days=1), balance_until=now + timedelta(days=2)
    )
    Payment.objects.filter(pk=part.pk).update(part="deposit", amount_fen=100)
    part.refresh_from_db()
    cases = [
        (pays(plain[0]), "paid"),
        (pays(settled), "already"),
        (pays(late), "late"),
        (notice(pays(plain[1]), "nonce-of-its-own"), "paid"),
        (notice(pays(plain[1]), "another-nonce"), "already"),
        (pays(first), "paid"),
        (pays(another(twice, "P-2")), "duplicate"),
        (pays(another(wrong, "P-3", amount_fen=1)), "mismatch"),
        (pays(another(wrong, "P-4", reference="R-NOBODY", status="pending")), "unknown"),
        (pays(begun((cloth, 1))[1], amount_fen=1), "payments.mismatch"),
        (pays(begun((cloth, 1))[1], number="P-NOBODY"), "payments.unknown_payment"),
        (pays(given_up_on), "paid"),
        (pays(part), "deposit"),
        (pays(plain[2]), "paid"),
        (notice(pays(begun((peach, 1))[1]), "known-nonce"), "payments.replayed"),
    ]
    Notification.objects.create(provider="sandbox", nonce="known-nonce", subject="", outcome="", body="")
    return [coming for coming, _said in cases], [said for _coming, said in cases]


def said(outcomes: Sequence[str | Exception]) -> list[str]:
    return [each.code if isinstance(each, DomainError) else str(each) for each in outcomes]


def alone(coming: Sequence[Coming]) -> list[str | Exception]:
    return [outcome for each in coming for outcome in Together(paying.settle_together, most=1, wait_seconds=1)._answers([each])]


def both_ways(
    coming: Sequence[Coming], together: Callable[[Sequence[Coming]], Sequence[str | Exception]], *, names: Names = NAMES
) -> list[list[str]]:
    """Settle one after the other, and in the same world together; the tables must not tell which. Return what was said."""
    outcomes, tables = [], []
    for way in (alone, together):
        with undone():
            outcomes.append(said(way(coming)))
            tables.append(contents(names))
            # The one that has a deposit was placed without its play.
            assert [found for found in violations() if not found.startswith("[presale]")] == []
    assert difference(*tables) == {}
    return outcomes


def test_a_mixture_leaves_what_it_leaves_one_after_the_other(moving_clock: MovingClock) -> None:
    assert moving_clock.now == clock.now()
    coming, expected = mixture()
    assert both_ways(coming[:-1], paying.settle_together) == [expected[:-1]] * 2
    # A notice that is known already lets the round fall apart, which changes nothing for the others.
    assert both_ways(coming, paying._DOOR._answers) == [expected] * 2


def test_a_failure_in_the_middle_leaves_nothing_and_each_is_settled_alone(
    moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert moving_clock.now == clock.now()
    (peach,) = goods()
    first, *coming = (pays(begun((peach, 1))[1]) for _one in range(4))
    alone([first])
    before = contents()

    def fails(*_args: object) -> None:
        raise LookupError("in the middle")

    monkeypatch.setattr(paying, "sell_each", fails)
    with undone(), pytest.raises(LookupError):
        paying.settle_together(coming)
    assert difference(before, contents()) == {}
    assert both_ways(coming, paying._DOOR._answers) == [["paid"] * 3] * 2


@pytest.mark.parametrize("orders", [2, 20])
def test_many_need_as_many_statements_as_few(orders: int) -> None:
    skus = goods(2, stock=50)
    first, *coming = (pays(begun((skus[0], 1), (skus[1], 2))[1]) for _one in range(1 + orders))
    alone([first])  # the accounts come into being
    with exactly(ROUND + len(skus)):
        assert paying.settle_together(coming) == ["paid"] * orders
    assert [stock(sku)[2] for sku in skus] == [orders + 1, 2 * (orders + 1)]


def test_one_alone_sends_what_it_always_sent() -> None:
    (peach,) = goods()
    first, second = (pays(begun((peach, 1))[1]) for _one in range(2))
    paying.settle_capture("sandbox", first.result)
    with exactly(13):
        assert paying.settle_capture("sandbox", second.result) == "paid"


def test_dying_at_any_statement_of_a_round() -> None:
    skus = goods(2)
    alone([pays(begun((skus[1], 1))[1])])
    coming = [pays(begun((skus[0], 2))[1]), pays(begun((skus[1], 1), (skus[0], 1))[1])]
    before, deaths = contents(), 0
    for number in range(1, 40):
        with undone():
            try:
                with killed_before(number):
                    paying.settle_together(coming)
                assert number == ROUND + len(skus) + 1
                break
            except Killed:
                deaths += 1
            assert difference(before, contents()) == {}
            assert paying.settle_together(coming) == ["paid"] * 2
            assert paying.settle_together(coming) == ["already"] * 2
            assert [stock(sku) for sku in skus] == [(17, 0, 3), (18, 0, 2)]
    assert deaths == ROUND + len(skus)


def test_inside_a_transaction_nobody_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    (peach,) = goods()
    order, payment = begun((peach, 1))
    coming = pays(payment)
    monkeypatch.setattr(paying, "_DOOR", None)
    with transaction.atomic():
        assert paying.settle_capture("sandbox", coming.result) == "paid"
    assert fresh(order).status == "paid"


def test_what_is_plain() -> None:
    order = Order(payable_fen=5, status="placed", currency="CNY")
    payment = Payment(amount_fen=5, currency="CNY")
    line = OrderLine(order=order)
    assert paying._is_plain(payment, [line])
    assert not paying._is_plain(payment, [line, OrderLine(order=order, pool_id=1)])
    assert not paying._is_plain(Payment(amount_fen=4, currency="CNY"), [line])
    assert not paying._is_plain(Payment(amount_fen=5, currency="USD"), [line])
    assert not paying._is_plain(Payment(amount_fen=5, currency="CNY", part="balance"), [line])
    for changed in ({"status": "paid"}, {"deposit_fen": 1}):
        other = Order(payable_fen=5, currency="CNY", **({"status": "placed"} | changed))
        assert not paying._is_plain(payment, [OrderLine(order=other)])


def test_what_nobody_holds_is_not_sold_together() -> None:
    (peach,) = goods()
    order, _payment = begun((peach, 1))
    want = stock_actions.StockWant(peach.pk, 1)
    for wants in ({order.number: [want], "R-NOBODY": [want]}, {order.number: [stock_actions.StockWant(peach.pk, 2)]}):
        with undone(), refused("catalogue.not_held"):
            stock_actions.sell_each(wants)
    with pytest.raises(AssertionError, match="pool"):
        stock_actions.sell_each({order.number: [stock_actions.StockWant(peach.pk, 1, pool_id=1)]})
    stock_actions.sell_each({order.number: [want]})
    with undone(), refused("catalogue.stock_conflict"):
        stock_actions.sell_each({order.number: [want]})
    assert stock(peach) == (19, 0, 1)

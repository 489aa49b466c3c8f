"""A sale over the counter is an order like any other: one stock, one identity, one ledger."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.catalogue.models import Sku
from renmai.journeys import after_sale, counter
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.checkout import WantedLine
from renmai.journeys.counter import CounterSale
from renmai.journeys.tests.world import agent_with_shop, comes_through, customer, goods, violations
from renmai.kernel.errors import DomainError
from renmai.ledger import chart
from renmai.ledger.queries import balance
from renmai.ordering.models import Order
from renmai.payments.actions import submit_refunds
from renmai.payments.models import Payment, TillEntry

PHONE = "13712345678"


def sale(sku: Sku, quantity: int = 1, *, phone: str = PHONE) -> CounterSale:
    return CounterSale(phone=phone, name="Walk-in", lines=(WantedLine(sku.pk, quantity),))


@pytest.mark.django_db(transaction=True)
def test_a_counter_sale_is_paid_received_and_in_the_books() -> None:
    (sku,), clerk = goods(stock=3), make_staff(Role.FULFILMENT)
    order = counter.sell(clerk, sale(sku, 2), idempotency_key="till-1")
    assert (order.status, order.source, order.delivery, order.payable_fen) == ("received", "counter", "pickup", 2 * 1999)
    assert order.buyer.phone == PHONE
    entry = TillEntry.objects.get()
    assert (entry.amount_fen, entry.clerk) == (2 * 1999, clerk)
    assert balance(chart.provider("counter"), "CNY") == 2 * 1999
    again = counter.sell(clerk, sale(sku, 2), idempotency_key="till-1")
    assert again.pk == order.pk
    assert (Order.objects.count(), Payment.objects.count(), TillEntry.objects.count()) == (1, 1, 1)
    sku.refresh_from_db()
    assert (sku.stock_free, sku.stock_sold) == (1, 2)
    assert violations() == []


@pytest.mark.django_db(transaction=True)
def test_a_known_customer_stays_with_her_agent_and_gets_her_money_back_from_the_till() -> None:
    (sku,), clerk = goods(stock=3), make_staff(Role.FULFILMENT)
    _agent, shop = agent_with_shop()
    who = customer()
    comes_through(who, shop)
    order = counter.sell(clerk, sale(sku, phone=who.user.phone or ""), idempotency_key="till-1")
    assert (order.buyer, order.shop_id) == (who.user, shop.pk)
    line = order.lines.get()
    claim = after_sale.request(who.user, AfterSaleDraft(order.number, line.pk, "refund", 1, "quality"), idempotency_key="claim-1")
    after_sale.approve(make_staff(Role.SERVICE), claim.number)
    submit_refunds(10)
    assert set(TillEntry.objects.values_list("kind", "amount_fen")) == {("payment", 1999), ("refund", 1999)}
    assert violations() == []


@pytest.mark.django_db(transaction=True)
def test_only_who_hands_over_goods_may_sell_and_nothing_is_sold_twice() -> None:
    (sku,) = goods(stock=1)
    with pytest.raises(DomainError) as refused:
        counter.sell(make_member(), sale(sku), idempotency_key="till-1")
    assert refused.value.code == "request.forbidden"
    assert User.objects.filter(phone=PHONE).count() == 0
    counter.sell(make_staff(Role.OWNER), sale(sku), idempotency_key="till-1")
    with pytest.raises(DomainError) as refused:
        counter.sell(make_staff(Role.OWNER), sale(sku), idempotency_key="till-2")
    assert refused.value.code in {"catalogue.sold_out", "ordering.sold_out"}
    assert violations() == []


@pytest.mark.django_db(transaction=True)
def test_counter_and_shop_share_one_stock_under_concurrency() -> None:
    (sku,), clerk = goods(stock=3), make_staff(Role.FULFILMENT)
    barrier = Barrier(8)
    outcomes: list[str] = []

    def one(number: int) -> None:
        barrier.wait()
        try:
            counter.sell(clerk, sale(sku, phone=f"1371234{number:04d}"), idempotency_key=f"till-{number}")
            outcomes.append("sold")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sku.refresh_from_db()
    assert outcomes.count("sold") == 3
    assert (sku.stock_free, sku.stock_reserved, sku.stock_sold) == (0, 0, 3)
    assert violations() == []

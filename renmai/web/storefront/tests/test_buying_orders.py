"""Orders as pages: paying, following, cancelling, confirming, buying again."""

import re
from datetime import datetime, timedelta

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.journeys.tests.world import (
    Behaviour,
    agent_with_shop,
    at_cashier,
    begin_payment,
    buy,
    comes_through,
    fresh,
    ship_all,
    stock,
)
from renmai.kernel import clock
from renmai.ordering.models import CartLine, Order, Shipment
from renmai.payments.models import Payment
from renmai.policy import queries as policy
from renmai.web.storefront.tests.buying import placed, received, signed_in, text_of
from renmai.web.storefront.tests.shelves import browser
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db


def page_of(order: Order, tail: str = "") -> str:
    return f"/orders/{order.number}/{tail}"


def test_an_unpaid_order_says_how_long_it_is_kept() -> None:
    who, client, (sku,) = signed_in(price_fen=1000)
    order = placed(who, sku)
    page = text_of(client.get(page_of(order)))
    assert "Kept for you for" in page
    shown = re.search(r'datetime="([^"]+)" data-countdown', page)
    assert shown is not None
    assert datetime.fromisoformat(shown[1]) == order.pay_before
    assert "Pay ¥28.00" in page


def test_the_cashier_can_be_opened_again() -> None:
    who, client, (sku,) = signed_in()
    order = placed(who, sku)
    first, second = client.post(page_of(order, "pay/")), client.post(page_of(order, "pay/"))
    assert first["Location"].startswith("/sandbox/cashier/")
    assert first["Location"] == second["Location"]
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        (Behaviour.PAY, "Paid. Thank you!"),
        (Behaviour.NOTIFY_TWICE, "Paid. Thank you!"),
        (Behaviour.NEVER_NOTIFY, "Paid. Thank you!"),
        (Behaviour.NOTIFY_LATE, "Paid. Thank you!"),
        (Behaviour.REFUSE, "The payment was refused"),
    ],
)
def test_coming_back_from_the_cashier(behaviour: Behaviour, says: str) -> None:
    who, client, (sku,) = signed_in()
    order = placed(who, sku)
    at_cashier(begin_payment(who, order), behaviour)
    page = text_of(client.get(page_of(order, "paid/")))
    assert says in page
    assert fresh(order).status == ("placed" if behaviour == Behaviour.REFUSE else "paid")


def test_coming_back_without_having_paid_waits_and_asks_again_by_itself() -> None:
    who, client, (sku,) = signed_in()
    order = placed(who, sku)
    begin_payment(who, order)
    page = text_of(client.get(page_of(order, "paid/")))
    assert "We have not heard of your payment yet" in page
    assert 'hx-trigger="every 5s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_refused_payment_can_be_tried_again() -> None:
    who, client, (sku,) = signed_in()
    order = placed(who, sku)
    at_cashier(begin_payment(who, order), Behaviour.REFUSE)
    again = client.post(page_of(order, "pay/"))["Location"]
    client.post(again, {"behaviour": "pay"})
    assert fresh(order).status == "paid"
    assert list(Payment.objects.order_by("pk").values_list("status", flat=True)) == ["failed", "captured"]


def test_an_order_whose_time_is_over_is_not_paid() -> None:
    who, client, (sku,) = signed_in()
    order = placed(who, sku)
    Order.objects.filter(pk=order.pk).update(pay_before=clock.now() - timedelta(seconds=1))
    answer = client.post(page_of(order, "pay/"), follow=True)
    assert "This order cannot be paid any more." in text_of(answer)
    assert "The time to pay is over" in text_of(client.get(page_of(order, "paid/")))
    assert not Payment.objects.exists()


def test_an_unpaid_order_is_cancelled_once() -> None:
    who, client, (sku,) = signed_in()
    order = placed(who, sku)
    assert stock(sku) == (18, 2, 0)
    for _time in range(2):
        assert client.post(page_of(order, "cancel/"))["Location"] == page_of(order)
        assert (fresh(order).status, stock(sku)) == ("cancelled", (20, 0, 0))
    assert "You cancelled it. Nothing was charged." in text_of(client.get(page_of(order)))
    assert "This order was cancelled" in text_of(client.get(page_of(order, "paid/")))


def test_a_paid_order_is_not_cancelled() -> None:
    who, client, (sku,) = signed_in()
    order = buy(who, [(sku, 1)])
    answer = client.post(page_of(order, "cancel/"))
    assert answer.status_code == 409
    assert "can no longer be cancelled" in text_of(answer)
    assert fresh(order).status == "paid"


def test_the_goods_are_confirmed_when_they_have_left() -> None:
    who, client, (sku,) = signed_in()
    order = buy(who, [(sku, 1)])
    assert client.post(page_of(order, "received/")).status_code == 409
    ship_all(make_staff(), order)
    tracking = Shipment.objects.get().tracking_number
    page = text_of(client.get(page_of(order)))
    assert tracking in page
    assert "I have received it" in page
    for _time in range(2):
        assert client.post(page_of(order, "received/")).status_code == 302
        assert fresh(order).status == "received"


def test_the_order_tells_its_story_and_who_recommended_it() -> None:
    _agent, shop = agent_with_shop()
    who, client, (sku,) = signed_in(price_fen=1000)
    comes_through(who, shop)
    order = buy(who, [(sku, 2)], note="Two please", invoice_title="Lin Ltd", invoice_tax_number="91440300MA5EXAMPLE"[:18])
    page = text_of(client.get(page_of(order)))
    for said in (shop.name, "earns a commission", "Two please", "Lin Ltd", "科技园路 1 号", "¥20.00", "¥8.00", order.number):
        assert said in page, said
    assert page.index("timeline-done") < page.index("timeline-now") < page.index("timeline-todo")


def test_a_pickup_order_shows_its_code_to_its_buyer_alone() -> None:
    who, client, (sku,) = signed_in()
    order = buy(who, [(sku, 1)], delivery="pickup")
    page = text_of(client.get(page_of(order)))
    assert "Pickup code" in page
    assert "Ready to be fetched" in page
    staff = make_staff()
    seen = browser(staff).get(page_of(order))
    assert seen.status_code == 200
    assert "Pickup code" not in text_of(seen)


def test_what_is_still_on_sale_can_be_bought_again() -> None:
    who, client, (sku, gone) = signed_in(2)
    order = buy(who, [(sku, 2), (gone, 1)])
    gone.product.status = "delisted"
    gone.product.save()
    answer = client.post(page_of(order, "again/"), follow=True)
    assert "1 thing is in your cart." in text_of(answer)
    assert "is no longer on sale" in text_of(answer)
    assert list(CartLine.objects.values_list("sku_id", "quantity")) == [(sku.pk, 2)]


def test_the_list_has_tabs_with_counts_and_pages() -> None:
    who, client, (sku,) = signed_in(stock=200)
    paid = buy(who, [(sku, 1)])
    waiting = placed(who, sku)
    page = text_of(client.get("/orders/"))
    assert page_of(paid) in page
    assert page_of(waiting) in page
    to_pay = text_of(client.get("/orders/?status=placed"))
    assert page_of(waiting) in to_pay
    assert page_of(paid) not in to_pay
    assert page.count('<span class="count">1</span>') == 2
    for strange in ("?status=nonsense&page=x", "?page=-1", "?page=99999999999999999999"):
        assert client.get(f"/orders/{strange}").status_code == 200
    for _number in range(20):
        placed(who, sku, 1)
    assert 'rel="next"' in text_of(client.get("/orders/"))
    assert page_of(paid) in text_of(client.get("/orders/?page=2"))


def test_an_empty_list_says_what_to_do_next() -> None:
    _who, client, _skus = signed_in()
    assert "No orders here" in text_of(client.get("/orders/"))


@pytest.mark.parametrize("count", [1, 20])
def test_statements_of_the_list_and_of_one_order(count: int) -> None:
    who, client, skus = signed_in(count, stock=100)
    order = buy(who, [(sku, 1) for sku in skus])
    for _number in range(count - 1):
        placed(who, skus[0], 1)
    client.get("/orders/")
    policy.switch("pickup.enabled")
    with exactly(8):  # session, person, orders, lines, pictures, what can be reviewed, counts twice
        client.get("/orders/")
    with exactly(11):  # session, person, order, its lines, parcels and their contents, sums, story, claims, options, pictures
        client.get(page_of(order))


@pytest.mark.parametrize("count", [1, 20])
def test_statements_of_paying(count: int) -> None:
    who, client, skus = signed_in(count, stock=100)
    order = placed(who, skus[0])
    policy.switch("pickup.enabled")
    with exactly(6):  # session, person, order, payments, payment, and one of the sandbox's own
        client.post(page_of(order, "pay/"))
    with exactly(
        8
    ):  # session, person, order, waiting payments, that payment, order again, payments; and one of the sandbox's own
        client.get(page_of(order, "paid/"))


def test_a_received_order_offers_review_and_after_sale() -> None:
    who, client, (sku,) = signed_in()
    order, line = received(who, sku)
    page = text_of(client.get(page_of(order)))
    assert page_of(order, f"review/{line.pk}/") in page
    assert page_of(order, f"after-sale/{line.pk}/") in page
    assert ">Review</a>" in text_of(client.get("/orders/"))

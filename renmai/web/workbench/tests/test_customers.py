"""The customers who are with her, and why."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.sharing.actions import bind, end_expired_bindings
from renmai.sharing.models import Binding
from renmai.web.workbench.tests.world import Desk, bound, desk
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
CUSTOMERS = reverse("workbench:customers")


@pytest.fixture
def mine() -> Desk:
    return desk()


def paid_order(mine: Desk, buyer: User, *, number: str, paid_fen: int, back_fen: int = 0) -> Order:
    return Order.objects.create(
        number=number,
        buyer=buyer,
        goods_fen=paid_fen,
        payable_fen=paid_fen,
        refunded_fen=back_fen,
        idempotency_key=number,
        pay_before=clock.now(),
        paid_at=clock.now(),
        shop_id=mine.shop.pk,
    )


def test_a_customer_is_listed_with_days_protection_orders_and_money(mine: Desk, moving_clock: MovingClock) -> None:
    customer = bound(mine)
    paid_order(mine, customer, number="R-1", paid_fen=5000)
    paid_order(mine, customer, number="R-2", paid_fen=3000, back_fen=1000)
    moving_clock.advance(days=5)
    ((row, _trust),) = mine.client.get(CUSTOMERS).context["rows"]
    assert (row.name, row.orders, row.paid_fen, row.days_left, row.protected_days_left) == ("王小明", 2, 7000, 85, 10)


def test_the_two_periods_are_explained(mine: Desk) -> None:
    page = mine.client.get(CUSTOMERS).content.decode()
    assert "stays with your shop for 90 days" in page
    assert "first 15 days of it are a separate protection period" in page


def test_the_log_says_why_with_its_evidence(mine: Desk) -> None:
    customer = bound(mine)
    log = mine.client.get(reverse("workbench:customer", args=[customer.pk])).context["log"]
    (entry,) = log
    assert (entry.title, entry.reason, entry.is_good) == ("Came to your shop", "A paid order that went to your shop", True)
    assert (entry.facts[0].label, entry.facts[0].value) == ("Order record", "#77")


def test_a_customer_who_came_over_leaves_a_log_on_both_sides_and_neither_sees_the_other(
    mine: Desk, moving_clock: MovingClock
) -> None:
    theirs = desk()
    customer = bound(theirs)
    evidence: dict[str, int | str | None] = {"order_id": 5}
    bind(customer_id=customer.pk, shop_id=mine.shop.pk, reason="order_paid", evidence=evidence)
    # Refused while she was protected: she never was a customer here.
    assert mine.client.get(reverse("workbench:customer", args=[customer.pk])).status_code == HTTPStatus.NOT_FOUND
    moving_clock.advance(days=16)
    bind(customer_id=customer.pk, shop_id=mine.shop.pk, reason="order_paid", evidence=evidence)
    answer = mine.client.get(reverse("workbench:customer", args=[customer.pk]))
    assert [entry.title for entry in answer.context["log"]] == [
        "Came over from another shop",
        "Did not come over: another shop was protected",
    ]
    assert theirs.shop.name not in answer.content.decode()
    lost = theirs.client.get(reverse("workbench:customer", args=[customer.pk]))
    assert lost.context["binding"].status == Binding.Status.ENDED
    assert mine.shop.name not in lost.content.decode()


def test_who_left_stands_on_a_page_of_her_own(mine: Desk, moving_clock: MovingClock) -> None:
    bound(mine, make_member("走了的人"))
    moving_clock.advance(days=91)
    assert end_expired_bindings(10) == 1
    assert mine.client.get(CUSTOMERS).context["rows"] == []
    ((row, _trust),) = mine.client.get(CUSTOMERS, {"left": "1"}).context["rows"]
    assert row.name == "走了的人"


@pytest.mark.parametrize("left", [timedelta(days=1), timedelta(days=14)])
def test_a_customer_who_leaves_soon_is_marked(mine: Desk, moving_clock: MovingClock, left: timedelta) -> None:
    bound(mine)
    moving_clock.travel(moving_clock.now + timedelta(days=90) - left)
    assert f"{left.days} day" in mine.client.get(CUSTOMERS).content.decode()
    assert "badge-warn" in mine.client.get(CUSTOMERS).content.decode()


def test_a_stranger_is_not_found(mine: Desk) -> None:
    assert mine.client.get(reverse("workbench:customer", args=[make_member().pk])).status_code == HTTPStatus.NOT_FOUND

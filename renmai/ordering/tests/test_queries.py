from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.utils import translation

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.ordering import queries
from renmai.ordering.actions import after_sales, refunding, shipping
from renmai.ordering.actions.after_sales import ClaimRequest
from renmai.ordering.models import AfterSale, Order
from renmai.ordering.queries import OrderFilter
from renmai.ordering.queries.paging import page_of
from renmai.ordering.tests.making import (
    broken,
    fresh,
    lines,
    paid,
    parcels,
    placed,
    placed_line,
    received,
    refused,
    shipped,
    skus_of,
)
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


def claim_of(order: Order, *, kind: str = "refund", quantity: int = 1) -> AfterSale:
    wanted = ClaimRequest(order.number, lines(order)[0].pk, kind, quantity, "quality")
    return after_sales.request(order.buyer, wanted, idempotency_key=f"{kind}-{quantity}")


@pytest.mark.parametrize("number", [1, 20])
def test_lists_cost_the_same_whatever_their_length(number: int, statements: Statements) -> None:
    buyer, actor = make_member(), make_staff()
    for _one in range(number):
        order = shipped(buyer, *[placed_line(sku) for sku in skus_of(2)])
        claim_of(order)
        paid(buyer, placed_line(skus_of(1)[0]))
    with statements(2):
        assert sum(len(row.lines.all()) for row in queries.orders_of(buyer, status="shipped").items) == 2 * number
    with statements(2):
        assert len(queries.orders_of(buyer, status="open_claims").items) == number
    with statements(2):
        counts = {entry.status: entry.count for entry in queries.order_counts(buyer)}
    assert counts == {"paid": number, "shipped": number, "open_claims": number}
    with statements(1):
        assert [claim.order.number for claim in queries.after_sales_of(buyer).items]
    with statements(2):
        assert len(queries.after_sales_waiting(actor).items) == number
    with statements(4):
        found = queries.shipments_waiting(actor).items
        assert sum(len(parcel.lines.all()) for parcel in found) == number
        assert all(parcel.order.number and parcel.supplier.name and parcel.lines.all()[0].order_line.title for parcel in found)
    with statements(3):
        assert len(queries.all_orders(actor, OrderFilter(status="paid")).items) == number


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_of_an_order_costs_eight_statements(number: int, statements: Statements) -> None:
    order = shipped(make_member(), *[placed_line(sku) for sku in skus_of(number)])
    claim_of(order)
    with statements(8):
        page = queries.order_page(order.buyer, order.number)
        assert [len(view.lines) for view in page.shipments] == [1] * number
        assert len(page.claim_options) == number
    assert (page.can_pay, page.can_cancel, page.can_confirm, page.pickup_code) == (False, False, True, "")
    assert [entry.step for entry in page.timeline] == ["placed", "paid", "shipped", "claim_opened"]


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_of_a_claim_costs_four_statements(number: int, statements: Statements) -> None:
    order = shipped(make_member(), placed_line(skus_of(1)[0], 20))
    for quantity in range(number - 1):
        after_sales.withdraw(order.buyer, claim_of(order, quantity=quantity + 1).number)
    claim = claim_of(order, quantity=20)
    with statements(4):
        page = queries.after_sale_page(order.buyer, claim.number)
    assert (page.can_withdraw, page.can_send_back, page.can_approve, page.replacement) == (True, False, False, None)
    staff = queries.after_sale_page(make_staff(Role.SERVICE), claim.number)
    assert (staff.can_approve, staff.can_reject, staff.can_receive_back, staff.can_withdraw) == (True, True, False, False)


@pytest.mark.parametrize("role", [None, *Role])
def test_who_sees_an_order_and_its_claims(role: Role | None) -> None:
    order = shipped()
    claim = claim_of(order)
    who = make_member() if role is None else make_staff(role)
    if role is None or role == Role.ANALYST:
        for look in (
            lambda: queries.access_order(who, order.number),
            lambda: queries.order_page(who, order.number),
            lambda: queries.access_after_sale(who, claim.number),
            lambda: queries.after_sale_page(who, claim.number),
        ):
            with refused("request.not_found"):
                look()
        for listing in (
            lambda: queries.all_orders(who, OrderFilter()),
            lambda: queries.after_sales_waiting(who),
            lambda: queries.shipments_waiting(who),
            lambda: queries.shipments_of(who, status="shipped"),
            lambda: queries.shipments_csv(who),
            lambda: queries.pickups_waiting(who),
        ):
            with refused("request.forbidden"):
                listing()
    else:
        assert queries.access_order(who, order.number) == order
        assert queries.access_after_sale(who, claim.number) == claim
        assert len(queries.all_orders(who, OrderFilter()).items) == 1
        assert len(queries.shipments_of(who, status="shipped").items) == 1


def test_the_staff_finds_an_order_by_what_a_customer_says() -> None:
    actor, order = make_staff(), paid(None, placed_line(skus_of(1)[0]))
    Order.objects.filter(pk=order.pk).update(recipient="林晓", phone="13912345678", source="shop", shop_id=7)
    shipping.ship(actor, parcels(order)[0].pk, carrier="sf", tracking_number="SF1234567890")
    paid()
    for wanted in (
        OrderFilter(text=order.number.lower()),
        OrderFilter(text=" 林晓 "),
        OrderFilter(text="13912345678"),
        OrderFilter(text="SF1234567890"),
        OrderFilter(shop_id=7),
        OrderFilter(status="shipped"),
        OrderFilter(placed_to=order.placed_at + timedelta(microseconds=1)),
    ):
        assert [row.pk for row in queries.all_orders(actor, wanted).items] == [order.pk]
    assert queries.all_orders(actor, OrderFilter(source="import")).items == ()
    assert queries.all_orders(actor, OrderFilter(placed_from=order.placed_at + timedelta(days=1))).items == ()


def test_a_list_is_cut_into_pages() -> None:
    buyer = make_member()
    made = [placed(buyer, placed_line(skus_of(1)[0])).pk for _one in range(3)]
    rows = Order.objects.order_by("pk")
    first, second, beyond = (page_of(rows, number=number, size=2) for number in (0, 2, 3))
    assert ([row.pk for row in first.items], first.number, first.has_next, first.has_previous) == (made[:2], 1, True, False)
    assert ([row.pk for row in second.items], second.has_next, second.has_previous) == (made[2:], False, True)
    assert beyond.items == ()


def test_what_can_be_claimed_and_what_it_brings() -> None:
    waiting = paid(None, placed_line(skus_of(1, price_fen=333)[0], 3, freight_fen=100))
    (options,) = queries.after_sale_options(waiting)
    assert (options.claimable, options.kinds) == (3, ("refund",))
    assert options.refund_fen_for == (333 + 33, 666 + 66, 999 + 100)
    (options,) = queries.after_sale_options(shipped(None, placed_line(skus_of(1, price_fen=333)[0], 3, freight_fen=100)))
    assert (options.kinds, options.refund_fen_for) == (("refund", "return", "exchange"), (333, 666, 999))
    order = received()
    claim_of(order, quantity=2)
    (options,) = queries.after_sale_options(order)
    assert (options.claimable, options.kinds, options.refund_fen_for) == (0, (), ())
    assert queries.after_sale_options(placed()) == ()
    assert queries.open_after_sale_lines([line.pk for line in lines(order)]) == {lines(order)[0].pk}
    assert queries.open_after_sale_lines([]) == frozenset()


def test_a_timeline_speaks_the_language_and_hides_the_staff_from_customers() -> None:
    actor, order = make_staff(), paid()
    shipping.ship(actor, parcels(order)[0].pk, carrier="sf", tracking_number="SF1234567890")
    with translation.override("zh-hans"):
        entries = queries.timeline(order.buyer, order)
    assert [entry.title for entry in entries] == ["提交订单", "付款成功", "包裹已发出", "全部商品已发出"]
    assert entries[2].detail == "顺丰速运 SF1234567890"
    assert {entry.actor_name for entry in entries} == {""}
    assert [entry.actor_name for entry in queries.timeline(actor, order)][2] == "店员"
    with translation.override("en"):
        assert queries.tracking_text("sf SF1") == "SF Express SF1"
        assert queries.tracking_text("by hand") == "by hand"


def test_the_pages_of_a_claim_follow_its_states() -> None:
    order = shipped()
    claim = claim_of(order, kind="exchange")
    after_sales.approve_return(claim, actor_id=None)
    assert queries.after_sale_page(order.buyer, claim.number).can_send_back
    after_sales.send_back(order.buyer, claim.number, carrier="sf", tracking_number="SF1234567890")
    page = queries.after_sale_page(order.buyer, claim.number)
    assert (page.can_withdraw, page.can_send_back) == (False, False)
    parcel = refunding.begin_replacement(after_sales.find(claim.number), actor_id=None)
    assert not queries.after_sale_page(order.buyer, claim.number).can_confirm
    shipping.ship(make_staff(), parcel.pk, carrier="sf", tracking_number="SF1234567890")
    page = queries.after_sale_page(order.buyer, claim.number)
    assert page.can_confirm
    assert page.replacement == parcel
    assert refunding.finish_replacement(after_sales.find(claim.number), actor_id=None)
    assert fresh(order).status == "shipped"
    assert broken() == []


def test_how_much_waits_for_the_staff(statements: Statements, moving_clock: MovingClock) -> None:
    actor = make_staff(Role.FULFILMENT)
    paid(None, *[placed_line(sku) for sku in skus_of(2)])
    paid(None, placed_line(skus_of(1)[0]), delivery=Order.Delivery.PICKUP)
    order = shipped(None, placed_line(skus_of(1)[0], 2))
    claim_of(order)
    coming_back = claim_of(order, kind="return")
    after_sales.approve_return(coming_back, actor_id=None)
    after_sales.send_back(order.buyer, coming_back.number, carrier="sf", tracking_number="SF1234567890")
    with statements(5):
        assert queries.open_work(actor) == queries.OpenWork(2, 0, 1, 1, 0, 1)
    moving_clock.advance(days=3)
    assert queries.open_work(actor) == queries.OpenWork(2, 2, 1, 1, 1, 1)
    for nobody in (make_member(), make_staff(Role.ANALYST)):
        with refused("request.forbidden"):
            queries.open_work(nobody)

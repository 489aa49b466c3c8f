"""Figures against a small world whose truth is counted by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Category, Product, Sku, Supplier
from renmai.insight.actions import recognise_visitor, record_view
from renmai.insight.queries import Period, dashboard, figure, figure_rows, recently_seen
from renmai.kernel import clock
from renmai.ordering.models import AfterSale, Order, OrderLine
from renmai.sharing.models import Share, Visit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)
MAY = Period(NOON.date() - timedelta(days=9), NOON.date())


def user(name: str) -> User:
    return User.objects.create(display_name=name)


def product(code: str) -> Product:
    category, _new = Category.objects.get_or_create(slug="tea", defaults={"name_zh": "茶", "name_en": "Tea"})
    supplier, _new = Supplier.objects.get_or_create(code="hill", defaults={"name_zh": "山", "name_en": "Hill"})
    return Product.objects.create(code=code, category=category, supplier=supplier, title_zh=code, status="listed")


def buy(
    buyer: User, item: Product, *, at: datetime, fen: int = 1000, funnel: str = "search", shop_id: int | None = None
) -> Order:
    order = Order.objects.create(
        number=f"R{Order.objects.count()}",
        buyer=buyer,
        goods_fen=fen,
        payable_fen=fen,
        idempotency_key=str(Order.objects.count()),
        placed_at=at,
        pay_before=at,
        paid_at=at,
        status="paid",
        funnel=funnel,
        shop_id=shop_id,
    )
    sku, _new = Sku.objects.get_or_create(product=item, code=f"{item.code}-1", defaults={"price_fen": fen})
    OrderLine.objects.create(
        order=order,
        sku=sku,
        product_id_at_order=item.pk,
        supplier=item.supplier,
        title_zh="x",
        unit_price_fen=fen,
        quantity=1,
        amount_fen=fen,
    )
    return order


def look(buyer: User | None, item: Product, *, at: datetime, visitor: Visitor | None = None) -> None:
    with clock.travel(at):
        record_view(visitor or Visitor.objects.create(user=buyer), buyer, product_id=item.pk, funnel="social")


def values() -> dict[str, float | None]:
    return {each.key: each.value for each in dashboard(MAY)}


def test_an_empty_shop_says_nothing_it_does_not_know() -> None:
    assert values() == {
        "kept_customers": 0,
        "returned": None,
        "complained": None,
        "sales": 0,
        "net_sales": 0,
        "orders": 0,
        "conversion": None,
        "first_view": None,
        "repurchase_30": None,
        "repurchase_90": None,
        "social_share": None,
        "entry_gini": None,
        "new_channel": None,
    }


def test_sales_refunds_and_channels() -> None:
    tea, lin, wu = product("tea"), user("Lin"), user("Wu")
    buy(lin, tea, at=NOON, fen=3000, funnel="social", shop_id=7)
    partly_back = buy(wu, tea, at=NOON - timedelta(days=1), fen=1000)
    Order.objects.filter(pk=partly_back.pk).update(refunded_fen=400)
    buy(wu, tea, at=MAY.start - timedelta(seconds=1), fen=9999)
    found = values()
    assert (found["sales"], found["net_sales"], found["orders"]) == (4000, 3600, 2)
    assert (found["social_share"], found["new_channel"]) == (0.75, 0.75)
    sales = figure("sales", MAY)
    assert sales is not None
    assert sales.previous == 9999
    assert [point.value for point in sales.series[-2:]] == [1000, 3000]
    assert [order.buyer for order in figure_rows("social_share", MAY)] == [lin]


def test_the_north_star_counts_customers_who_kept_what_a_shop_brought() -> None:
    tea, lin, wu, he = product("tea"), user("Lin"), user("Wu"), user("He")
    kept = [buy(lin, tea, at=NOON - timedelta(days=40 + number), shop_id=7) for number in range(2)]
    gave_back = buy(wu, tea, at=NOON - timedelta(days=2), shop_id=7)
    nobody_brought = buy(he, tea, at=NOON - timedelta(days=1))
    for order in (*kept, gave_back, nobody_brought):
        Order.objects.filter(pk=order.pk).update(status="settled", settled_at=NOON)
    settled_later = buy(he, tea, at=NOON, shop_id=7)
    Order.objects.filter(pk=settled_later.pk).update(status="settled", settled_at=MAY.end)
    Order.objects.filter(pk=gave_back.pk).update(refunded_fen=1)
    OrderLine.objects.filter(order=gave_back).update(quantity=2, amount_fen=2000, claimed_quantity=1, refunded_quantity=1)
    AfterSale.objects.create(
        number="A1",
        order=nobody_brought,
        order_line=OrderLine.objects.get(order=nobody_brought),
        kind="refund",
        reason="quality",
        quantity=1,
        amount_fen=1,
        is_quality_issue=True,
        idempotency_key="a1",
        deadline_at=NOON,
    )
    found = values()
    assert (found["kept_customers"], found["returned"], found["complained"]) == (1, 1 / 4, 1 / 3)
    assert [order.number for order in figure_rows("kept_customers", MAY)] == [order.number for order in kept]
    assert [list(figure_rows(key, MAY)) for key in ("returned", "complained")] == [[gave_back], [nobody_brought]]


def test_conversion_counts_people_not_clicks() -> None:
    tea, lin, wu = product("tea"), user("Lin"), user("Wu")
    for _again in range(3):
        look(lin, tea, at=NOON - timedelta(hours=1))
    look(wu, tea, at=NOON - timedelta(hours=1))
    guest = Visitor.objects.create()
    look(None, tea, at=NOON, visitor=guest)
    look(None, tea, at=NOON, visitor=guest)
    buy(lin, tea, at=NOON)
    assert values()["conversion"] == pytest.approx(1 / 3)
    recognise_visitor(visitor_id=str(guest.pk), user_id=lin.pk)
    assert values()["conversion"] == pytest.approx(1 / 2)


def test_first_view_to_order_is_the_median_over_the_orders_products() -> None:
    tea, cup = product("tea"), product("cup")
    for name, minutes in (("Lin", 10), ("Wu", 30), ("He", 120)):
        buyer = user(name)
        look(buyer, tea, at=NOON - timedelta(minutes=minutes))
        look(buyer, tea, at=NOON - timedelta(minutes=1))
        look(buyer, cup, at=NOON - timedelta(days=2))
        buy(buyer, tea, at=NOON)
    buy(user("Without a look"), tea, at=NOON)
    assert values()["first_view"] == 30


def test_repurchase_has_a_fixed_window_for_everybody() -> None:
    tea = product("tea")
    first = MAY.end - timedelta(days=45)
    again, late, once, early = user("again"), user("late"), user("once"), user("early")
    for buyer in (again, late, once):
        buy(buyer, tea, at=first)
    buy(again, tea, at=first + timedelta(days=29))
    buy(late, tea, at=first + timedelta(days=31))
    buy(early, tea, at=MAY.end - timedelta(days=10))
    assert values()["repurchase_30"] == pytest.approx(1 / 3)
    assert [order.buyer for order in figure_rows("repurchase_30", MAY)] == [again]


def test_entries_carry_alike_or_one_carries_all() -> None:
    links = [
        Share.objects.create(sharer=user("S"), kind="product", product=product(f"p{number}"), target=str(number))
        for number in range(2)
    ]
    for link, openings in zip(links, (3, 3), strict=True):
        for _opening in range(openings):
            Visit.objects.create(share=link, visitor=Visitor.objects.create(), at=NOON)
    assert values()["entry_gini"] == pytest.approx(0)
    for _opening in range(6):
        Visit.objects.create(share=links[0], visitor=Visitor.objects.create(), at=NOON)
    Visit.objects.create(share=links[1], visitor=Visitor.objects.create(), at=NOON, is_valid=False)
    assert values()["entry_gini"] == pytest.approx(0.25)


def test_recently_seen_is_newest_first_each_once() -> None:
    tea, cup, gone, lin = product("tea"), product("cup"), product("gone"), user("Lin")
    for item in (tea, cup, gone, tea):
        look(lin, item, at=NOON)
    Product.objects.filter(pk=gone.pk).update(status="delisted")
    assert recently_seen(None, lin) == [tea, cup]

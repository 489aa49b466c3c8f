"""The three funnels and the channels, against a count by hand from the raw rows."""

from datetime import timedelta
from statistics import median

import pytest

from renmai.accounts.models import User, Visitor
from renmai.insight.models import View
from renmai.insight.queries import Period, figure
from renmai.insight.spread.estimates import share
from renmai.insight.value import queries
from renmai.insight.value.tests.shop import DAY, START, Town
from renmai.ordering.models import Order, OrderLine

pytestmark = pytest.mark.django_db
PERIOD = Period(START.date(), START.date() + timedelta(days=29))


def look(town: Town, who: User | None, day: float, funnel: str, *, visitor: Visitor | None = None) -> Visitor:
    visitor = visitor or Visitor.objects.create(user=who)
    View.objects.create(visitor=visitor, user=who, product=town.sku().product, funnel=funnel, at=START + day * DAY)
    return visitor


def buy(town: Town, who: User, day: float, funnel: str, **fields: object) -> Order:
    order = town.order(who, day, funnel=funnel, **fields)  # type: ignore[arg-type]
    sku = town.sku()
    OrderLine.objects.create(
        order=order,
        sku=sku,
        product_id_at_order=sku.product_id,
        supplier=sku.product.supplier,
        title_zh="茶",
        unit_price_fen=1000,
        quantity=1,
        amount_fen=1000,
    )
    return order


def steps(kind: str) -> dict[str, int]:
    found = next(each for each in queries.funnels(PERIOD) if each.kind == kind)
    return {step.key: step.people for step in found.steps}


def test_nothing_happened() -> None:
    assert steps("search") == {"looked": 0, "ordered": 0, "paid": 0, "kept": 0}
    assert all(each.whole is None for each in queries.funnels(PERIOD))
    assert queries.through_people(PERIOD) is None


def test_each_step_counts_people_who_took_the_one_before() -> None:
    town = Town()
    anna, bea, cleo, dora = (town.user() for _person in range(4))
    for who, day in ((anna, 1), (anna, 2), (bea, 1), (cleo, 1), (None, 3)):
        look(town, who, day, "search")
    look(town, dora, 40, "search")
    buy(town, anna, 3, "search")
    buy(town, anna, 4, "search")
    buy(town, bea, 3, "search", status="refunded", refunded_fen=1000)
    buy(town, cleo, 3, "search", paid=False)
    buy(town, dora, 3, "search")
    look(town, cleo, 0, "content")
    buy(town, cleo, 0.5, "search")
    assert steps("search") == {"looked": 4, "ordered": 3, "paid": 2, "kept": 1}
    assert steps("content") == {"looked": 1, "ordered": 0, "paid": 0, "kept": 0}
    found = next(each for each in queries.funnels(PERIOD) if each.kind == "search")
    assert found.whole == share(1, 4)
    assert [step.of_before for step in found.steps] == [None, share(3, 4), share(2, 3), share(1, 2)]


def test_the_social_way_begins_with_opening_a_link() -> None:
    town = Town()
    giver, friend, guest, stranger = (town.user() for _person in range(4))
    link = town.product_link(giver, 0)
    browser = town.visit(link, friend, 1)
    look(town, friend, 1.01, "social", visitor=browser)
    town.visit(link, guest, 2)
    town.visit(link, giver, 2, is_valid=False)
    look(town, stranger, 3, "social")
    buy(town, friend, 4, "social", shop_id=None)
    buy(town, stranger, 4, "social")
    assert steps("social") == {"opened": 2, "looked": 1, "ordered": 1, "paid": 1, "kept": 1}


def test_channels_add_up_to_the_figures_of_the_first_page() -> None:
    town = Town()
    buyers = [town.user() for _person in range(12)]
    waits: dict[str, list[float]] = {"social": [], "search": []}
    for number, who in enumerate(buyers):
        kind = "social" if number % 2 else "search"
        look(town, who, number, "content")
        look(town, who, number + 0.2, kind)
        order = buy(town, who, number + 0.5 + number / 100, kind, shop_id=7 if number % 3 == 0 else None)
        waits[kind].append((order.placed_at - (START + number * DAY)).total_seconds() / 60)
    town.order(town.user(), 3, funnel="imported")
    found = {each.kind: each for each in queries.channels(PERIOD)}
    assert {kind: each.orders for kind, each in found.items()} == {"search": 6, "content": 0, "social": 6, "imported": 1}
    assert sum(each.sales_fen for each in found.values()) == 13_000
    new = figure("new_channel", PERIOD)
    assert new is not None
    assert sum(each.part or 0 for each in found.values() if each.is_new) == pytest.approx(new.value)
    for kind, minutes in waits.items():
        estimate = found[kind].first_look_minutes
        assert estimate is not None
        assert estimate.value == pytest.approx(median(minutes))
        assert (estimate.low, estimate.high) == pytest.approx((min(minutes), max(minutes)))
    assert found["imported"].first_look_minutes is None
    assert queries.through_people(PERIOD) == share(4, 13)
    rows = list(queries.channel_orders(PERIOD, limit=100))
    assert len(rows) == 13
    assert sorted(row.minutes for row in rows if row.minutes is not None) == pytest.approx(
        sorted(each for both in waits.values() for each in both)
    )
    assert len(list(queries.channel_orders(PERIOD, limit=5))) == 5

"""The three funnels and the channels, against a count by hand from the raw rows."""

from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import ibis
import pytest
from pytest_django import Settings

from renmai.accounts.actions import give_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Product
from renmai.insight.models import View
from renmai.insight.queries import Period, figure, last_days
from renmai.insight.spread.estimates import share
from renmai.insight.stream.actions import merge
from renmai.insight.stream.actions.taking_in import record
from renmai.insight.stream.models import EventRow
from renmai.insight.stream.records import Fact
from renmai.insight.stream.store import reading
from renmai.insight.stream.tests.happenings import happened
from renmai.insight.value import actions, queries
from renmai.insight.value.actions import counting_funnels
from renmai.insight.value.models import FunnelCount, FunnelStep
from renmai.insight.value.steps import counted
from renmai.insight.value.tests.shop import DAY, NOW, START, Town
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
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


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    settings.RENMAI_HOME = tmp_path


def tell(name: str, who: User | Visitor | None, day: float, town: Town, **properties: Any) -> None:
    """One event of somebody: of a member, of a browser, or of nobody known."""
    happened(
        name,
        user=who if isinstance(who, User) else None,
        visitor=who if isinstance(who, Visitor) else None,
        product=None if name in {"searched", "share_opened"} else town.sku().product,
        at=START + day * DAY,
        **properties,
    )


def search(town: Town, who: User | Visitor | None, day: float) -> None:
    tell("searched", who, day, town, query="茶", found=3)


def see(town: Town, who: User | Visitor | None, day: float, funnel: str) -> None:
    tell("product_viewed", who, day, town, funnel=funnel)


def put(town: Town, who: User | Visitor | None, day: float) -> None:
    tell("cart_added", who, day, town, pieces=1)


def count() -> None:
    actions.ask_for_funnels(PERIOD)
    with clock.travel(NOW):
        assert actions.count_funnels(1) == 1


def steps(kind: str) -> dict[str, int]:
    found = next(each for each in queries.funnels(PERIOD).ways if each.kind == kind)
    return {step.key: step.people for step in found.steps}


def unknown(kind: str) -> dict[str, int]:
    found = next(each for each in queries.funnels(PERIOD).ways if each.kind == kind)
    return {step.key: step.unknown for step in found.steps if step.unknown}


def test_nothing_happened() -> None:
    assert queries.funnels(PERIOD) == queries.Funnels((), None, is_asked=False)
    actions.ask_for_funnels(PERIOD)
    assert queries.funnels(PERIOD).is_asked
    count()
    assert steps("search") == {"searched": 0, "looked": 0, "carted": 0, "ordered": 0, "paid": 0, "kept": 0}
    assert all(each.whole is None for each in queries.funnels(PERIOD).ways)
    assert queries.through_people(PERIOD) is None


def test_each_step_counts_people_who_took_the_one_before() -> None:
    town = Town()
    anna, bea, cleo, dora, emil = (town.user() for _person in range(5))
    guest = Visitor.objects.create()
    for who, day in ((anna, 1), (anna, 2), (bea, 1), (cleo, 1), (guest, 3), (emil, 5)):
        search(town, who, day)
        see(town, who, day + 0.1, "search")
    slow = town.user()
    see(town, slow, 7, "search")
    search(town, slow, 7 + 5 / 86_400)  # her browser's clock is five seconds ahead
    see(town, dora, 1, "search")  # nobody told us that she searched
    search(town, dora, 40)
    put(town, anna, 2.5)
    put(town, cleo, 0.5)  # before she looked
    put(town, guest, 3.2)
    put(town, guest, 3.3)
    buy(town, anna, 3, "search")
    buy(town, anna, 4, "search")
    buy(town, bea, 3, "search", status="refunded", refunded_fen=1000)  # at once, without a cart
    buy(town, cleo, 0.9, "search")  # before she searched
    buy(town, dora, 3, "search")
    buy(town, emil, 6, "content")
    see(town, cleo, 0, "content")
    buy(town, cleo, 0.5, "content", paid=False)
    count()
    assert steps("search") == {"searched": 6, "looked": 6, "carted": 3, "ordered": 2, "paid": 2, "kept": 1}
    assert steps("content") == {"looked": 1, "carted": 1, "ordered": 1, "paid": 0, "kept": 0}
    assert unknown("search") == {"ordered": 2, "paid": 2, "kept": 2}, "of Cleo and Dora nobody saw how they came"
    assert unknown("content") == {"ordered": 1, "paid": 1, "kept": 1}
    found = next(each for each in queries.funnels(PERIOD).ways if each.kind == "search")
    assert found.whole == share(1, 6)
    assert [step.of_before for step in found.steps] == [None, share(6, 6), share(3, 6), share(2, 3), share(2, 2), share(1, 2)]


def test_the_social_way_begins_with_opening_a_link() -> None:
    town = Town()
    friend, stranger = town.user(), town.user()
    guest = Visitor.objects.create()
    for who, day in ((friend, 1), (guest, 2)):
        tell("share_opened", who, day, town)
    see(town, friend, 1.01, "social")
    see(town, guest, 1.9, "social")  # before she opened it
    see(town, stranger, 3, "social")
    buy(town, friend, 4, "social")
    buy(town, stranger, 4, "social")
    count()
    assert steps("social") == {"opened": 2, "looked": 1, "carted": 1, "ordered": 1, "paid": 1, "kept": 1}


def test_who_does_not_let_us_keep_what_she_looks_at_is_nobody_known() -> None:
    town = Town()
    open_minded, private = make_member(), make_member()
    give_consent(open_minded, Purpose.BROWSING)
    for who in (open_minded, private):
        product = town.sku().product
        record([Fact("product_viewed", ("test", who.pk), START + DAY, who.pk, None, product.pk, None, {"funnel": "content"})])
        buy(town, who, 2, "content")
    count()
    assert steps("content") == {"looked": 1, "carted": 1, "ordered": 1, "paid": 1, "kept": 1}
    assert unknown("content") == {"looked": 1, "ordered": 1, "paid": 1, "kept": 1}


def test_what_a_browser_did_is_hers_once_she_is_recognised() -> None:
    town = Town()
    anna, browser = make_member(), Visitor.objects.create()
    give_consent(anna, Purpose.BROWSING)
    see(town, browser, 1, "content")
    see(town, anna, 2, "content")
    buy(town, anna, 3, "content")
    count()
    assert steps("content")["looked"] == 2
    merge(visitor_id=browser.pk, user_id=anna.pk)
    count()
    assert steps("content") == {"looked": 1, "carted": 1, "ordered": 1, "paid": 1, "kept": 1}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_as_followed_person_by_person(seed: int) -> None:
    """Against a walk through each person's own events in their order, without any table; and on a second engine."""
    town, draw = Town(), Random(seed)  # noqa: S311  a made-up world
    people: list[User | Visitor | None] = [None]
    people += [town.user() for _person in range(12)] + [Visitor.objects.create() for _browser in range(6)]
    products = [Product.objects.create(code=f"p{number}", **shelf(town)) for number in range(3)]
    for _event in range(350):
        name = draw.choice(["searched", "share_opened", "product_viewed", "product_viewed", "cart_added"])
        said: dict[str, dict[str, Any]] = {
            "searched": {"query": "茶", "found": 1},
            "product_viewed": {"funnel": draw.choice(["search", "content", "social"])},
            "cart_added": {"pieces": 1},
        }
        who = draw.choice(people)
        happened(
            name,
            user=who if isinstance(who, User) else None,
            visitor=who if isinstance(who, Visitor) else None,
            product=draw.choice(products) if name in {"product_viewed", "cart_added"} else None,
            at=START + draw.random() * 34 * DAY,
            **said.get(name, {}),
        )
    for _order in range(150):
        fields: dict[str, Any] = {"status": "refunded", "refunded_fen": 1000} if draw.random() < 0.2 else {}
        buyer = draw.choice([each for each in people if isinstance(each, User)])
        kind = draw.choice(["search", "content", "social", "imported"])
        town.order(buyer, draw.random() * 34, funnel=kind, paid=bool(fields) or draw.random() < 0.7, **fields)
    count()
    for kind in ("search", "content", "social"):
        walked = {step: len(by_hand(kind, step)) for step in steps(kind)}
        assert steps(kind) == walked
        assert walked["kept"], "a world in which nobody comes to the end shows nothing"
    other = ibis.polars.connect()
    events = reading.events(PERIOD.start, PERIOD.end, on=other)
    again = counted(events, counting_funnels._placed(PERIOD.start, PERIOD.end), on=other)
    kept = FunnelStep.objects.values_list("kind", "key", "people", "unknown")
    assert sorted((each.kind, each.key, each.people, each.unknown) for each in again) == sorted(kept)


def shelf(town: Town) -> dict[str, Any]:
    product = town.sku().product
    return {"category": product.category, "supplier": product.supplier, "title_zh": "茶", "status": "listed"}


def by_hand(kind: str, step: str) -> set[tuple[str, Any]]:
    """Who took ``step`` of a way, walking through each person's events one by one."""
    begins = {"search": "searched", "social": "share_opened"}.get(kind)
    took: set[tuple[str, Any]] = set()
    lives: dict[tuple[str, Any], list[Any]] = {}
    for row in EventRow.objects.filter(at__gte=PERIOD.start, at__lt=PERIOD.end):
        if row.user_id or row.visitor_id:
            lives.setdefault(("m", row.user_id) if row.user_id else ("b", row.visitor_id), []).append(row)
    for who, rows in lives.items():
        rows.sort(key=lambda row: row.at)
        starts = [row.at for row in rows if row.name == begins] if begins else [PERIOD.start]
        looks = [
            row
            for row in rows
            if row.name == "product_viewed" and row.properties["funnel"] == kind and any(at <= row.at for at in starts)
        ]
        orders = (
            [
                order
                for order in Order.objects.filter(
                    buyer_id=who[1], funnel=kind, placed_at__gte=PERIOD.start, placed_at__lt=PERIOD.end
                )
                if who[0] == "m" and any(look.at <= order.placed_at for look in looks)
            ]
            if who[0] == "m"
            else []
        )
        carts = [
            row.at
            for row in rows
            if row.name == "cart_added" and any(look.product_id == row.product_id and look.at <= row.at for look in looks)
        ] + [order.placed_at for order in orders]
        late = [order for order in orders if any(at <= order.placed_at for at in carts)]
        reached = {
            "searched": bool(starts) and kind == "search",
            "opened": bool(starts) and kind == "social",
            "looked": bool(looks),
            "carted": bool(carts),
            "ordered": bool(late),
            "paid": any(order.paid_at for order in late),
            "kept": any(order.paid_at and order.refunded_fen < order.payable_fen for order in late),
        }
        if reached[step]:
            took.add(who)
    return took


def test_periods_that_end_today_are_counted_by_themselves_and_again() -> None:
    town = Town()
    see(town, town.user(), 59, "content")
    with clock.travel(NOW):
        assert actions.count_funnels(10) == 3
        assert actions.count_funnels(10) == 0
        found = queries.funnels(last_days(7))
        assert [step.people for step in found.ways[1].steps] == [1, 0, 0, 0, 0]
        assert found.counted_at == clock.now()
    see(town, town.user(), 60, "content")
    with clock.travel(NOW + timedelta(minutes=61)):
        assert actions.count_funnels(10) == 3
        assert [step.people for step in queries.funnels(last_days(7)).ways[1].steps] == [2, 0, 0, 0, 0]
    with clock.travel(NOW + 4 * DAY):
        actions.count_funnels(10)
        assert FunnelCount.objects.count() == 3


def test_too_many_periods_at_once_are_refused_and_the_same_one_never() -> None:
    periods = [Period(START.date(), START.date() + timedelta(days=each)) for each in range(21)]
    for each in periods[:20]:
        actions.ask_for_funnels(each)
    with pytest.raises(DomainError, match=r"value\.too_many_counts"):
        actions.ask_for_funnels(periods[20])
    actions.ask_for_funnels(periods[0])
    assert FunnelCount.objects.count() == 20


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

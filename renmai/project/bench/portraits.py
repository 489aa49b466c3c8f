"""Portraits of many members: how long a rebuild of all takes, and how soon a segment's size is known."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from renmai.project.bench.plan import Bench
from renmai.project.bench.report import Aim, number
from renmai.project.bench.world import World

MEMBERS: Final = 100_000
QUICK_MEMBERS: Final = 10_000
REBUILT_SECONDS: Final = 60
COUNTED_SECONDS: Final = 2
PRODUCTS: Final = 400
SHELVES: Final = 24
BRANDS: Final = 40
WORDS: Final = 60
LOOKS_EACH: Final = 10
DAYS: Final = 60
CHUNK: Final = 5_000
SEED: Final = 11
EVENT: Final = (
    *("position", "event_id", "name", "version", "source", "user_id", "product_id", "at", "received_at", "properties"),
)


def run(bench: Bench, fresh: World) -> None:
    """Measure in a shop like ``fresh`` whose members looked ``LOOKS_EACH`` times each and bought once."""
    if not bench.wants("portraits"):
        return
    members = QUICK_MEMBERS if bench.options.is_quick else MEMBERS
    bench.say(f"portraits of {number(members)} members")
    world = bench.ground.copy(fresh, "portraits")
    made = world.do("people_with_looks", members=members)
    found = world.do("portray", times=3)
    detail = (
        f"{number(made['events'])} events and {number(made['orders'])} orders become {number(found['interests'])} interests; "
    )
    detail += f"{number(found['processor_seconds'])} s of our processor time"
    aim = Aim(REBUILT_SECONDS, at_most=True)
    bench.add(f"portraits of {number(members)} members rebuilt", found["rebuilt_seconds"], "s", aim=aim, detail=detail)
    detail = f"of {found['asked']} kinds of conditions; the slowest: {found['slowest']}"
    aim = Aim(COUNTED_SECONDS, at_most=True)
    bench.add(f"size of a segment, {number(members)} members", found["counted_seconds"], "s", aim=aim, detail=detail)


def people_with_looks(*, members: int) -> dict[str, int]:
    """Make members who agreed, a catalogue, looks and orders; the same every time."""
    from django.db import transaction

    draw = random.Random(SEED)  # noqa: S311  the same every time  # nosec B311
    with transaction.atomic():
        goods = _goods(draw)
        people = _people(members)
        orders = _orders(draw, people, goods)
    with transaction.atomic():
        events = _looks(draw, people, [pk for pk, _sku in goods])
    return {"events": events, "orders": orders}


def portray(*, times: int) -> dict[str, Any]:
    """Rebuild all portraits, then ask the size of every kind of segment; seconds of the middle of ``times``."""
    from django.db import connection

    from renmai.insight.portraits import actions
    from renmai.insight.portraits.conditions import people
    from renmai.insight.portraits.models import Interest

    began, used = time.monotonic(), time.process_time()
    actions.rebuild()
    rebuilt, used = time.monotonic() - began, time.process_time() - used
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    taken: dict[str, float] = {}
    for name, conditions in _questions().items():
        seconds = sorted(_timed(lambda asked=conditions: people(asked, "all").count()) for _time in range(times))
        taken[name] = seconds[times // 2]
    slowest = max(taken, key=taken.__getitem__)
    return {
        "rebuilt_seconds": rebuilt,
        "processor_seconds": used,
        "interests": Interest.objects.count(),
        "counted_seconds": taken[slowest],
        "slowest": slowest,
        "asked": len(taken),
    }


def _questions() -> dict[str, Any]:
    """Return conditions of each kind, every tag, and all tags' conditions of one member of the staff who wants much at once."""
    from renmai.insight.portraits.conditions import Condition
    from renmai.insight.portraits.tags import TAGS

    shelf = ("bench-3", "bench-4")
    found = {f"tag {tag.code}": tag.conditions for tag in TAGS}
    found |= {f"category {level}": (Condition("category", level, shelf),) for level in ("some", "clear", "strong", "none")}
    found["five conditions"] = (
        Condition("category", "clear", shelf),
        Condition("hour", "some", ("evening",)),
        Condition("price", "some", ("20-50", "50-100")),
        Condition("orders", "at_least", ("1",)),
        Condition("days_since_touch", "at_most", ("30",)),
    )
    return found


def _timed(act: Any) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def _goods(draw: random.Random) -> list[tuple[int, int]]:
    from renmai.catalogue.models import Category, Product, Sku, Supplier

    supplier = Supplier.objects.create(code="bench-portraits", name_zh="供货商", name_en="Supplier")
    shelves = [
        Category.objects.create(slug=f"bench-{index}", name_zh=f"类目{index}", name_en=f"Shelf {index}")
        for index in range(SHELVES)
    ]
    products = Product.objects.bulk_create(
        Product(
            code=f"bench-p-{index}",
            category=shelves[index % SHELVES],
            supplier=supplier,
            title_zh=f"商品{index}",
            brand=f"品牌{draw.randrange(BRANDS)}",
            keywords=" ".join(f"词{draw.randrange(WORDS)}" for _word in range(2)),
            lowest_price_fen=draw.choice((1_500, 3_500, 8_000, 15_000, 30_000)),
            status=Product.Status.LISTED,
        )
        for index in range(PRODUCTS)
    )
    skus = Sku.objects.bulk_create(Sku(product=row, code=f"bench-s-{row.pk}", price_fen=row.lowest_price_fen) for row in products)
    return [(row.product_id, row.pk) for row in skus]


def _people(members: int) -> list[int]:
    from renmai.accounts.consents import PURPOSES, Purpose
    from renmai.accounts.models import Consent, User

    people: list[int] = []
    for block in _blocks(range(members)):
        made = User.objects.bulk_create(User(phone=f"17{number_:09d}", display_name=f"会员{number_}") for number_ in block)
        version = PURPOSES[Purpose.BROWSING].version
        Consent.objects.bulk_create(Consent(user=user, purpose=Purpose.BROWSING, version=version) for user in made)
        people += [user.pk for user in made]
    return people


def _orders(draw: random.Random, people: list[int], goods: list[tuple[int, int]]) -> int:
    from renmai.catalogue.models import Supplier
    from renmai.kernel import clock
    from renmai.ordering.models import Order, OrderLine

    supplier = Supplier.objects.get(code="bench-portraits")
    now = clock.now()
    for block in _blocks(people):
        orders = []
        for user_id in block:
            at = now - timedelta(days=draw.random() * DAYS)
            orders.append(
                Order(
                    number=f"BP{user_id}",
                    buyer_id=user_id,
                    status=Order.Status.SETTLED,
                    goods_fen=5_000,
                    payable_fen=5_000,
                    idempotency_key=f"bp{user_id}",
                    placed_at=at,
                    pay_before=at,
                    paid_at=at,
                    settled_at=at,
                    source="bench",
                )
            )
        lines = []
        for order in Order.objects.bulk_create(orders):
            product_id, sku_id = draw.choice(goods)
            lines.append(
                OrderLine(
                    order=order,
                    sku_id=sku_id,
                    product_id_at_order=product_id,
                    supplier=supplier,
                    title_zh="商品",
                    unit_price_fen=5_000,
                    quantity=1,
                    amount_fen=5_000,
                )
            )
        OrderLine.objects.bulk_create(lines)
    return len(people)


def _looks(draw: random.Random, people: list[int], products: list[int]) -> int:
    from renmai.insight.portraits.rereading import READER
    from renmai.insight.stream.models import Cursor, EventRow
    from renmai.kernel import clock, ids
    from renmai.kernel.bulk import write_rows

    now = clock.now()
    position = (EventRow.objects.order_by("-position").values_list("position", flat=True).first() or 0) + 1
    first = position
    names = ("product_viewed", "product_viewed", "product_viewed", "product_lingered", "sku_chosen", "cart_added")
    for block in _blocks(people):
        rows = []
        for user_id in block:
            likes = draw.sample(products, 6)
            for _look in range(LOOKS_EACH):
                at = now - timedelta(days=draw.random() * DAYS)
                name, product_id = draw.choice(names), draw.choice(likes)
                rows.append((position, ids.new_uuid(), name, 1, "browser", user_id, product_id, at, at, "{}"))
                position += 1
        write_rows(EventRow, EVENT, rows)
    Cursor.objects.update_or_create(name=READER, defaults={"position": position})
    return position - first


def _blocks(items: Any) -> Iterator[list[Any]]:
    rest = iter(items)
    while block := list(islice(rest, CHUNK)):
        yield block


TASKS: tuple[Callable[..., Any], ...] = (people_with_looks, portray)

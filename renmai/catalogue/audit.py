"""Invariant 4: sold + reserved + free = stock, and every column is the sum of its movements. Set-based, bounded memory."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.db.models import F, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from renmai.catalogue.models import PricePoint, Product, Sku, StockMovement, StockPool
from renmai.catalogue.queries.prices import REFERENCE_DAYS
from renmai.kernel.audits import Violation

INVARIANT: Final = "4"
CHUNK: Final = 1000
BETWEEN: Final = (StockMovement.Kind.FILL, StockMovement.Kind.DRAIN)


def violations() -> Iterator[Violation]:
    """Yield what is wrong with stock and with the prices kept on products."""
    yield from _columns_are_sums()
    yield from _pools_are_sums()
    yield from _columns_add_up()
    yield from _nobody_gives_more_than_held()
    yield from _price_ranges()
    yield from _reference_prices()


def _columns_are_sums() -> Iterator[Violation]:
    # Moves within a pool change the pool's buckets; filling and draining change the SKU as well.
    shelf = Q(movements__pool__isnull=True) | Q(movements__kind__in=BETWEEN)
    rows = (
        Sku.objects.values("code", "stock_free", "stock_reserved", "stock_sold")
        .annotate(
            free=Coalesce(Sum("movements__free_change", filter=shelf), 0),
            reserved=Coalesce(Sum("movements__reserved_change", filter=shelf), 0),
            sold=Coalesce(Sum("movements__sold_change", filter=shelf), 0),
        )
        .exclude(stock_free=F("free"), stock_reserved=F("reserved"), stock_sold=F("sold"))
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        is_ = f"free {row['stock_free']}, reserved {row['stock_reserved']}, sold {row['stock_sold']}"
        expected = f"free {row['free']}, reserved {row['reserved']}, sold {row['sold']}"
        yield Violation(INVARIANT, f"SKU {row['code']}", f"the movements sum to {expected}; the row says {is_}")


def _pools_are_sums() -> Iterator[Violation]:
    """A pool's buckets are the sum of its movements, its pieces are all in the buckets, and a closed one has nothing to give."""
    between = Q(kind__in=BETWEEN)
    sums = StockMovement.objects.filter(pool=OuterRef("pk")).order_by().values("pool")
    moved = {
        "free": Coalesce(Sum("free_change", filter=~between), 0) - Coalesce(Sum("free_change", filter=between), 0),
        "reserved": Coalesce(Sum("reserved_change"), 0),
        "sold": Coalesce(Sum("sold_change"), 0),
    }
    expected = {f"{name}_moved": Coalesce(Subquery(sums.annotate(of=total).values("of")), 0) for name, total in moved.items()}
    rows = StockPool.objects.annotate(
        free=Coalesce(Sum("buckets__free"), 0),
        reserved=Coalesce(Sum("buckets__reserved"), 0),
        sold=Coalesce(Sum("buckets__sold"), 0),
        **expected,
    ).values("reference", "pieces", "closed_at", *moved, *expected)
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        subject = f"pool {row['reference']}"
        if wrong := [name for name in moved if row[name] != row[f"{name}_moved"]]:
            said = ", ".join(f"{name} {row[name]} (movements: {row[f'{name}_moved']})" for name in wrong)
            yield Violation(INVARIANT, subject, f"the buckets say {said}")
        if row["pieces"] != row["free"] + row["reserved"] + row["sold"]:
            yield Violation(INVARIANT, subject, f"{row['pieces']} pieces, of which the buckets know another number")
        if row["closed_at"] and row["free"]:
            yield Violation(INVARIANT, subject, f"is closed, and {row['free']} pieces lie in it")


def _columns_add_up() -> Iterator[Violation]:
    total = F("stock_free") + F("stock_reserved") + F("stock_sold")
    negative = Q(stock_free__lt=0) | Q(stock_reserved__lt=0) | Q(stock_sold__lt=0)
    rows = Sku.objects.filter(~Q(stock_total=total) | negative).order_by("pk")
    for sku in rows.iterator(chunk_size=CHUNK):
        detail = f"free {sku.stock_free} + reserved {sku.stock_reserved} + sold {sku.stock_sold} ≠ {sku.stock_total}"
        yield Violation(INVARIANT, f"SKU {sku.code}", detail)


def _nobody_gives_more_than_held() -> Iterator[Violation]:
    kinds = [StockMovement.Kind.RESERVE, StockMovement.Kind.RELEASE, StockMovement.Kind.SELL]
    rows = (
        StockMovement.objects.filter(kind__in=kinds)
        .values("reference", "sku__code")
        .annotate(held=Sum("reserved_change"))
        .filter(held__lt=0)
        .order_by("reference")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        detail = f"{row['reference']} gave away {-row['held']} pieces more than it held"
        yield Violation(INVARIANT, f"SKU {row['sku__code']}", detail)


def _price_ranges() -> Iterator[Violation]:
    active = Q(skus__is_active=True)
    rows = (
        Product.objects.values("code", "lowest_price_fen", "highest_price_fen")
        .annotate(
            lowest=Coalesce(Min("skus__price_fen", filter=active), 0),
            highest=Coalesce(Max("skus__price_fen", filter=active), 0),
        )
        .exclude(lowest_price_fen=F("lowest"), highest_price_fen=F("highest"))
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        is_ = f"{row['lowest_price_fen']} … {row['highest_price_fen']} fen"
        detail = f"its variants cost {row['lowest']} … {row['highest']} fen; the row says {is_}"
        yield Violation("price range", f"product {row['code']}", detail)


def _reference_prices() -> Iterator[Violation]:
    """A price shown struck out is the lowest of the 30 days before the reduction: recomputed from the history of prices."""
    columns = ("sku__code", "sku__reference_price_fen", "sku__reference_until", "at", "price_fen")
    points = PricePoint.objects.filter(sku__reference_price_fen__isnull=False).order_by("sku_id", "at", "pk")
    rows = points.values_list("sku_id", *columns).iterator(chunk_size=CHUNK)
    for _sku_id, group in groupby(rows, key=lambda row: row[0]):
        history = list(group)
        _id, code, shown, until, began, _price = history[-1]
        earlier = [(at, price) for *_sku, at, price in history if at < began]
        lowest = _lowest(earlier, opens=began - timedelta(days=REFERENCE_DAYS))
        if shown != lowest or until != began + timedelta(days=REFERENCE_DAYS):
            yield Violation("reference price", f"SKU {code}", f"shows {shown} fen; the lowest of the 30 days before was {lowest}")


def _lowest(points: list[tuple[datetime, int]], *, opens: datetime) -> int | None:
    before = [price for at, price in points if at <= opens]
    within = [price for at, price in points if at > opens]
    return min([*before[-1:], *within], default=None)

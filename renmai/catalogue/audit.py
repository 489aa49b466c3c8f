"""Invariant 4: sold + reserved + free = stock, and every column is the sum of its movements. Set-based, bounded memory."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.db.models import F, Max, Min, Q, Sum
from django.db.models.functions import Coalesce

from renmai.catalogue.models import PricePoint, Product, Sku, StockMovement
from renmai.catalogue.queries.prices import REFERENCE_DAYS
from renmai.kernel.audits import Violation

INVARIANT: Final = "4"
CHUNK: Final = 1000


def violations() -> Iterator[Violation]:
    """Yield what is wrong with stock and with the prices kept on products."""
    yield from _columns_are_sums()
    yield from _columns_add_up()
    yield from _nobody_gives_more_than_held()
    yield from _price_ranges()
    yield from _reference_prices()


def _columns_are_sums() -> Iterator[Violation]:
    rows = (
        Sku.objects.values("code", "stock_free", "stock_reserved", "stock_sold")
        .annotate(
            free=Coalesce(Sum("movements__free_change"), 0),
            reserved=Coalesce(Sum("movements__reserved_change"), 0),
            sold=Coalesce(Sum("movements__sold_change"), 0),
        )
        .exclude(stock_free=F("free"), stock_reserved=F("reserved"), stock_sold=F("sold"))
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        is_ = f"free {row['stock_free']}, reserved {row['stock_reserved']}, sold {row['stock_sold']}"
        expected = f"free {row['free']}, reserved {row['reserved']}, sold {row['sold']}"
        yield Violation(INVARIANT, f"SKU {row['code']}", f"the movements sum to {expected}; the row says {is_}")


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

"""What a portrait is made of: which happening says how much about which side of a person, and how fast that fades.

Three tables decide everything: ``FACETS`` (the sides, and their half-lives), ``SIGNALS`` (what counts how much), and ``PRICE_BANDS`` and
``HOURS`` (how prices and hours are put into words). To teach portraits something new, add a row.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Case, F, OuterRef, Subquery, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.catalogue.models import Product, Sku

CHINA = ZoneInfo("Asia/Shanghai")
WHOLE = ""
"""The value under which a facet keeps the sum of all: what parts are measured against."""

MAX_WORDS = 6
LEAST_LETTERS = 4
VALUE_LENGTH = 60


class Source(StrEnum):
    """Where an interest comes from. What she looked at needs her agreement; what she bought is part of her orders."""

    BROWSING = "browsing"
    ORDERS = "orders"


class Facet(StrEnum):
    """One side of a person's interests."""

    CATEGORY = "category"
    BRAND = "brand"
    PRICE = "price"
    STYLE = "style"
    HOUR = "hour"
    WATCHES = "watches"
    WANTS = "wants"


@dataclass(frozen=True)
class FacetRule:
    """How a facet is called, and after how many days half of it is forgotten, by where it comes from."""

    label: "str | Promise"
    half_life_days: Mapping[Source, float]


def _lasting(browsing: float, orders: float) -> dict[Source, float]:
    return {Source.BROWSING: browsing, Source.ORDERS: orders}


FACETS: dict[Facet, FacetRule] = {
    Facet.CATEGORY: FacetRule(_("Categories"), _lasting(30, 180)),
    Facet.BRAND: FacetRule(_("Brands"), _lasting(30, 180)),
    Facet.PRICE: FacetRule(_("Price range"), _lasting(60, 180)),
    Facet.STYLE: FacetRule(pgettext_lazy("portrait", "Style"), _lasting(30, 180)),
    Facet.HOUR: FacetRule(_("Time of day"), _lasting(60, 180)),
    Facet.WATCHES: FacetRule(pgettext_lazy("portrait", "Keeps an eye on"), _lasting(14, 14)),
    Facet.WANTS: FacetRule(pgettext_lazy("portrait", "Wants"), _lasting(7, 7)),
}
"""Starting values. A taste outlives a wish: half of a wish is over after a week."""

TASTES = (Facet.CATEGORY, Facet.BRAND, Facet.PRICE, Facet.STYLE, Facet.HOUR)
GOODS = (Facet.WATCHES, Facet.WANTS)
"""Facets whose values are products, by their ids."""

PURCHASE = "purchase"

SIGNALS: dict[str, dict[Facet, float]] = {
    "product_viewed": dict.fromkeys(TASTES, 1.0),
    "product_lingered": dict.fromkeys(TASTES, 0.5) | {Facet.WATCHES: 1.0},
    "sku_chosen": dict.fromkeys(TASTES, 1.5) | {Facet.WATCHES: 1.0, Facet.WANTS: 1.0},
    "favourite_added": dict.fromkeys(TASTES, 2.0) | {Facet.WATCHES: 3.0, Facet.WANTS: 1.0},
    "cart_added": dict.fromkeys(TASTES, 2.0) | {Facet.WANTS: 3.0},
    PURCHASE: dict.fromkeys(TASTES, 1.0),
}
"""What each happening with a product adds: names of the stream of events, and ``purchase`` for a line of a paid order.

Lingering is told again after 10, 30, 60 and 180 seconds: the longer, the more.
"""

BROWSED = tuple(name for name in SIGNALS if name != PURCHASE)

PRICE_BANDS: tuple[tuple[int, str, "str | Promise"], ...] = (
    (0, "under-20", _("under ¥20")),
    (2_000, "20-50", _("¥20–50")),
    (5_000, "50-100", _("¥50–100")),
    (10_000, "100-200", _("¥100–200")),
    (20_000, "200-500", _("¥200–500")),
    (50_000, "500-up", _("¥500 and more")),
)
"""From how many fen on a price belongs to a band."""

HOURS: tuple[tuple[int, str, "str | Promise"], ...] = (
    (0, "night", pgettext_lazy("hour", "at night")),
    (5, "early", _("early in the morning")),
    (9, "morning", _("in the morning")),
    (12, "midday", _("at lunchtime")),
    (14, "afternoon", _("in the afternoon")),
    (18, "evening", _("in the evening")),
    (22, "late", _("late in the evening")),
)
"""From which hour in China on a moment belongs to a part of the day."""


def half_life(facet: Facet, source: Source) -> float:
    """Return after how many days half of a facet is forgotten."""
    return FACETS[facet].half_life_days[source]


def price_band(price_fen: int) -> str:
    """Return the band of a price in fen."""
    return PRICE_BANDS[bisect_right([least for least, _code, _label in PRICE_BANDS], price_fen) - 1][1]


def part_of_day(at: datetime) -> str:
    """Return the part of the day in China."""
    return part_of_hour(at.astimezone(CHINA).hour)


def part_of_hour(hour: int) -> str:
    """Return the part of the day that an hour (0 to 23) belongs to."""
    return HOURS[bisect_right([least for least, _code, _label in HOURS], hour) - 1][1]


@dataclass(frozen=True)
class Traits:
    """What a look at a product says about whoever looks: the values of each facet that does not depend on the time."""

    product_id: int
    values: Mapping[Facet, tuple[str, ...]]


def traits_of(product_ids: Iterable[int] | None = None) -> dict[int, Traits]:
    """Return the traits of these products, or of all there are. One statement.

    Goods that were never put on sale, such as imported ones, have the price of their cheapest variant.
    """
    rows = Product.objects.order_by()
    if product_ids is not None:
        rows = rows.filter(pk__in=set(product_ids))
    cheapest = Sku.objects.filter(product=OuterRef("pk")).order_by("price_fen").values("price_fen")[:1]
    columns = rows.annotate(
        price=Case(When(lowest_price_fen=0, then=Subquery(cheapest)), default=F("lowest_price_fen")),
        latin=Case(When(title_en="", then=F("title_zh")), default=F("title_en")),
    ).values_list("pk", "category__slug", "category__parent__slug", "brand", "price", "keywords", "latin")
    found = columns.iterator(chunk_size=5_000)
    return {
        pk: Traits(pk, _values(pk, category=(category, shelf), brand=brand, price_fen=price, words=keywords or _latin(title)))
        for pk, category, shelf, brand, price, keywords, title in found
    }


def _latin(title: str) -> str:
    """Return the words of a title that is written in Latin letters: what is left of style where nobody wrote keywords."""
    return " ".join(word for word in title.split() if word.isascii() and word.isalpha() and len(word) >= LEAST_LETTERS)


def _values(
    product_id: int, *, category: tuple[str, str | None], brand: str, price_fen: int | None, words: str
) -> dict[Facet, tuple[str, ...]]:
    parted = list(dict.fromkeys(words.replace(",", " ").replace("，", " ").lower().split()))
    # Keywords often say each word in both languages; told twice, one taste would look like two.
    said = [word for word in parted if not word.isascii()] or parted
    return {
        Facet.CATEGORY: tuple(slug for slug in category if slug),
        Facet.BRAND: (brand,) if brand else (),
        Facet.PRICE: (price_band(price_fen),) if price_fen else (),
        Facet.STYLE: tuple(word[:VALUE_LENGTH] for word in said[:MAX_WORDS]),
        Facet.WATCHES: (str(product_id),),
        Facet.WANTS: (str(product_id),),
    }

"""What agents stand behind: single picks, all picks of a shop, and picks of all shops for an editorial feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from renmai.catalogue.models import Product
from renmai.kernel.compiled import Compiled
from renmai.sharing.models import Shop, ShopItem
from renmai.sharing.queries.restraints import heard_by

FEED_SIZE = 12
LAST_FEED_PAGE = 100
MAX_PICKS = 500
MAX_VOICES = 10
NOBODY = 0
"""A guest, who can have muted nobody."""


@dataclass(frozen=True)
class Feed:
    """One page of picks with the agents' words."""

    items: tuple[ShopItem, ...]
    number: int
    has_next: bool


def pick(shop: Shop, *, product_id: int) -> ShopItem | None:
    """Return the shop's own entry for a product, None when the agent has not chosen it."""
    return ShopItem.objects.filter(shop=shop, product_id=product_id).first()


def picks_of(shop: Shop) -> dict[int, ShopItem]:
    """Return all picks of a shop that are on sale by product, in the agent's order, in one statement."""
    return {item.product_id: item for item in _PICKS.rows(shop.pk)}


def recommended(*, page: int = 1, page_size: int = FEED_SIZE, viewer_id: int = NOBODY) -> Feed:
    """Return picks of open shops that come with words: first every agent's first choice, then the second ones. One statement.

    Whom the viewer muted does not speak here.
    """
    number = min(max(1, page), LAST_FEED_PAGE)
    start = (number - 1) * page_size
    found = _feed(start, page_size + 1).rows(viewer_id)
    return Feed(tuple(found[:page_size]), number, has_next=len(found) > page_size)


def voices_for(product_id: int, *, without: int | None = None, limit: int = 3, viewer_id: int = NOBODY) -> Sequence[ShopItem]:
    """Return what agents of open shops say about a product, the newest words first; ``without`` leaves one shop out."""
    rows = _with_words(viewer_id).filter(product_id=product_id)
    if without is not None:
        rows = rows.exclude(shop_id=without)
    return tuple(rows.order_by("-added_at", "-pk")[: min(limit, MAX_VOICES)])


def said_of(
    product_id: int, *, shop: Shop | None, limit: int = 3, viewer_id: int = NOBODY
) -> tuple[ShopItem | None, tuple[ShopItem, ...]]:
    """Return the entry of ``shop`` for a product, and what agents of other open shops say about it, as ``voices_for``. One statement.

    Whom the viewer muted says nothing; the entry of the shop she is in is hers to read, for she went there.
    """
    most = min(limit, MAX_VOICES)
    if shop is None:
        return None, tuple(_SAID.rows(product_id, viewer_id)[:most])
    found = _SAID_HERE.rows(product_id, shop.pk, viewer_id)
    own = found.pop(0) if found and found[0].shop_id == shop.pk else None
    return own, tuple(found[:most])


@lru_cache(maxsize=LAST_FEED_PAGE)
def _feed(start: int, size: int) -> Compiled[ShopItem]:
    ordered = ("position", "-shop__opened_at", "pk")
    return Compiled(lambda viewer_id: _with_words(viewer_id).order_by(*ordered)[start : start + size])


def _said(product_id: Any, viewer_id: Any) -> QuerySet[ShopItem, Any]:
    return _with_words(viewer_id).filter(product_id=product_id).order_by("-added_at", "-pk")[:MAX_VOICES]


def _said_here(product_id: Any, shop_id: Any, viewer_id: Any) -> QuerySet[ShopItem, Any]:
    rows = ShopItem.objects.filter(product_id=product_id).select_related("shop__owner")
    of_others = Q(shop__status=Shop.Status.OPEN, product__status=Product.Status.LISTED) & ~Q(voice="")
    of_others &= heard_by(viewer_id, sharer="shop__owner_id")
    is_own = Case(When(shop_id=shop_id, then=Value(0)), default=Value(1))
    return rows.filter(Q(shop_id=shop_id) | of_others).order_by(is_own, "-added_at", "-pk")[: MAX_VOICES + 1]


def _with_words(viewer_id: Any) -> QuerySet[ShopItem, Any]:
    is_open = Q(shop__status=Shop.Status.OPEN, product__status=Product.Status.LISTED)
    rows = ShopItem.objects.filter(is_open, heard_by(viewer_id, sharer="shop__owner_id"))
    return rows.exclude(voice="").select_related("shop__owner")


def _picks(shop_id: Any) -> QuerySet[ShopItem, Any]:
    return ShopItem.objects.filter(shop_id=shop_id, product__status=Product.Status.LISTED).order_by("position", "pk")[:MAX_PICKS]


_PICKS: Compiled[ShopItem] = Compiled(_picks)
_SAID: Compiled[ShopItem] = Compiled(_said)
_SAID_HERE: Compiled[ShopItem] = Compiled(_said_here)

"""Products as cards: what the catalogue knows about them, in the words of a card."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from renmai.accounts.models import User, Visitor
from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import ProductCard
from renmai.insight import queries as insight
from renmai.sharing.models import Shop, ShopItem
from renmai.web.storefront.introductions import ShopFace, shop_face

Funnel = Literal["", "search", "content", "social"]
"""By which way goods are met: looked for by words or category; laid before her by the shop or a writer; shown by a person or her shop; "" where
she only comes back to what she knew."""

FUNNELS: tuple[Funnel, ...] = ("search", "content", "social")
KNOWN: Funnel = ""
PATHS_KEPT = 20_000
WAY = "way"
"""The query key by which a link says how it was found."""

POST = "post"
"""The query key by which a link says in which post it stood."""

POST_NUMBER = re.compile(r"[0-9A-Z-]{1,40}", re.ASCII)


@dataclass(frozen=True)
class Tile:
    """One product on a shelf or in a feed. ``voice`` and ``shop`` are there when an agent speaks for it."""

    id: int
    title: str
    motif: str
    picture_seed: int
    picture_path: str
    url: str
    price_fen: int
    currency: str
    reference_fen: int | None
    note: str
    gone: bool
    voice: str = ""
    shop: ShopFace | None = None


def tile(card: ProductCard, funnel: Funnel, *, voice: str = "", shop: Shop | None = None) -> Tile:
    """Return the tile of a card; ``voice`` and ``shop`` add an agent's words and who says them."""
    return Tile(
        id=card.id,
        title=card.title,
        motif=card.motif,
        picture_seed=card.picture_seed,
        picture_path=card.picture.small_path if card.picture else "",
        url=product_address(card.id, funnel),
        price_fen=card.lowest_price_fen,
        currency=card.currency,
        reference_fen=card.reference_price_fen,
        note=_note(card),
        gone=card.is_sold_out,
        voice=voice,
        shop=shop_face(shop) if shop else None,
    )


def tiles(cards: Iterable[ProductCard], funnel: Funnel) -> tuple[Tile, ...]:
    """Return the tiles of these cards; ``funnel`` is the way by which goods are met where they stand."""
    return tuple(tile(card, funnel) for card in cards)


def tiles_of(items: Sequence[ShopItem], funnel: Funnel) -> tuple[Tile, ...]:
    """Return the tiles of agents' picks with their words, in this order, in three statements."""
    cards = {card.id: card for card in catalogue.cards([item.product_id for item in items])}
    picked = [item for item in items if item.product_id in cards]
    return tuple(tile(cards[item.product_id], funnel, voice=item.voice, shop=item.shop) for item in picked)


def seen_tiles(visitor: Visitor | None, user: User | None, *, limit: int) -> tuple[Tile, ...]:
    """Return what this person looked at last, in four statements; nothing for a browser without a visitor."""
    return tiles(catalogue.cards(insight.seen_ids(visitor, user, limit=limit)), KNOWN)


def product_address(product_id: int, funnel: Funnel) -> str:
    """Return the address of a product's page that says how it was found."""
    address = _product_path(product_id)
    return f"{address}?{WAY}={funnel}" if funnel else address


def address_from_post(product_id: int, number: str, funnel: Funnel = "content") -> str:
    """Return the address of a product's page that says in which post it was found; ``social`` when somebody's link led to the post."""
    return f"{product_address(product_id, funnel)}&{POST}={number}"


def post_named(text: str) -> str:
    """Return the number of a post as an address names it, "" for anything that is none."""
    return text if POST_NUMBER.fullmatch(text) else ""


@lru_cache(maxsize=PATHS_KEPT)
def _product_path(product_id: int) -> str:
    return reverse("storefront:product", args=[product_id])


def funnel_named(text: str) -> Funnel:
    """Return the way of that name, "" for anything else."""
    return next((funnel for funnel in FUNNELS if funnel == text), KNOWN)


def _note(card: ProductCard) -> str:
    if card.is_sold_out:
        return _("Sold out")
    if card.sold_count:
        return _("%(count)s sold") % {"count": sold_text(card.sold_count)}
    return ""


def sold_text(count: int) -> str:
    """Return a count as shops write it: exact below a thousand, rounded down to hundreds above."""
    return str(count) if count < 1000 else f"{count // 100 * 100:,}+"

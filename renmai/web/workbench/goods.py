"""Goods as an agent sees them: with what each would earn her."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import ProductCard
from renmai.distribution import queries as distribution
from renmai.sharing.models import ShopItem


@dataclass(frozen=True)
class Goods:
    """One product. ``earn_fen`` is the commission on one piece at its lowest price; 0 when it pays none.

    ``reference_price_fen`` is the lowest price of the thirty days before it became cheaper, while that may be said.
    """

    id: int
    title: str
    motif: str
    picture_seed: int
    picture_path: str
    price_fen: int
    reference_price_fen: int | None
    currency: str
    earn_fen: int
    rate_basis_points: int
    sold_count: int
    is_sold_out: bool
    is_chosen: bool
    voice: str
    url: str


def offered(cards: Sequence[ProductCard], *, chosen: frozenset[int]) -> list[Goods]:
    """Return cards with their commissions, in this order. One statement."""
    rates = distribution.rates_for([card.id for card in cards])
    return [_goods(card, rates[card.id], is_chosen=card.id in chosen) for card in cards]


def of_items(items: Iterable[ShopItem]) -> list[Goods]:
    """Return the goods of a shop with her own words, in her order. Four statements."""
    voices = {item.product_id: item.voice for item in items}
    cards = catalogue.cards(list(voices))
    rates = distribution.rates_for([card.id for card in cards])
    return [_goods(card, rates[card.id], is_chosen=True, voice=voices[card.id]) for card in cards]


def several(product_ids: Sequence[int]) -> list[Goods]:
    """Return those of these products that are on sale. Four statements, none for none."""
    return offered(catalogue.cards(list(dict.fromkeys(product_ids))), chosen=frozenset()) if product_ids else []


def single(product_id: int, *, is_chosen: bool = False) -> Goods | None:
    """Return one product, None when it is not on sale. Four statements."""
    found = offered(catalogue.cards([product_id]), chosen=frozenset([product_id] if is_chosen else []))
    return found[0] if found else None


def _goods(card: ProductCard, rate: distribution.Rate, *, is_chosen: bool, voice: str = "") -> Goods:
    return Goods(
        id=card.id,
        title=card.title,
        motif=card.motif,
        picture_seed=card.picture_seed,
        picture_path=card.picture.small_path if card.picture else "",
        price_fen=card.lowest_price_fen,
        reference_price_fen=card.reference_price_fen,
        currency=card.currency,
        earn_fen=distribution.commission_fen(card.lowest_price_fen, rate),
        rate_basis_points=rate.basis_points,
        sold_count=card.sold_count,
        is_sold_out=card.is_sold_out,
        is_chosen=is_chosen,
        voice=voice,
        url=reverse("storefront:product", args=[card.id]),
    )

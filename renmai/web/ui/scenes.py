"""Scenes as they are drawn: the blocks of a landing page with what they show. Used by the customer's page and the editor's preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Card, Play, cards_of, plays
from renmai.campaigns.queries import campaigns_by_id
from renmai.campaigns.queries.standing import product_ids_of
from renmai.campaigns.scenes.blocks import named
from renmai.campaigns.scenes.models import ScenePicture
from renmai.campaigns.scenes.queries import pictures_by_id
from renmai.catalogue import queries as catalogue
from renmai.catalogue.models import in_language
from renmai.catalogue.queries import ProductCard
from renmai.kernel import clock

WAY = "content"
"""Goods that a scene shows found their customers: she did not search for them."""


@dataclass(frozen=True)
class SceneTile:
    """One product of a row."""

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


@dataclass(frozen=True)
class SceneOffer:
    """A campaign as its block shows it. ``url`` is empty when nobody can begin now; ``state`` says why then.

    ``product`` is the first that it is about, with its picture; None for one about the whole shop, or when that is not on sale.
    """

    campaign: Campaign
    play: Play
    card: Card
    product: SceneTile | None
    url: str
    state: "str | Promise"


@dataclass(frozen=True)
class BlockView:
    """One block with everything that its template needs."""

    kind: str
    text: str = ""
    path: str = ""
    picture: ScenePicture | None = None
    tiles: tuple[SceneTile, ...] = ()
    offer: SceneOffer | None = None
    until: datetime | None = None
    until_text: "str | Promise" = ""


@dataclass
class _Shown:
    cards: dict[int, ProductCard] = field(default_factory=dict)
    campaigns: dict[int, Campaign] = field(default_factory=dict)
    pictures: dict[int, ScenePicture] = field(default_factory=dict)
    said: dict[int, Card] = field(default_factory=dict)
    about: dict[int, int] = field(default_factory=dict)
    funnel: str = WAY


def views_of(blocks: Sequence[Mapping[str, Any]], funnel: str = WAY) -> list[BlockView]:
    """Return blocks as they are drawn, in order; what they name and is gone meanwhile is left out. ``funnel`` is how one came to the scene.

    A fixed number of statements, and one for each play whose campaigns are shown.
    """
    campaigns = campaigns_by_id(named(blocks, "campaign_id"))
    on_show = named([block for block in blocks if block["kind"] == "campaign"], "campaign_id")
    offered = [campaigns[pk] for pk in on_show if pk in campaigns]
    about = {pk: ids[0] for pk, ids in product_ids_of([row.pk for row in offered]).items()} if offered else {}
    cards = catalogue.cards([*named(blocks, "product_ids"), *about.values()])
    shown = _Shown(
        cards={card.id: card for card in cards},
        funnel=funnel,
        campaigns=campaigns,
        pictures=pictures_by_id(named(blocks, "picture_id")),
        said=cards_of(offered),
        about=about,
    )
    return [_view(block, shown) for block in blocks]


def _view(block: Mapping[str, Any], shown: _Shown) -> BlockView:
    match block["kind"]:
        case "products":
            cards = [shown.cards[product_id] for product_id in block["product_ids"] if product_id in shown.cards]
            return BlockView("products", _said(block, "heading"), tiles=tuple(_tile(card, shown.funnel) for card in cards))
        case "picture":
            return BlockView("picture", _said(block, "alt"), picture=shown.pictures.get(block["picture_id"] or 0))
        case "campaign":
            campaign = shown.campaigns.get(block["campaign_id"] or 0)
            return BlockView("campaign", offer=_offer(campaign, shown) if campaign else None)
        case "countdown":
            return _countdown(shown.campaigns.get(block["campaign_id"] or 0))
        case "button":
            return BlockView("button", _said(block, "label"), path=block["path"])
        case kind:
            return BlockView(kind, _said(block, "text") if kind != "divider" else "")


def _said(block: Mapping[str, Any], name: str) -> str:
    return in_language(block[f"{name}_zh"], block[f"{name}_en"])


def _tile(card: ProductCard, funnel: str) -> SceneTile:
    return SceneTile(
        title=card.title,
        motif=card.motif,
        picture_seed=card.picture_seed,
        picture_path=card.picture.small_path if card.picture else "",
        url=f"{reverse('storefront:product', args=[card.id])}?way={funnel}",
        price_fen=card.lowest_price_fen,
        currency=card.currency,
        reference_fen=card.reference_price_fen,
        note=_("Sold out") if card.is_sold_out else "",
        gone=card.is_sold_out,
    )


def _offer(campaign: Campaign, shown: _Shown) -> SceneOffer | None:
    chosen = plays().get(campaign.play)
    if chosen is None:
        return None
    page = chosen.page(campaign)
    product = shown.cards.get(shown.about.get(campaign.pk, 0))
    return SceneOffer(
        campaign=campaign,
        play=chosen,
        card=shown.said[campaign.pk],
        product=_tile(product, shown.funnel) if product else None,
        url=page if campaign.is_open else "",
        state="" if campaign.is_open else _state(campaign),
    )


def _state(campaign: Campaign) -> str:
    if campaign.status == Campaign.Status.LAUNCHED and clock.now() < campaign.starts_at:
        return _("It has not begun yet.")
    return _("Paused for now.") if campaign.status == Campaign.Status.PAUSED else _("It is over.")


def _countdown(campaign: Campaign | None) -> BlockView:
    """Count to the true end of a campaign, or to its beginning; what is over, paused or stopped has no clock."""
    if campaign is None or campaign.status != Campaign.Status.LAUNCHED or clock.now() >= campaign.ends_at:
        return BlockView("countdown", _("It is over.") if campaign is not None else "")
    if clock.now() < campaign.starts_at:
        return BlockView("countdown", campaign.title, until=campaign.starts_at, until_text=_("Begins in"))
    return BlockView("countdown", campaign.title, until=campaign.ends_at, until_text=_("Ends in"))

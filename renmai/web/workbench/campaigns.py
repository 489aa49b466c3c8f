"""Running campaigns as an agent sees them: whom they suit, what she earns by them, what came of her links."""

from dataclasses import dataclass

from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Card, Play, cards_of, play
from renmai.campaigns.queries import open_campaigns, standing
from renmai.catalogue import queries as catalogue
from renmai.distribution import queries as distribution
from renmai.policy.channels import Channel
from renmai.sharing import queries as sharing
from renmai.sharing.models import Shop
from renmai.sharing.queries import CampaignFigure
from renmai.web.workbench import goods
from renmai.web.workbench.goods import Goods

MOST = 30


@dataclass(frozen=True)
class Running:
    """One campaign with its page. ``product`` is the one that it is about; none: the whole shop."""

    campaign: Campaign
    play: Play
    path: str
    card: Card
    product: Goods | None
    earn_fen: int
    figure: CampaignFigure
    channels: tuple[str, ...]

    @property
    def is_off_wechat(self) -> bool:
        """Whether it must not be shared in WeChat."""
        return Channel.WECHAT.value not in self.campaign.channels


def running(shop: Shop) -> list[Running]:
    """Return the open campaigns that suit a shop: about what stands in it first, then about everything, then about what it may choose."""
    open_ones = [(row, page) for row in open_campaigns() if (page := play(row.play).page(row))]
    about = standing.product_ids_of([row.pk for row, _page in open_ones])
    cards = {card.id: card for card in catalogue.cards(sorted({ids[0] for ids in about.values()}))}
    chosen = sharing.chosen_ids(shop, list(cards))
    suited = [(row, page) for row, page in open_ones if row.pk not in about or about[row.pk][0] in cards]
    suited.sort(key=lambda pair: _nearness(pair[0], about, chosen))
    shown = suited[:MOST]
    shelf = {each.id: each for each in goods.offered(list(cards.values()), chosen=chosen)}
    figures = sharing.figures_by_campaign(shop, [row.pk for row, _page in shown])
    said = cards_of([row for row, _page in shown])
    return [
        _running(
            row,
            page,
            said[row.pk],
            product=shelf.get(about[row.pk][0]) if row.pk in about else None,
            figure=figures.get(row.pk, CampaignFigure()),
        )
        for row, page in shown
    ]


def single(campaign_id: int) -> tuple[Campaign, str, int | None] | None:
    """Return an open campaign with its page and the product that it is about, None when there is none to share."""
    row = next((each for each in open_campaigns() if each.pk == campaign_id), None)
    path = play(row.play).page(row) if row else ""
    if row is None or not path:
        return None
    about = standing.product_ids_of([row.pk]).get(row.pk, [])
    return row, path, about[0] if about else None


def _nearness(row: Campaign, about: dict[int, list[int]], chosen: frozenset[int]) -> tuple[int, int]:
    if row.pk not in about:
        return 1, row.pk
    return (0 if chosen & set(about[row.pk]) else 2), row.pk


def _running(row: Campaign, path: str, card: Card, *, product: Goods | None, figure: CampaignFigure) -> Running:
    return Running(
        campaign=row,
        play=play(row.play),
        path=path,
        card=card,
        product=product,
        earn_fen=_earned(product, card),
        figure=figure,
        channels=tuple(str(Channel(name).label) for name in row.channels if name in Channel.values),
    )


def _earned(product: Goods | None, card: Card) -> int:
    """Return the commission on one piece: of what the campaign lets customers pay, where it says a price."""
    if product is None:
        return 0
    rate = distribution.Rate(product.rate_basis_points, 0)
    return distribution.commission_fen(product.price_fen if card.price_fen is None else card.price_fen, rate)

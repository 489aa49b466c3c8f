"""The campaigns that are open now: asked on every page of a product, so kept for a moment in this process."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Prefetch

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, CampaignProduct
from renmai.campaigns.plays import Offer, plays
from renmai.kernel import clock

CACHE_KEY = "campaigns.running"
CACHE_SECONDS = 5
MOST = 500


@dataclass(frozen=True)
class _Running:
    campaign: Campaign
    product_ids: frozenset[int]


def open_campaigns(product_id: int | None = None) -> list[Campaign]:
    """Return the open campaigns, or those about one product, the oldest first; at most ``CACHE_SECONDS`` old, for display.

    Whoever grants something reads the campaign again.
    """
    return [
        each.campaign
        for each in _snapshot().running
        if each.campaign.is_open and (product_id is None or product_id in each.product_ids)
    ]


def offers_on(product_id: int, *, viewer: User | None = None) -> tuple[Offer, ...]:
    """Return what a product's page says of the campaigns about it, the lowest price first. No statement when there are none."""
    found: list[Offer] = []
    by_play: dict[str, list[Campaign]] = {}
    for campaign in open_campaigns(product_id):
        by_play.setdefault(campaign.play, []).append(campaign)
    for key, campaigns in by_play.items():
        found += plays()[key].offers(campaigns, product_id, viewer)
    return tuple(sorted(found, key=lambda offer: (offer.price_fen is None, offer.price_fen or 0)))


def plays_in_use() -> frozenset[str]:
    """Return the plays of which a campaign was ever launched: what somebody got from one may outlive it. As old as the rest."""
    return _snapshot().in_use


def forget_running() -> None:
    """Forget what this process knows, so that the next question reads again."""
    cache.delete(CACHE_KEY)


@dataclass(frozen=True)
class _Snapshot:
    running: tuple[_Running, ...]
    in_use: frozenset[str]


def _snapshot() -> _Snapshot:
    known: _Snapshot | None = cache.get(CACHE_KEY)
    if known is None:
        rows = Campaign.objects.filter(status=Campaign.Status.LAUNCHED, ends_at__gt=clock.now(), play__in=plays())
        about = Prefetch("products", CampaignProduct.objects.order_by("pk"))
        running = tuple(
            _Running(row, frozenset(each.product_id for each in row.products.all()))
            for row in rows.prefetch_related(about).order_by("pk")[:MOST]
        )
        launched = Campaign.objects.filter(launched_at__isnull=False).order_by().values_list("play", flat=True)
        known = _Snapshot(running, frozenset(launched.distinct()))
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    return known

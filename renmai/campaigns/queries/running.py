"""The campaigns that are open now: asked on every page of a product, so kept for a moment in this process."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Prefetch, QuerySet

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, CampaignProduct
from renmai.campaigns.plays import Offer, plays
from renmai.kernel import clock, ids

CACHE_KEY = "campaigns.running"
CACHE_SECONDS = 5
MOST = 2000
"""More open campaigns than these are not kept: then those of one product are read when it is looked at."""


@dataclass(frozen=True)
class _Snapshot:
    token: str = ""
    campaigns: tuple[Campaign, ...] = ()
    of_product: Mapping[int, tuple[Campaign, ...]] = field(default_factory=dict)
    of_play: Mapping[str, tuple[Campaign, ...]] = field(default_factory=dict)
    in_use: frozenset[str] = frozenset()
    is_whole: bool = True


_kept = _Snapshot()
"""The rows stay in this process; the cache holds the token under which they are true, so that nothing is packed and unpacked."""


def open_campaigns(product_id: int | None = None, *, play: str = "") -> list[Campaign]:
    """Return the open campaigns (of a product, of a play), the oldest first; at most ``CACHE_SECONDS`` old, for display.

    Whoever grants something reads the campaign again.
    """
    known = _snapshot()
    if product_id is not None and not known.is_whole:
        found: tuple[Campaign, ...] = tuple(_running().filter(products__product_id=product_id).order_by("pk")[:MOST])
    elif product_id is not None:
        found = known.of_product.get(product_id, ())
    else:
        found = known.of_play.get(play, ()) if play else known.campaigns
    return [campaign for campaign in found if campaign.is_open and play in {"", campaign.play}]


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


def _snapshot() -> _Snapshot:
    global _kept  # noqa: PLW0603  replaced as a whole, by whichever thread comes first
    known, token = _kept, cache.get(CACHE_KEY)
    if token is None or token != known.token:
        known = _kept = _read()
        cache.set(CACHE_KEY, known.token, CACHE_SECONDS)
    return known


def _read() -> _Snapshot:
    about = Prefetch("products", CampaignProduct.objects.order_by("pk"))
    rows = list(_running().prefetch_related(about).order_by("pk")[: MOST + 1])
    of_product: defaultdict[int, list[Campaign]] = defaultdict(list)
    of_play: defaultdict[str, list[Campaign]] = defaultdict(list)
    for row in rows[:MOST]:
        of_play[row.play].append(row)
        for each in row.products.all():
            of_product[each.product_id].append(row)
    launched = Campaign.objects.filter(launched_at__isnull=False).order_by().values_list("play", flat=True)
    return _Snapshot(
        token=ids.secret(),
        campaigns=tuple(rows[:MOST]),
        of_product={product_id: tuple(campaigns) for product_id, campaigns in of_product.items()},
        of_play={play: tuple(campaigns) for play, campaigns in of_play.items()},
        in_use=frozenset(launched.distinct()),
        is_whole=len(rows) <= MOST,
    )


def _running() -> QuerySet[Campaign]:
    return Campaign.objects.filter(status=Campaign.Status.LAUNCHED, ends_at__gt=clock.now(), play__in=plays())

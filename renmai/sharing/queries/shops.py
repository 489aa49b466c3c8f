"""Shops, their goods, their links and what the links brought."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.sharing.models import Share, Shop, ShopItem, Visit
from renmai.sharing.policies import may_manage
from renmai.sharing.queries.restraints import heard_by

PAGE_SIZE = 20
MAX_PAGE = 500

_LINK: Compiled[Share] = Compiled(
    lambda code: Share.objects.filter(code=code).select_related("sharer", "shop__owner", "product__category", "product__supplier")
)
_SHOP: Compiled[Shop] = Compiled(lambda code: Shop.objects.filter(code=code).select_related("owner"))


@dataclass(frozen=True)
class ShareFigure:
    """What one link brought: openings, different visitors, paid orders and their money (net of refunds)."""

    share: Share
    visits: int
    visitors: int
    orders: int
    paid_fen: int


@dataclass(frozen=True)
class CampaignFigure:
    """What somebody's own links to a campaign brought: openings, different visitors, paid orders and their money (net of refunds)."""

    visits: int = 0
    visitors: int = 0
    orders: int = 0
    paid_fen: int = 0


def access_shop(actor: User, shop_id: int) -> Shop:
    """Return the shop for its owner; ``request.not_found`` for anybody else."""
    shop = Shop.objects.filter(pk=shop_id).select_related("owner").first()
    if shop is None or not may_manage(actor, shop):
        raise DomainError("request.not_found")
    return shop


def shop_of(user: User) -> Shop | None:
    """Return the shop that ``user`` owns, open or closed."""
    return Shop.objects.filter(owner=user).select_related("owner").first()


def shop_by_code(code: str) -> Shop:
    """Return an open shop by the code in its address. Raises ``request.not_found`` or ``sharing.shop_closed``."""
    shop = _SHOP.first(code)
    if shop is None:
        raise DomainError("request.not_found")
    if shop.status != Shop.Status.OPEN:
        raise DomainError("sharing.shop_closed")
    return shop


def shops_by_id(shop_ids: Collection[int]) -> dict[int, Shop]:
    """Return these shops with their owners, open or closed, for pages that name where something was chosen. One statement."""
    wanted = [shop_id for shop_id in shop_ids if shop_id]
    return Shop.objects.select_related("owner").in_bulk(wanted) if wanted else {}


def open_shops(*, page: int = 1, viewer_id: int = 0) -> list[Shop]:
    """Return one page of the open shops, newest first, without those of whom the viewer (0: a guest) muted."""
    return _open(_start(page)).rows(viewer_id)


def shop_items(shop: Shop, *, page: int = 1, page_size: int = PAGE_SIZE) -> list[ShopItem]:
    """Return one page of the goods of a shop that can be bought, in the agent's order."""
    start = _start(page, page_size)
    items = shop.items.filter(product__status=Product.Status.LISTED).select_related("product").order_by("position", "pk")
    return list(items[start : start + page_size])


def item_count(shop: Shop) -> int:
    """Return how many goods of a shop can be bought."""
    return shop.items.filter(product__status=Product.Status.LISTED).count()


def chosen_ids(shop: Shop, product_ids: Iterable[int]) -> frozenset[int]:
    """Return those of ``product_ids`` that are in the shop."""
    return frozenset(shop.items.filter(product__in=list(product_ids)).values_list("product_id", flat=True))


def access_share(shop: Shop, code: str) -> Share:
    """Return a link of this shop, whoever passed it on; ``request.not_found`` for any other."""
    link = Share.objects.filter(shop=shop, code=code).select_related("sharer", "shop__owner", "product", "parent__sharer").first()
    if link is None:
        raise DomainError("request.not_found")
    return link


def share_count(shop: Shop) -> int:
    """Return how many links lead to a shop."""
    return Share.objects.filter(shop=shop).count()


def share_by_code(code: str) -> Share:
    """Return a link with its sharer, shop and product. Raises ``sharing.unknown_link``."""
    link = _LINK.first(code)
    if link is None:
        raise DomainError("sharing.unknown_link")
    return link


def latest_share(*, visitor_id: UUID | None, user: User | None, window_days: int) -> Share | None:
    """Return the last valid link that this person came through within the window: whose shop she is being shown."""
    who = Q(user=user) if user else Q(visitor_id=visitor_id)
    visit = (
        Visit.objects.filter(who, is_valid=True, at__gte=clock.now() - timedelta(days=window_days))
        .select_related("share__shop__owner", "share__sharer", "share__product")
        .order_by("-at", "-pk")
        .first()
    )
    return visit.share if visit else None


def openings_per_link(*, start: datetime, end: datetime) -> list[int]:
    """Return how often each link that was opened within the time was opened, by people other than its sharer."""
    opened = Visit.objects.filter(is_valid=True, at__gte=start, at__lt=end).values("share")
    return list(opened.annotate(count=Count("pk")).order_by().values_list("count", flat=True))


def share_figures(shop: Shop, *, page: int = 1) -> list[ShareFigure]:
    """Return one page of a shop's links, newest first, with what each brought. Three statements whatever the page holds."""
    start = _start(page)
    links = list(
        Share.objects.filter(shop=shop)
        .select_related("sharer", "product")
        .order_by("-created_at", "-pk")[start : start + PAGE_SIZE]
    )
    visits = {
        row["share"]: row
        for row in Visit.objects.filter(share__in=links, is_valid=True)
        .values("share")
        .annotate(openings=Count("pk"), people=Count("visitor", distinct=True))
    }
    orders = {
        row["share_id"]: row
        for row in Order.objects.filter(share_id__in=[link.pk for link in links], paid_at__isnull=False)
        .values("share_id")
        .annotate(count=Count("pk"), paid=Sum("payable_fen"), back=Sum("refunded_fen"))
    }
    return [_figure(link, visits.get(link.pk, {}), orders.get(link.pk, {})) for link in links]


def figures_by_campaign(shop: Shop, campaign_ids: Collection[int]) -> dict[int, CampaignFigure]:
    """Return what the owner's own links to these campaigns brought, by campaign; three statements, none for no campaigns."""
    if not campaign_ids:
        return {}
    own = Share.objects.filter(shop=shop, sharer_id=shop.owner_id, campaign_id__in=campaign_ids)
    links = dict(own.values_list("pk", "campaign_id"))
    visits = Visit.objects.filter(share_id__in=list(links), is_valid=True).order_by()
    opened = visits.values_list("share__campaign_id").annotate(Count("pk"), Count("visitor", distinct=True))
    orders = Order.objects.filter(share_id__in=list(links), paid_at__isnull=False).order_by()
    sums = orders.values_list("share_id").annotate(Count("pk"), Sum("payable_fen"), Sum("refunded_fen"))
    bought: dict[int | None, list[int]] = {}
    for share_id, count, paid, back in sums:
        known = bought.setdefault(links[share_id], [0, 0])
        known[0] += count
        known[1] += paid - back
    found = {campaign_id: (visits_, people) for campaign_id, visits_, people in opened}
    return {
        campaign_id: CampaignFigure(*found.get(campaign_id, (0, 0)), *bought.get(campaign_id, (0, 0)))
        for campaign_id in {known for known in links.values() if known is not None}
    }


@lru_cache(maxsize=10)
def _open(start: int) -> Compiled[Shop]:
    shops = Shop.objects.filter(status=Shop.Status.OPEN).select_related("owner").order_by("-opened_at", "-pk")
    return Compiled(lambda viewer_id: shops.filter(heard_by(viewer_id, sharer="owner_id"))[start : start + PAGE_SIZE])


def _figure(link: Share, visits: Mapping[str, Any], orders: Mapping[str, Any]) -> ShareFigure:
    return ShareFigure(
        share=link,
        visits=visits.get("openings", 0),
        visitors=visits.get("people", 0),
        orders=orders.get("count", 0),
        paid_fen=orders.get("paid", 0) - orders.get("back", 0),
    )


def _start(page: int, page_size: int = PAGE_SIZE) -> int:
    return (min(max(page, 1), MAX_PAGE) - 1) * page_size

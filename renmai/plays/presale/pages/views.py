"""What a customer sees: what can be ordered in advance, one pre-sale with its dates and rules, and her own orders of them."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from renmai.campaigns.models import Campaign
from renmai.catalogue import queries as catalogue
from renmai.catalogue.models import Sku
from renmai.plays.presale import queries
from renmai.plays.presale.terms import terms_of
from renmai.web.storefront.goods import pictured_lines
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.tiles import tile
from renmai.web.storefront.views.share_own import pass_on_page
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, user_of


@require_safe
@never_cache
def presales(request: HttpRequest) -> HttpResponse:
    """List the pre-sales that are open."""
    campaigns = queries.campaigns_here()
    skus = Sku.objects.select_related("product").in_bulk([terms_of(campaign.terms).sku_id for campaign in campaigns])
    tiles = {card.id: tile(card, "content") for card in catalogue.cards([sku.product_id for sku in skus.values()])}
    rows = [_about(campaign, skus[terms_of(campaign.terms).sku_id]) for campaign in campaigns]
    context = {
        "rows": [row | {"tile": tiles.get(row["sku"].product_id)} for row in rows],
        "user": user_of(request),
        "back_url": reverse("storefront:home"),
    }
    return show(request, "presale/list.html", context)


@require_safe
@never_cache
def offer(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Say what it costs now and later, until when, and what happens if somebody does not keep to it."""
    campaign = queries.campaign_of(campaign_id)
    sku = Sku.objects.select_related("product").get(pk=terms_of(campaign.terms).sku_id)
    cards = catalogue.cards([sku.product_id], only_listed=False)
    asked = {"sku_id": sku.pk, "quantity": 1, "play": f"presale:{campaign.pk}:"}
    context = _about(campaign, sku) | {
        "tile": tile(cards[0], "content") if cards else None,
        "user": user_of(request),
        "is_called_off": queries.is_called_off(campaign_id),
        "is_sold_out": sku.stock_free == 0,
        "buy_url": f"{reverse('storefront:checkout')}?{urlencode(asked)}",
        "back_url": reverse("storefront:product", args=[sku.product_id]),
    }
    return show(request, "presale/offer.html", context)


@require_safe
@never_cache
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """List her orders of pre-sales, the newest first."""
    page = queries.bookings_of(member_of(request), page=page_number(request))
    bookings = [(booking, list(booking.order.lines.all())) for booking in page.object_list]
    pictures = pictured_lines(line for _booking, lines in bookings for line in lines)
    context = {
        # An order of a pre-sale has one line.
        "bookings": [(booking, next((pictures[line.pk] for line in lines), None)) for booking, lines in bookings],
        "position": Position(page.number, page.has_next()),
        "back_url": reverse("presale:list"),
    }
    return show(request, "presale/mine.html", context)


@require_safe
@signed_in
def share(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Give her a link of her own to this pre-sale."""
    campaign = queries.campaign_of(campaign_id)
    sku = Sku.objects.get(pk=terms_of(campaign.terms).sku_id)
    path = reverse("presale:offer", args=[campaign_id])
    return pass_on_page(request, campaign, path=path, product_id=sku.product_id, back_url=path)


def _about(campaign: Campaign, sku: Sku) -> dict[str, Any]:
    terms = terms_of(campaign.terms)
    opens, closes = terms.window(campaign)
    return {"campaign": campaign, "sku": sku, "terms": terms, "opens": opens, "closes": closes}

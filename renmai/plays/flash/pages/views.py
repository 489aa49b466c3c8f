"""What a customer sees: the sales of today and those that come, one sale with its true counts, and her places."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.catalogue import queries as catalogue
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.plays.flash import actions, queries
from renmai.plays.flash.models import Sale, Ticket
from renmai.plays.flash.terms import terms_at, terms_of
from renmai.web.storefront.goods import pictured_products
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.tiles import tile
from renmai.web.storefront.views.share_own import pass_on_page
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, user_of

BADGES = {
    Ticket.Status.WAITING: "info",
    Ticket.Status.HELD: "warn",
    Ticket.Status.ORDERED: "warn",
    Ticket.Status.BOUGHT: "good",
}


@require_safe
@never_cache
def sales(request: HttpRequest) -> HttpResponse:
    """List the sales that are open, and those that come."""
    found = queries.sales_here()
    counts = queries.counts_of(found)
    tiles = {card.id: tile(card, "content") for card in catalogue.cards([sale.pool.sku.product_id for sale in found])}
    rows = [_row(sale, counts[sale.campaign_id]) | {"tile": tiles.get(sale.pool.sku.product_id)} for sale in found]
    now = clock.now()
    context = {
        "today": [row for row in rows if row["sale"].campaign.starts_at <= now],
        "coming": [row for row in rows if row["sale"].campaign.starts_at > now],
        "user": user_of(request),
        "back_url": reverse("storefront:home"),
    }
    return show(request, "flash/list.html", context)


@require_safe
@never_cache
def sale(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Show one sale: price, true counts, time, and what she can do now."""
    found, user = queries.sale_of(campaign_id), user_of(request)
    product_id = found.pool.sku.product_id
    cards = catalogue.cards([product_id], only_listed=False)
    ticket = queries.latest_of(user, campaign_id) if user else None
    is_open_ticket = ticket is not None and ticket.status in {*Ticket.OPEN, Ticket.Status.ORDERED}
    context = _row(found, queries.counts_of([found])[campaign_id]) | {
        "tile": tile(cards[0], "content") if cards else None,
        "user": user,
        "ticket": ticket if is_open_ticket else None,
        "is_coming": found.campaign.starts_at > clock.now(),
        "back_url": reverse("storefront:product", args=[product_id]),
    }
    return show(request, "flash/sale.html", context)


@require_POST
@signed_in
def grab(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Take a place, and lead to it."""
    try:
        taken = actions.grab(member_of(request), campaign_id)
    except DomainError as error:
        if error.code == "request.not_found":
            raise
        messages.error(request, error.sentence)
        return HttpResponseRedirect(reverse("flash:sale", args=[campaign_id]))
    return HttpResponseRedirect(reverse("flash:ticket", args=[taken.number]))


@require_safe
@never_cache
@signed_in
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """Show one of her places: the piece and until when, or which number in line she is."""
    found = queries.access_ticket(member_of(request), number)
    of = queries.sale_of(found.campaign_id)
    cards = catalogue.cards([of.pool.sku.product_id], only_listed=False)
    context = {
        "ticket": found,
        "badge": BADGES.get(Ticket.Status(found.status), ""),
        "place": queries.place_of(found),
        "sale": of,
        "terms": terms_at(found.campaign_id, found.version),
        "tile": tile(cards[0], "content") if cards else None,
        "buy_url": buy_url(found, of),
        "back_url": reverse("flash:sale", args=[found.campaign_id]),
    }
    return show(request, "flash/ticket.html", context)


@require_safe
@never_cache
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """List her places, the newest first."""
    page = queries.tickets_of(member_of(request), page=page_number(request))
    rows = [(row, row.campaign.flash_sale.pool.sku.product) for row in page.object_list]
    pictures = pictured_products(product for _row, product in rows)
    context = {
        "tickets": [(row, BADGES.get(Ticket.Status(row.status), ""), pictures[product.pk]) for row, product in rows],
        "position": Position(page.number, page.has_next()),
        "back_url": reverse("flash:list"),
    }
    return show(request, "flash/mine.html", context)


@require_POST
@signed_in
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Give a place up."""
    try:
        actions.leave(member_of(request), number)
    except DomainError as error:
        if error.code == "request.not_found":
            raise
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Your place is given up."))
    return HttpResponseRedirect(reverse("flash:ticket", args=[number]))


@require_safe
@signed_in
def share(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Give her a link of her own to this sale."""
    found = queries.sale_of(campaign_id)
    path = reverse("flash:sale", args=[campaign_id])
    return pass_on_page(request, found.campaign, path=path, product_id=found.pool.sku.product_id, back_url=path)


def buy_url(ticket: Ticket, sale: Sale) -> str:
    """Return the address of the checkout with the piece of a ticket."""
    asked = {"sku_id": sale.pool.sku_id, "quantity": 1, "play": f"flash:{ticket.campaign_id}:{ticket.number}"}
    return f"{reverse('storefront:checkout')}?{urlencode(asked)}"


def _row(sale: Sale, counts: queries.Counts) -> dict[str, Any]:
    terms = terms_of(sale.campaign.terms)
    about: Mapping[str, Any] = {"sale": sale, "campaign": sale.campaign, "sku": sale.pool.sku, "terms": terms, "counts": counts}
    return {**about, "taken": counts.pieces - counts.free}

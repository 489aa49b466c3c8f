"""What a customer sees of bargains: what can be bargained for, her own ones, and one that a friend asks her to help with."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.campaigns.models import Campaign
from renmai.catalogue.models import Sku
from renmai.kernel.errors import DomainError
from renmai.plays.bargain import actions, here, queries
from renmai.plays.bargain.models import Bargain
from renmai.plays.bargain.pages.where import channel_of
from renmai.plays.bargain.pages.words import helpers_of, progress_of, tile_of
from renmai.plays.bargain.terms import Terms, terms_at, terms_of
from renmai.web.storefront.goods import pictured_products
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.views.share_own import pass_on_page
from renmai.web.ui.formats import money_text
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, user_of

SHOWN_OFFERS = 20


@require_safe
@never_cache
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """List her bargains, and what can be bargained for now."""
    page = queries.bargains_of(member_of(request), page=page_number(request))
    bargains, offers = list(page.object_list), _offers()
    pictures = pictured_products([bargain.sku.product for bargain in bargains] + [offer["sku"].product for offer in offers])
    context = {
        "bargains": [(progress_of(bargain), pictures[bargain.sku.product_id]) for bargain in bargains],
        "position": Position(page.number, page.has_next()),
        "offers": [offer | {"picture": pictures[offer["sku"].product_id]} for offer in offers],
        "objection": here.objection(channel_of(request)),
        "back_url": reverse("storefront:me"),
    }
    return show(request, "bargain/mine.html", context)


@require_safe
@never_cache
def offer(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Say what can be bargained for, how far it can come down, and by which rules, before anybody begins."""
    campaign, user = queries.campaign_of(campaign_id), user_of(request)
    terms = terms_of(campaign.terms)
    sku = Sku.objects.select_related("product").get(pk=terms.sku_id)
    context = _about(terms, sku) | {
        "campaign": campaign,
        "going_on": queries.going_on_of(user, campaign.pk) if user else None,
        "objection": here.objection(channel_of(request)),
        "back_url": reverse("storefront:product", args=[sku.product_id]),
    }
    return show(request, "bargain/offer.html", context)


@require_POST
@signed_in
def start(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Begin a bargain, and lead to it."""
    try:
        bargain = actions.start(member_of(request), campaign_id, channel=channel_of(request))
    except DomainError as error:
        if error.code == "request.not_found":
            raise
        messages.error(request, error.sentence)
        return HttpResponseRedirect(reverse("bargain:offer", args=[campaign_id]))
    return _to(bargain)


@require_safe
@never_cache
def bargain(request: HttpRequest, number: str) -> HttpResponse:
    """Show one bargain: to its starter with what to do next, to everybody else with the button that helps."""
    found, user = queries.of_number(number), user_of(request)
    terms = terms_at(found.campaign_id, found.version)
    helpers = helpers_of(queries.cuts_of(found), user)
    context = _about(terms, found.sku, found) | {
        "progress": progress_of(found),
        "owner": found.owner,
        "is_owner": user is not None and user.pk == found.owner_id,
        "user": user,
        "helpers": helpers,
        "seeds": [helper.seed for helper in reversed(helpers)],
        "own_cut": next((helper.cut for helper in helpers if helper.is_viewer), None),
        "can_buy": found.is_going_on and (found.is_at_floor or terms.buy != "at_floor"),
        "objection": here.objection(channel_of(request)),
        "offer_url": reverse("bargain:offer", args=[found.campaign_id]),
        "back_url": reverse("bargain:mine") if user else reverse("storefront:home"),
    }
    return show(request, "bargain/bargain.html", context)


@require_POST
@signed_in
def help_cut(request: HttpRequest, number: str) -> HttpResponse:
    """Help a friend, and say how much it was."""
    try:
        cut = actions.help_cut(member_of(request), number, channel=channel_of(request))
    except DomainError as error:
        if error.code == "request.not_found":
            raise
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("You cut %(amount)s off. Thank you!") % {"amount": money_text(cut.amount_fen)})
    return HttpResponseRedirect(reverse("bargain:bargain", args=[number]))


@require_safe
@signed_in
def share(request: HttpRequest, number: str) -> HttpResponse:
    """Give the starter, and whoever else wants to pass it on, a link of their own to this bargain."""
    here.require(channel_of(request))
    found = queries.of_number(number)
    path = reverse("bargain:bargain", args=[number])
    return pass_on_page(request, found.campaign, path=path, product_id=found.sku.product_id, back_url=path)


def _about(terms: Terms, sku: Sku, found: Bargain | None = None) -> dict[str, Any]:
    """What the rules and the goods are, for a campaign or for one bargain of it."""
    return {
        "terms": terms,
        "sku": sku,
        "tile": tile_of(sku),
        "is_sold_out": sku.stock_free == 0,
        "start_fen": found.start_fen if found else sku.price_fen,
    }


def _offers() -> list[dict[str, Any]]:
    campaigns = queries.campaigns_here()[:SHOWN_OFFERS]
    terms = {campaign.pk: terms_of(campaign.terms) for campaign in campaigns}
    skus = Sku.objects.select_related("product").in_bulk([each.sku_id for each in terms.values()])
    return [_offer(campaign, terms[campaign.pk], skus[terms[campaign.pk].sku_id]) for campaign in campaigns]


def _offer(campaign: Campaign, terms: Terms, sku: Sku) -> dict[str, Any]:
    return {"campaign": campaign, "terms": terms, "sku": sku}


def _to(bargain: Bargain) -> HttpResponse:
    return HttpResponseRedirect(reverse("bargain:bargain", args=[bargain.number]))

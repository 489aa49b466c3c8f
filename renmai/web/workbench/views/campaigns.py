"""Campaigns that an agent can pass on: what they are, what she earns by them, and her own link to each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from renmai.campaigns.plays import play
from renmai.catalogue import queries as catalogue
from renmai.kernel.errors import DomainError
from renmai.sharing import actions
from renmai.sharing.actions import Landing
from renmai.sharing.models import Share
from renmai.web.workbench.campaigns import running, single
from renmai.web.workbench.navigation import show
from renmai.web.workbench.seats import Seat, agents_only


@require_safe
@agents_only
def campaigns(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the running campaigns that suit her shop, with what came of her links to each."""
    context = {"rows": running(seat.shop), "shop": seat.shop, "back_url": reverse("workbench:shares")}
    return show(request, "workbench/campaigns.html", context)


@require_POST
@agents_only
def campaign_share(request: HttpRequest, seat: Seat, campaign_id: int) -> HttpResponse:
    """Give her her own link to a campaign; the same again leads to the same link."""
    found = single(campaign_id)
    if found is None:
        raise DomainError("request.not_found")
    campaign, _path, product_id = found
    link = actions.share(
        seat.user,
        kind=Share.Kind.PAGE,
        shop=seat.shop,
        product=catalogue.access_product(None, product_id) if product_id else None,
        landing=Landing(campaign.pk, play(campaign.play).page_from(campaign, seat.user)),
    )
    return redirect("workbench:share_detail", code=link.code)

"""What a customer sees of red packets: one that she can open, and those she has."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.kernel.errors import DomainError
from renmai.plays.red_packet import actions, queries
from renmai.plays.red_packet.pages.where import is_in_wechat
from renmai.plays.red_packet.whom import WHOM, objection
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.views.share_own import pass_on_page
from renmai.web.ui.formats import money_text
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, user_of


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """List her packets: those she can use or open now, or those that are used or over."""
    is_over = request.GET.get("state") == "over"
    user = member_of(request)
    page = queries.mine(user, is_over=is_over, page=page_number(request))
    context = {
        "waiting": () if is_over else queries.to_open(user),
        "packets": page.object_list,
        "position": Position(page.number, page.has_next()),
        "is_over": is_over,
        "back_url": reverse("storefront:me"),
    }
    return show(request, "red_packet/mine.html", context)


@require_safe
@never_cache
def campaign(request: HttpRequest, number: str) -> HttpResponse:
    """Show a campaign to whoever opened its link: whom it is for, how many are left, and the button, or why there is none."""
    user = user_of(request)
    found = queries.page_of(user, number)
    context = {
        "page": found,
        "user": user,
        "whom": WHOM[found.campaign.terms["given_to"]],
        "objection": objection(found.campaign, is_in_wechat=is_in_wechat(request)),
        "back_url": reverse("red_packet:mine") if user else reverse("storefront:home"),
    }
    return show(request, "red_packet/campaign.html", context)


@require_POST
@signed_in
def open_packet(request: HttpRequest, number: str) -> HttpResponse:
    """Open hers, and say what was in it."""
    user = member_of(request)
    found = queries.page_of(user, number)
    try:
        packet = actions.open_packet(user, found.campaign.pk, is_in_wechat=is_in_wechat(request))
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(
            request, _("%(amount)s for you. It is offered at your next checkout.") % {"amount": money_text(packet.amount_fen)}
        )
    return HttpResponseRedirect(reverse("red_packet:campaign", args=[number]))


@require_safe
@signed_in
def share(request: HttpRequest, number: str) -> HttpResponse:
    """Give whoever wants to pass it on a link of her own. Nothing is earned by that."""
    found = queries.page_of(None, number).campaign
    path = reverse("red_packet:campaign", args=[number])
    return pass_on_page(request, found, path=path, back_url=path)

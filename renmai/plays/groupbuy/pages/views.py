"""What customers see of group buys: what is on, a campaign, a group, and passing both on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.queries import campaign_of_number
from renmai.catalogue.models import Sku
from renmai.kernel.errors import DomainError, waiting
from renmai.plays.groupbuy import actions, queries
from renmai.plays.groupbuy.keys import KEY
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.pages.words import campaign_cards, group_cards, name_for, steps_of
from renmai.plays.groupbuy.reference import reference_to
from renmai.plays.groupbuy.terms import Terms, terms_of
from renmai.web.storefront.brought import brought
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.views.share_own import pass_on_page
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, user_of

SHOWN_OF_MINE = 3


@require_safe
@never_cache
def together(request: HttpRequest) -> HttpResponse:
    """Show what is on: one's own groups that still fill, those of people one knows, and everything that can be begun."""
    user = user_of(request)
    known = queries.people_known(user) if user else frozenset()
    hers = _mine(user)
    groups = [*hers, *(queries.groups_of_people_known(user, known) if user else [])]
    cards = group_cards(groups, queries.members_of(groups), user, known=known)
    context = {
        "user": user,
        "mine": cards[: len(hers)],
        "theirs": cards[len(hers) :],
        "campaigns": campaign_cards(queries.open_campaigns_here()),
    }
    return show(request, "groupbuy/together.html", context)


@require_safe
@never_cache
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """List one's own groups, those that are over too."""
    user = member_of(request)
    page = queries.seats_of(user, page=page_number(request))
    groups = [seat.group for seat in page.object_list if seat.group is not None]
    context = {
        "seats": list(zip(group_cards(groups, queries.members_of(groups), user), page.object_list, strict=True)),
        "position": Position(page.number, page.has_next()),
        "back_url": reverse("groupbuy:together"),
    }
    return show(request, "groupbuy/mine.html", context)


@require_safe
@never_cache
def campaign(request: HttpRequest, number: str) -> HttpResponse:
    """Say what can be bought together, for how much with how many, and show the groups of people one knows."""
    found, user = _campaign(number), user_of(request)
    terms, sku = terms_of(found.terms), _sku(terms_of(found.terms).sku_id)
    known = queries.people_known(user) if user else frozenset()
    theirs = queries.groups_of_people_known(user, known, campaign_id=found.pk) if user else []
    context = _about(found, terms, sku) | {
        "user": user,
        "card": campaign_cards([found])[0],
        "theirs": group_cards(theirs, queries.members_of(theirs), user, known=known),
        "steps": steps_of(terms, 0),
        "back_url": reverse("storefront:product", args=[sku.product_id]),
    }
    return render(request, "groupbuy/campaign.html", context | brought(request, context))


@require_safe
@never_cache
def group(request: HttpRequest, number: str) -> HttpResponse:
    """Show one group to whoever has its link: who is there, what is missing, what happens if it does not fill, and what to do."""
    found, user = _group(number), user_of(request)
    seat = queries.seat_in(found, user) if user else None
    known = queries.people_known(user) if user else frozenset()
    (card,) = group_cards([found], queries.members_of([found]), user, known=known)
    context = _about(found.campaign, card.terms, found.sku) | {
        "user": user,
        "card": card,
        "group": found,
        "seat": seat,
        "is_in": seat is not None and seat.status in Seat.IN_GROUP,
        "leader": name_for(found.leader, user, known),
        "joins": [(late, reference_to(found.number, late=late)) for late in ("refund", "new")],
        "back_url": reverse("groupbuy:together"),
    }
    return render(request, "groupbuy/group.html", context | brought(request, context))


@require_POST
@signed_in
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Leave a group that is still open, and get everything back."""
    try:
        actions.leave(member_of(request), number)
    except DomainError as error:
        if error.code == "request.not_found":
            raise
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("You have left the group. All of your money goes back the way it came."))
    return HttpResponseRedirect(reverse("groupbuy:group", args=[number]))


@require_safe
@signed_in
def share_group(request: HttpRequest, number: str) -> HttpResponse:
    """Give whoever wants to pass a group on a link of her own to it."""
    found = _group(number)
    path = reverse("groupbuy:group", args=[number])
    return pass_on_page(request, found.campaign, path=path, product_id=found.sku.product_id, back_url=path)


@require_safe
@signed_in
def share_campaign(request: HttpRequest, number: str) -> HttpResponse:
    """Give whoever wants to pass a campaign on a link of her own to it."""
    found = _campaign(number)
    path = reverse("groupbuy:campaign", args=[number])
    return pass_on_page(request, found, path=path, product_id=_sku(found.terms["sku"]).product_id, back_url=path)


def _about(found: Campaign, terms: Terms, sku: Sku) -> dict[str, Any]:
    """What a campaign is about, for its own page and those of its groups."""
    return {
        "campaign": found,
        "terms": terms,
        "sku": sku,
        "is_sold_out": sku.stock_free == 0,
        "opener_fen": terms.price_to_pay(opens=True),
        "time_to_fill": waiting(int(terms.timer.total_seconds())),
        "spared_fen": terms.paid_fen - terms.tiers[-1].price_fen,
    }


def _mine(user: User | None) -> list[Group]:
    """Her groups that still fill, or that have only just ended."""
    if user is None:
        return []
    seats = [seat for seat in queries.seats_of(user).object_list if seat.status in Seat.IN_GROUP]
    groups = [seat.group for seat in seats if seat.group is not None]
    going = [each for each in groups if each.status == Group.Status.OPEN]
    return going or groups[:SHOWN_OF_MINE]


def _campaign(number: str) -> Campaign:
    found = campaign_of_number(number)
    if found.play != KEY:
        raise DomainError("request.not_found")
    return found


def _group(number: str) -> Group:
    found = Group.objects.select_related("terms", "campaign", "sku__product", "leader").filter(number=number).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def _sku(sku_id: int) -> Sku:
    return Sku.objects.select_related("product").get(pk=sku_id)

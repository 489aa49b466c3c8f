"""Me: the way to everything that is mine."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from renmai.campaigns.plays import links
from renmai.care import queries as care
from renmai.catalogue import queries as catalogue
from renmai.distribution import queries as distribution
from renmai.ordering import queries as ordering
from renmai.sharing import queries as sharing
from renmai.web.storefront.bindings import bond_of, events_of
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.presence import known_visitor
from renmai.web.storefront.shortcuts import order_shortcuts
from renmai.web.storefront.tiles import KNOWN, seen_tiles, tiles
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, user_of

SEEN_SIZE = 60


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show orders, favourites, messages, the agent and the settings; a guest is offered to sign in and sees what a guest has."""
    user = user_of(request)
    context: dict[str, Any] = {"shows_inbox": settings.RENMAI_DEMO or settings.DEBUG}
    if user is None:
        return show(request, "storefront/me/guest.html", context)
    binding = sharing.current_binding(user)
    context |= {
        "user": user,
        "shortcuts": order_shortcuts(ordering.order_counts(user)),
        "unread": care.unread_count(user),
        "bond": bond_of(binding) if binding else None,
        "agent": distribution.membership(user.pk),
        "play_links": [(link, reverse(link.url_name)) for link in links("me")],
    }
    return show(request, "storefront/me/me.html", context)


@require_safe
@signed_in
def favourites(request: HttpRequest) -> HttpResponse:
    """List what she keeps for later."""
    page = catalogue.favourites(member_of(request), page=page_number(request))
    context = {
        "tiles": tiles(page.items, KNOWN),
        "total": page.total,
        "position": Position(page.number, page.has_next),
        "back_url": reverse("storefront:me"),
    }
    return show(request, "storefront/me/favourites.html", context)


@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """List what she looked at last; a guest's looks stay with the browser."""
    context = {
        "tiles": seen_tiles(known_visitor(request), user_of(request), limit=SEEN_SIZE),
        "back_url": reverse("storefront:me"),
    }
    return show(request, "storefront/me/seen.html", context)


@require_safe
@signed_in
def my_shop(request: HttpRequest) -> HttpResponse:
    """Say which agent she is with, since when, until when and why, and everything that ever happened to that."""
    user = member_of(request)
    binding = sharing.current_binding(user)
    log = sharing.binding_log(customer_id=user.pk, page=page_number(request))
    context = {
        "bond": bond_of(binding) if binding else None,
        "events": events_of(log),
        "back_url": reverse("storefront:me"),
    }
    return show(request, "storefront/me/my_shop.html", context)

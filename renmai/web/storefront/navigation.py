"""What every customer page shows around its content: the bottom tabs with their counts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from renmai.campaigns.plays import links
from renmai.care import queries as care
from renmai.web.storefront.brought import brought
from renmai.web.storefront.presence import pieces_in_cart
from renmai.web.ui.navigation import Tab
from renmai.web.ui.people import user_of

# Where a page belongs that is not one of the tabs itself: the beginnings of its address.
SECTIONS = (
    ("home", ("/search/", "/category/", "/p/", "/for-you/", "/safe/")),
    ("discover", ("/discover/", "/shop/", "/s/", "/scene/", "/post/")),
    ("cart", ("/cart/", "/checkout/")),
)


def tabs(request: HttpRequest) -> tuple[Tab, ...]:
    """Return the bottom tabs for this page: pieces in the cart and unread messages are counted, two statements at most."""
    user, in_cart = user_of(request), pieces_in_cart(request)
    unread = care.unread_count(user) if user else 0
    added = [(link, reverse(link.url_name)) for link in links("tab")]
    here = next((url for _link, url in added if request.path.startswith(url)), section_of(request.path))
    return (
        Tab(_("Home"), "home", reverse("storefront:home"), current=here == "home"),
        Tab(_("Discover"), "compass", reverse("storefront:discover"), current=here == "discover"),
        *(Tab(link.label, link.icon, url, current=here == url) for link, url in added),
        Tab(_("Cart"), "cart", reverse("storefront:cart"), current=here == "cart", count=in_cart),
        Tab(_("Me"), "person", reverse("storefront:me"), current=here == "me", count=unread),
    )


def section_of(path: str) -> str:
    """Return the tab that a page belongs to; what is nobody else's is the member's own."""
    if path == "/":
        return "home"
    return next((name for name, beginnings in SECTIONS if path.startswith(beginnings)), "me")


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page that has the bottom tabs; one that a link led to says who gave it and what is earned by it."""
    return render(request, template, {"tabs": tabs(request), **context, **brought(request, context)}, status=status)

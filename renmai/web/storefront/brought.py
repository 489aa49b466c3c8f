"""By whom a page was brought to somebody: on the page that a link opens stands who gave it and what is earned by it, whatever the page is."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest

from renmai.campaigns.plays import play
from renmai.campaigns.queries import campaigns_by_id
from renmai.kernel.errors import DomainError
from renmai.sharing import queries as sharing
from renmai.sharing.models import Share, Shop
from renmai.web.storefront.introductions import feedback_code, introduce, person
from renmai.web.storefront.tiles import Funnel
from renmai.web.ui.people import user_of

BY: Final = "by"
MOST_CODE: Final = 12


def address_of(link: Share) -> str:
    """Return where a link to one of our own pages leads: the page, with the link in its address, so that it can say who gave it."""
    return f"{link.page}?{urlencode({BY: link.code})}"


def brought(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return what a page says above its content when a link led to it: who recommends it, what she earns, and what one says of that.

    Empty without a link, or with one to another page or of a shop that is closed. A page that introduces the agent itself goes on doing so, of this link.
    No statement without a link, up to five with one.
    """
    link = _link(request)
    if link is None:
        return {}
    user, earns = user_of(request), _earns(link)
    if link.shop is not None:
        said = {"introduction": introduce(link.shop, link.product_id, user=user, link=link), "earns": earns}
        return said if "introduction" in context else said | {"above": "storefront/share/introduction.html"}
    code = feedback_code(link, user)
    return {"sharer": person(link.sharer), "code": code, "earns": earns, "above": "storefront/share/between_friends.html"}


def way_through(request: HttpRequest) -> Funnel:
    """Return by which way goods are met on a page that the shop or a writer made: a person's link led to it, or one came across it."""
    return "social" if request.GET.get(BY) else "content"


def _link(request: HttpRequest) -> Share | None:
    code = request.GET.get(BY, "")
    if not (code.isascii() and code.isalnum()) or len(code) > MOST_CODE:
        return None
    try:
        link = sharing.share_by_code(code)
    except DomainError:
        # Nobody follows such a link: it was written into the address by hand, and the page stands without it.
        return None
    is_closed = link.shop is not None and link.shop.status != Shop.Status.OPEN
    return link if link.kind == Share.Kind.PAGE and link.page == request.path and not is_closed else None


def _earns(link: Share) -> str:
    """Return what the play of a link's campaign gives to whoever passes it on."""
    campaign = campaigns_by_id([link.campaign_id]).get(link.campaign_id) if link.campaign_id else None
    return str(play(campaign.play).card(campaign, link.page).earns) if campaign else ""

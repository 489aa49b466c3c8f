"""Goods recommended to a customer: her own list or everybody's, as she chooses; safe picks; and what goes with a product."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts import actions as accounts
from renmai.accounts.actions import Purpose
from renmai.accounts.queries import has_consent
from renmai.catalogue import queries as catalogue
from renmai.journeys.forgetting import withdraw
from renmai.matching import actions, queries, reasons, segment_lists
from renmai.matching.selections import Entry
from renmai.matching.showing import SAFE, TOGETHER, Surface
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.presence import is_looking
from renmai.web.storefront.tiles import Tile, tile, tiles
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, safe_next, user_of

LIST_SIZE = 20
SAFE_SIZE = 20
WITH_SIZE = 6


@dataclass(frozen=True)
class Ground:
    """Why a product is on the list, and the page that shows it, if any."""

    text: str
    url: str


@dataclass(frozen=True)
class Recommended:
    """One recommended product with its strongest reason."""

    tile: Tile
    ground: Ground | None
    rank: int


@require_safe
def for_you(request: HttpRequest) -> HttpResponse:
    """Show the whole list, each product with a reason, and the switch between her own list and everybody's."""
    user = user_of(request)
    found = queries.for_member(user)
    if user is not None and is_looking(request):
        actions.note_met(user, found)
    agrees = user is not None and has_consent(user, Purpose.RECOMMENDATIONS)
    context = {
        "goods": recommended(found.entries[:LIST_SIZE]),
        "surface": Surface.FOR_YOU,
        "model": found.strategy,
        "is_personal": found.is_personal,
        "agrees": agrees,
        "made_at": found.made_at,
        "hidden": queries.hidden_by(user) if user else (),
        "back_url": reverse("storefront:home"),
    }
    return show(request, "storefront/shelf/for_you.html", context)


@require_safe
def for_segment(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Show the goods chosen for a segment to whoever belongs to it and agrees to that, what sells to everybody else."""
    user = user_of(request)
    found = segment_lists.shown_to(user, segment_id)
    context = {
        # What was true of all of them together is no reason that could be told to one.
        "goods": [replace(each, ground=None) for each in recommended(found.entries[:LIST_SIZE])],
        "surface": Surface.SEGMENT,
        "model": found.strategy,
        "is_personal": found.is_personal,
        "here": request.path,
        "back_url": reverse("storefront:home"),
    }
    return show(request, "storefront/shelf/for_segment.html", context)


@require_POST
@signed_in
def choose_for_me(request: HttpRequest) -> HttpResponse:
    """Turn personal recommendations on or off; off counts at once, and the list made for her is deleted."""
    user = member_of(request)
    if request.POST.get("give") == "1":
        accounts.give_consent(user, Purpose.RECOMMENDATIONS)
        messages.success(request, _("From now on goods are chosen for you. Your list is here in a minute."))
    else:
        withdraw(user, Purpose.RECOMMENDATIONS)
        messages.success(request, _("From now on you see the same goods as everybody. The list made for you is deleted."))
    return redirect(safe_next(request, reverse("storefront:for_you")))


@require_POST
@signed_in
def hide(request: HttpRequest, product_id: int) -> HttpResponse:
    """Take a product off her list for good, or let it come back."""
    user, product = member_of(request), catalogue.access_product(None, product_id)
    if request.POST.get("show") == "1":
        actions.unhide(user, product)
        messages.info(request, _("It may be recommended to you again."))
    else:
        actions.hide(user, product)
        messages.info(request, _("It is not recommended to you any more."))
    return redirect(safe_next(request, reverse("storefront:for_you")))


@require_safe
def safe_picks(request: HttpRequest) -> HttpResponse:
    """Show the safe picks 省心选, page by page, with what each is judged by."""
    entries = queries.safe_picks()
    number = min(page_number(request), max(1, -(-len(entries) // SAFE_SIZE)))
    shown = entries[(number - 1) * SAFE_SIZE : number * SAFE_SIZE]
    context = {
        "goods": recommended(shown, ahead=(number - 1) * SAFE_SIZE),
        "surface": Surface.SAFE,
        "model": SAFE,
        "total": len(entries),
        "position": Position(number, has_next=number * SAFE_SIZE < len(entries)),
        "back_url": reverse("storefront:home"),
    }
    return show(request, "storefront/shelf/safe.html", context)


@require_safe
def goes_with(request: HttpRequest, product_id: int) -> HttpResponse:
    """Show what goes with a product: a strip for the page that asks for it, a page of its own without a script."""
    product = catalogue.access_product(None, product_id)
    entries = queries.goes_with(product_id)[:WITH_SIZE]
    context = {
        "product": product,
        "tiles": [each for each in tiles(catalogue.cards([entry.product_id for entry in entries]), "content") if not each.gone],
        "surface": Surface.WITH,
        "model": TOGETHER,
        "back_url": reverse("storefront:product", args=[product_id]),
    }
    if request.headers.get("HX-Request"):
        return render(request, "storefront/shelf/goes_with_strip.html", context)
    return show(request, "storefront/shelf/goes_with.html", context)


def recommended(entries: Sequence[Entry], *, ahead: int = 0) -> list[Recommended]:
    """Return the goods of a list with one reason each, in five statements; what is sold out meanwhile is left out.

    ``ahead`` is how many stood on the pages before.
    """
    cards = [card for card in catalogue.cards([entry.product_id for entry in entries]) if not card.is_sold_out]
    told = reasons.said(entries, to_agent=False)
    return [
        Recommended(tile(card, "content"), _ground(told.get(card.id, ())), ahead + rank)
        for rank, card in enumerate(cards, start=1)
    ]


def _ground(said: Sequence[reasons.Said]) -> Ground | None:
    if not said:
        return None
    first = said[0]
    if first.opens == "product":
        return Ground(first.text, reverse("storefront:product", args=[first.about]))
    return Ground(first.text, reverse("storefront:category", args=[first.slug]) if first.opens == "category" else "")

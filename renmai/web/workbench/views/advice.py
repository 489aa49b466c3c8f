"""Goods recommended to the agent: why each of them, taking it into the shop, or saying that it is not for her."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.catalogue import queries as catalogue
from renmai.matching import actions, queries
from renmai.matching.models import Verdict
from renmai.matching.selections import Kept
from renmai.matching.showing import Surface
from renmai.sharing.actions import drop_product
from renmai.web.ui.people import safe_next
from renmai.web.workbench import advised, goods
from renmai.web.workbench.navigation import show
from renmai.web.workbench.numbers import number_of
from renmai.web.workbench.seats import Seat, agents_only

SHARED = 3


@require_safe
@agents_only
def advice(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the list made for her, or the one for a group of her customers, with the reasons of each product."""
    own = queries.for_agent(seat.user)
    groups = queries.groups_of(seat.user)
    part = number_of(request, "group")
    group = next((each for each in groups if each.part == part), None)
    shown: Kept | None = group or own
    if group is None:
        actions.note_met(seat.user, own, switch=actions.FOR_AGENTS)
    wishes = queries.requirements_of(seat.user)
    context = {
        "to_share": advised.to_share(seat.user, limit=SHARED) if group is None else (),
        "goods": advised.goods_of(shown.entries if shown else (), wishes),
        "surface": Surface.GROUP if group else Surface.ADVICE,
        "model": shown.strategy if shown else "",
        "made_at": shown.made_at if shown else None,
        "people": shown.people if shown else 0,
        "is_being_made": shown is None or shown.is_due,
        "groups": advised.group_chips(groups, request.path),
        "group": group,
        "requirement_words": advised.in_words(wishes),
        "reasons": [(value, label) for value, label in Verdict.Reason.choices if value],
        "here": request.get_full_path(),
        "back_url": reverse("workbench:shop"),
    }
    return show(request, "workbench/advice.html", context)


@require_POST
@agents_only
def accept(request: HttpRequest, seat: Seat, product_id: int) -> HttpResponse:
    """Take a recommended product into the shop, perhaps as its first."""
    actions.accept(seat.user, catalogue.access_product(None, product_id), on_top="top" in request.POST)
    return _said(request, product_id, _("It is in your shop now."))


@require_POST
@agents_only
def reject(request: HttpRequest, seat: Seat, product_id: int) -> HttpResponse:
    """Remember that a product is not for her, and why if she says so."""
    product = catalogue.access_product(None, product_id)
    actions.reject(seat.user, product, reason=request.POST.get("reason", ""))
    return _said(request, product_id, _("You will not see it here any more, and less like it."))


@require_POST
@agents_only
def take_back(request: HttpRequest, seat: Seat, product_id: int) -> HttpResponse:
    """Undo what she answered: out of the shop again when she took it in a moment ago, back among what may be recommended."""
    product = catalogue.access_product(None, product_id)
    if "drop" in request.POST:
        drop_product(seat.shop, product_id=product.pk)
    if actions.take_back(seat.user, product):
        messages.info(request, _("Taken back. It may come again with your next list."))
    return redirect(safe_next(request, reverse("workbench:advice")))


def _said(request: HttpRequest, product_id: int, sentence: str) -> HttpResponse:
    """Answer one line with an undo to htmx, else say it above the list."""
    back = safe_next(request, reverse("workbench:advice"))
    if not request.headers.get("HX-Request"):
        messages.success(request, sentence)
        return redirect(back)
    context = {
        "product": goods.single(product_id),
        "sentence": sentence,
        "is_accepted": request.path == reverse("workbench:advice_accept", args=[product_id]),
        "here": back,
    }
    return render(request, "workbench/parts/advised.html", context)

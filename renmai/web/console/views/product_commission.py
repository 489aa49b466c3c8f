"""What a product pays to whoever recommends it: its own rate or the default, with the effect before it is saved."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from renmai.accounts.policies import Permission
from renmai.accounts.queries import has_permission
from renmai.catalogue.models import Product
from renmai.catalogue.queries import desk
from renmai.distribution import queries as distribution
from renmai.distribution.actions import rates
from renmai.distribution.queries import Rate
from renmai.kernel.errors import DomainError
from renmai.kernel.money import share_of
from renmai.policy import queries as policy
from renmai.policy.rules import Decision
from renmai.web.console.forms import blame
from renmai.web.console.goods_forms import RateForm
from renmai.web.console.navigation import show
from renmai.web.console.views.products import editor
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

DEFAULT = "default"


@dataclass(frozen=True)
class Effect:
    """What a rate means in money on this product, and what the rules say to it."""

    rate: Rate
    lowest_fen: int
    highest_fen: int
    decision: Decision
    over_cap: bool

    @property
    def total_basis_points(self) -> int:
        """Both levels together."""
        return self.rate.basis_points + self.rate.second_basis_points


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def product_commission(request: HttpRequest, product_id: int) -> HttpResponse:
    """Show the rate in force and the effect of another (``?basis_points=8``); keep it on POST."""
    user = member_of(request)
    now = desk.product_for_staff(user, product_id)
    if request.method != "POST":
        asked = RateForm(request.GET) if "basis_points" in request.GET else None
        return _show(request, now, asked)
    form = RateForm(request.POST)
    try:
        if request.POST.get("act") == DEFAULT:
            rates.clear_product_rate(user, product_id)
            messages.success(request, _("This product pays the default rate again."))
            return redirect("console:product_commission", product_id)
        if not form.is_valid():
            return _show(request, now, form, status=400)
        second = form.cleaned_data["second_basis_points"] or 0
        rates.set_product_rate(user, product_id, basis_points=form.cleaned_data["basis_points"], second_basis_points=second)
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        blame(form, error)
        return _show(request, now, form, status=error.status)
    messages.success(request, _("Saved. Orders that were placed keep the rate they were placed with."))
    return redirect("console:product_commission", product_id)


def _show(request: HttpRequest, now: Product, form: RateForm | None, *, status: int = 200) -> HttpResponse:
    own = distribution.product_rates([now.pk]).get(now.pk)
    rate = distribution.rates_for([now.pk])[now.pk]
    cap = policy.integer("commission.total_cap_basis_points")
    asked = _asked(form) if form is not None else None
    context: dict[str, Any] = {
        **editor(request, now, "product_commission"),
        "form": form or RateForm(initial=_initial(rate)),
        "own": own,
        "rate": rate,
        "now": _effect(now, rate, cap),
        "asked": _effect(now, asked, cap) if asked is not None else None,
        "cap": cap,
        "default": policy.integer("commission.default_basis_points"),
        "has_second": policy.integer("commission.depth") > 1,
        "is_direct": policy.text("shop.model") == "direct",
        "may_change": has_permission(member_of(request), Permission.SETTINGS_CHANGE),
        "rule": policy.decide("commission.ratio", cap),
    }
    return show(request, "console/running/product_commission.html", context, status=status)


def _initial(rate: Rate) -> dict[str, int]:
    return {"basis_points": rate.basis_points, "second_basis_points": rate.second_basis_points}


def _asked(form: RateForm) -> Rate | None:
    form.is_valid()
    first = form.cleaned_data.get("basis_points")
    return Rate(first, form.cleaned_data.get("second_basis_points") or 0) if first is not None else None


def _effect(now: Product, rate: Rate, cap: int) -> Effect:
    total = rate.basis_points + rate.second_basis_points
    return Effect(
        rate,
        share_of(now.lowest_price_fen, basis_points=rate.basis_points),
        share_of(now.highest_price_fen, basis_points=rate.basis_points),
        policy.decide("commission.ratio", total),
        over_cap=total > cap,
    )

"""Claims: the queue, one of them with its evidence, and the three answers."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.journeys import after_sale as journey
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.actions.shipping import CARRIERS
from renmai.ordering.models import AfterSale
from renmai.web.console import requests
from renmai.web.console.filters import chips
from renmai.web.console.forms import ApproveForm, GoodsBackForm, RejectForm, blame
from renmai.web.console.navigation import show
from renmai.web.console.timelines import items
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

Status = AfterSale.Status
SEES_CLAIMS = (Permission.AFTER_SALES_DECIDE, Permission.ORDERS_VIEW)


@staff(*SEES_CLAIMS)
@require_safe
def after_sales(request: HttpRequest) -> HttpResponse:
    """List claims in one state, the nearest deadline first."""
    user = member_of(request)
    status = requests.choice(request, "status", ["open", *Status.values]) or Status.REQUESTED.value
    choices: list[tuple[str, str]] = [
        *((value, str(label)) for value, label in Status.choices if value in AfterSale.OPEN),
        ("open", _("All open")),
        *((value, str(label)) for value, label in Status.choices if value not in AfterSale.OPEN),
    ]
    context = {
        "page": ordering.after_sales_waiting(user, status=status, page=requests.page_number(request)),
        "status_chips": chips(request, "status", choices, default=Status.REQUESTED.value),
        "is_open_list": status == "open" or status in AfterSale.OPEN,
        "is_first": status == Status.REQUESTED,
        "reasons": dict(ordering.AFTER_SALE_REASONS),
    }
    return show(request, "console/selling/after_sales.html", context)


@staff(*SEES_CLAIMS)
@require_safe
def after_sale(request: HttpRequest, number: str) -> HttpResponse:
    """Show one claim."""
    return _show_claim(request, number)


@staff(Permission.AFTER_SALES_DECIDE)
@require_POST
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve a claim, with words to the customer."""
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _show_claim(request, number, status=400, approve_form=form)
    try:
        journey.approve(member_of(request), number, answer=form.cleaned_data["answer"])
    except DomainError as error:
        return _refused(request, number, error, approve_form=form)
    messages.success(request, _("Claim %(number)s is approved.") % {"number": number})
    return redirect("console:after_sale", number)


@staff(Permission.AFTER_SALES_DECIDE)
@require_POST
def reject(request: HttpRequest, number: str) -> HttpResponse:
    """Refuse a claim, saying why."""
    form = RejectForm(request.POST)
    if not form.is_valid():
        return _show_claim(request, number, status=400, reject_form=form, reject_open=True)
    try:
        journey.reject(member_of(request), number, answer=form.cleaned_data["answer"])
    except DomainError as error:
        return _refused(request, number, error, reject_form=form, reject_open=True)
    messages.success(request, _("Claim %(number)s is not accepted; the customer reads why.") % {"number": number})
    return redirect("console:after_sale", number)


@staff(Permission.AFTER_SALES_DECIDE)
@require_POST
def goods_back(request: HttpRequest, number: str) -> HttpResponse:
    """Take returned goods in: refund or replace."""
    form = GoodsBackForm(request.POST)
    if not form.is_valid():
        return _show_claim(request, number, status=400, back_form=form)
    try:
        journey.receive_back(member_of(request), number, is_resaleable=form.cleaned_data["is_resaleable"] == "yes")
    except DomainError as error:
        return _refused(request, number, error, back_form=form)
    messages.success(request, _("The goods of claim %(number)s are back.") % {"number": number})
    return redirect("console:after_sale", number)


def _refused(request: HttpRequest, number: str, error: DomainError, **forms: Any) -> HttpResponse:
    """Show the claim as it is now with what was refused; somebody else's claim, or none, stays an error page."""
    if error.status in {403, 404}:
        raise error
    form = next(value for value in forms.values() if isinstance(value, Form))
    blame(form, error)
    view = ordering.after_sale_page(member_of(request), number)
    if not (view.can_approve or view.can_reject or view.can_receive_back):
        # Its forms are gone with its state, so the sentence stands on top.
        return _show_claim(request, number, status=error.status, stale=error.sentence)
    return _show_claim(request, number, status=error.status, **forms)


def _show_claim(request: HttpRequest, number: str, *, status: int = 200, **given: Any) -> HttpResponse:
    user = member_of(request)
    view = ordering.after_sale_page(user, number)
    claim = view.after_sale
    context: dict[str, Any] = {
        "view": view,
        "claim": claim,
        "order": claim.order,
        "line": claim.order_line,
        "reason": ordering.reason_of(claim),
        "note": ordering.note_of(claim),
        "carrier": dict(CARRIERS).get(claim.return_carrier, claim.return_carrier),
        "timeline": items(view.steps),
        "is_open": claim.status in AfterSale.OPEN,
        "may_open_order": Permission.ORDERS_VIEW in permissions_of(user),
        "approve_form": ApproveForm(),
        "reject_form": RejectForm(),
        "back_form": GoodsBackForm(),
        "crumbs": [Crumb(_("After-sales"), reverse("console:after_sales")), Crumb(number)],
    }
    return show(request, "console/selling/after_sale.html", {**context, **given}, status=status)

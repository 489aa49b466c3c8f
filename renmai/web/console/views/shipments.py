"""Parcels: what waits with whom, sending one, sending many by CSV, and handing over what customers pick up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.journeys import receiving
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.actions import shipping
from renmai.ordering.actions.shipping import CARRIERS, BatchReport
from renmai.ordering.models import Shipment
from renmai.web.console import requests
from renmai.web.console.filters import chips
from renmai.web.console.forms import BatchForm, HandOverForm, ShipForm, blame
from renmai.web.console.navigation import show
from renmai.web.console.parcels import drawers
from renmai.web.console.views.orders import show_order
from renmai.web.ui.formats import local
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of, note_wait, safe_next

PICKUPS = "pickups"
VIEWS = [Shipment.Status.WAITING.value, Shipment.Status.SHIPPED.value, Shipment.Status.DELIVERED.value, PICKUPS]


@staff(Permission.ORDERS_VIEW)
@require_safe
def shipments(request: HttpRequest) -> HttpResponse:
    """List parcels, the waiting ones first with their deadlines, or the pickups."""
    return _show_list(request)


@staff(Permission.ORDERS_SHIP)
@require_POST
def ship(request: HttpRequest, shipment_id: int) -> HttpResponse:
    """Send one waiting parcel off. Sent twice, it leaves once."""
    form = ShipForm(request.POST, prefix=str(shipment_id))
    if not form.is_valid():
        return _show_list(request, refused=(shipment_id, form), status=400)
    try:
        parcel = shipping.ship(
            member_of(request),
            shipment_id,
            carrier=form.cleaned_data["carrier"],
            tracking_number=form.cleaned_data["tracking_number"],
        )
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        blame(form, error)
        return _show_list(request, refused=(shipment_id, form), status=error.status)
    messages.success(request, _("Parcel %(number)s is on its way.") % {"number": parcel.number})
    return redirect(safe_next(request, reverse("console:shipments")))


@staff(Permission.ORDERS_SHIP)
@require_POST
def delivered(request: HttpRequest, shipment_id: int) -> HttpResponse:
    """Note that a carrier has delivered a parcel."""
    parcel = shipping.mark_delivered(member_of(request), shipment_id)
    messages.success(request, _("Parcel %(number)s is noted as delivered.") % {"number": parcel.number})
    return redirect(safe_next(request, f"{reverse('console:shipments')}?view=shipped"))


@staff(Permission.ORDERS_SHIP)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Return the waiting parcels as the CSV that batch shipping reads."""
    content = ordering.shipments_csv(member_of(request), supplier_id=requests.number(request, "supplier"))
    name = f"parcels-{local(clock.now()):%Y%m%d-%H%M}.csv"
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    response = HttpResponse(f"\ufeff{content}", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@staff(Permission.ORDERS_SHIP)
@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Send off the parcels of an uploaded CSV and report line by line. The same file again changes nothing."""
    form = BatchForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_list(request, batch_form=form, status=400)
    try:
        report = shipping.batch_ship(member_of(request), requests.csv_text(form.cleaned_data["file"]))
    except DomainError as error:
        if error.code == "request.forbidden":
            raise
        blame(form, error)
        return _show_list(request, batch_form=form, status=error.status)
    return _show_list(request, report=report)


@staff(Permission.ORDERS_SHIP)
@require_POST
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Hand an order to the customer who shows its code."""
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return show_order(request, number, hand_over=form, status=400)
    try:
        receiving.hand_over(member_of(request), number, code=form.cleaned_data["code"])
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        blame(form, error)
        note_wait(request, error)
        return show_order(request, number, hand_over=form, status=error.status)
    messages.success(request, _("Order %(number)s is handed over.") % {"number": number})
    return redirect("console:order", number)


def _show_list(
    request: HttpRequest,
    *,
    refused: tuple[int, ShipForm] | None = None,
    batch_form: BatchForm | None = None,
    report: BatchReport | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the list; ``refused`` is a parcel whose form opens with what is wrong, ``report`` what a batch did."""
    user = member_of(request)
    view = requests.choice(request, "view", VIEWS) or Shipment.Status.WAITING.value
    supplier_id = requests.number(request, "supplier")
    may_ship = Permission.ORDERS_SHIP in permissions_of(user)
    number = requests.page_number(request)
    labels = [
        (Shipment.Status.WAITING.value, _("To send")),
        (PICKUPS, _("To hand over")),
        (Shipment.Status.SHIPPED.value, _("On their way")),
        (Shipment.Status.DELIVERED.value, _("Delivered")),
    ]
    here = reverse("console:shipments")
    context: dict[str, Any] = {
        "here": here,
        "view": view,
        "view_chips": chips(request, "view", labels, default=Shipment.Status.WAITING.value, path=here),
        "suppliers": ordering.suppliers_waiting(user),
        "supplier_id": supplier_id,
        "may_ship": may_ship,
        "batch_form": batch_form or BatchForm(),
        "batch_open": batch_form is not None,
        "report": report,
        "carrier_names": dict(CARRIERS),
    }
    if view == PICKUPS:
        context["pickups"] = context["page"] = ordering.pickups_waiting(user, page=number)
    else:
        page = ordering.shipments_of(user, status=view, supplier_id=supplier_id, page=number)
        context |= {"page": page, "drawers": drawers(page.items, refused) if may_ship else ()}
    return show(request, "console/selling/shipments.html", context, status=status)

"""Paying: to the cashier, and what she finds when she comes back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.campaigns import queries as campaigns
from renmai.journeys import paying
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.models import Order
from renmai.payments import queries as payments
from renmai.payments.models import Payment
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, user_of


@require_POST
@signed_in
def order_pay(request: HttpRequest, number: str) -> HttpResponse:
    """Start to pay an order, or go on with it."""
    return to_cashier(request, ordering.access_order(member_of(request), number))


@never_cache
@require_safe
@signed_in
def order_paid(request: HttpRequest, number: str) -> HttpResponse:
    """Say what became of the payment, asking the provider once more. While it waits, the page asks again by itself."""
    order = paying.look_again(member_of(request), number)
    context = {
        "order": order,
        "state": _state(order),
        "told": campaigns.told_of(order) if order.is_held else (),
        "back_url": reverse("storefront:order", args=[number]),
    }
    return render(request, "storefront/buying/paid.html", context)


def to_cashier(request: HttpRequest, order: Order) -> HttpResponse:
    """Send the customer to the cashier; an order that waits for no money, or that cannot be paid, is shown instead."""
    page = reverse("storefront:order", args=[order.number])
    if order.status != Order.Status.PLACED:
        paid = reverse("storefront:order_paid", args=[order.number])
        return HttpResponseRedirect(paid if order.payable_fen == 0 else page)
    user = user_of(request)
    if user is None:
        raise DomainError("request.sign_in")
    try:
        cashier = paying.start_for(user, order, return_url=reverse("storefront:order_paid", args=[order.number]))
    except DomainError as error:
        if error.code == "request.not_found":  # staff may see the order, and not pay it
            raise
        messages.error(request, error.sentence)
        return HttpResponseRedirect(page)
    return HttpResponseRedirect(cashier)


def _state(order: Order) -> str:
    """Return ``paid``, ``deposit``, ``closed``, ``over``, ``refused`` or ``waiting``."""
    if order.status == Order.Status.CANCELLED:
        return "closed"
    if order.status != Order.Status.PLACED:
        return "paid"
    if clock.now() >= order.pay_before:
        return "over"
    if not order.can_be_paid:
        return "deposit"
    latest = next(iter(payments.payments_for(order.number)), None)
    return "refused" if latest is not None and latest.status == Payment.Status.FAILED else "waiting"

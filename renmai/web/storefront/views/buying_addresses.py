"""Addresses of a member, and the regions that an address is chosen from."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts import actions, queries
from renmai.web.storefront.address_form import AddressForm
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of

REGIONS = "regions"


@require_safe
@signed_in
def addresses(request: HttpRequest) -> HttpResponse:
    """List one's addresses, the default first."""
    context = {
        "addresses": queries.addresses(member_of(request)),
        "limit": queries.ADDRESS_LIMIT,
        "back_url": reverse("storefront:me"),
    }
    return render(request, "storefront/buying/addresses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def address_new(request: HttpRequest) -> HttpResponse:
    """Add an address."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def address_edit(request: HttpRequest, address_id: int) -> HttpResponse:
    """Change an address of one's own."""
    return _edit(request, address_id)


@require_POST
@signed_in
def address_remove(request: HttpRequest, address_id: int) -> HttpResponse:
    """Take an address off the list; orders keep their copies."""
    actions.remove_address(member_of(request), address_id)
    messages.success(request, _("The address is gone."))
    return HttpResponseRedirect(reverse("storefront:addresses"))


@require_POST
@signed_in
def address_default(request: HttpRequest, address_id: int) -> HttpResponse:
    """Make an address the one to begin with."""
    actions.set_default_address(member_of(request), address_id)
    return HttpResponseRedirect(reverse("storefront:addresses"))


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Answer with the three selects of a region, as far as it is chosen. Nobody's secret."""
    owner = "checkout-form" if request.GET.get("owner") else ""
    return render(
        request, "storefront/buying/regions.html", {"form": AddressForm(request.GET, owner=owner).quiet(), "owner": owner}
    )


def _edit(request: HttpRequest, address_id: int | None) -> HttpResponse:
    user = member_of(request)
    address = queries.access_address(user, address_id) if address_id is not None else None
    if request.method != "POST":
        form = AddressForm(address=address, user=user)
    elif request.POST.get("act") == REGIONS:
        form = AddressForm(request.POST).quiet()
    else:
        form = AddressForm(request.POST)
        if form.save(user, address_id=address_id):
            messages.success(request, _("The address is saved."))
            return HttpResponseRedirect(reverse("storefront:addresses"))
    context = {"form": form, "address": address, "back_url": reverse("storefront:addresses")}
    return render(request, "storefront/buying/address.html", context, status=form.status)

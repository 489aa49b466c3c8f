"""Selling over the counter: enter, look at the price, take the money, hand over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from renmai.accounts.policies import Permission
from renmai.journeys import counter
from renmai.journeys.quoting import Quote
from renmai.kernel import ids
from renmai.kernel.errors import DomainError
from renmai.web.console.counter_form import CounterForm
from renmai.web.console.forms import blame
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of


@staff(Permission.ORDERS_SHIP)
@require_http_methods(["GET", "HEAD", "POST"])
def counter_sale(request: HttpRequest) -> HttpResponse:
    """Sell what a customer takes with her. The first POST says the price, the second takes the money; sent twice, it sells once."""
    if request.method != "POST":
        return _show(request, CounterForm())
    form = CounterForm(request.POST)
    sale = form.sale()
    if sale is None:
        return _show(request, form, status=400)
    try:
        if request.POST.get("step") == "sell":
            order = counter.sell(member_of(request), sale, idempotency_key=request.POST.get("idempotency_key", ""))
            messages.success(request, _("Sold: order %(number)s is paid and handed over.") % {"number": order.number})
            return redirect("console:order", order.number)
        found = counter.quote(member_of(request), sale)
    except DomainError as error:
        if error.code == "request.forbidden":
            raise
        blame(form, error)
        return _show(request, form, status=error.status)
    return _show(request, form, found=found)


def _show(request: HttpRequest, form: CounterForm, *, found: Quote | None = None, status: int = 200) -> HttpResponse:
    context = {"form": form, "quote": found, "key": ids.secret(32)}
    return show(request, "console/selling/counter.html", context, status=status)

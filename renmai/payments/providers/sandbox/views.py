"""The cashier's page: the only page outside the web rooms, because it stands for another company's."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from renmai.kernel.errors import DomainError
from renmai.payments.providers.sandbox import cashier as counter
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.payments.providers.sandbox.delivery import PROVIDER


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cashier(request: HttpRequest, trade: str) -> HttpResponse:
    """Show what is to be paid and how the sandbox may behave; after a choice, send the customer back to the shop."""
    if PROVIDER not in settings.RENMAI_PAYMENT_PROVIDERS:
        raise Http404
    try:
        found = counter.access_trade(trade)
    except DomainError as error:
        raise Http404 from error
    chosen = {behaviour.value: behaviour for behaviour in Behaviour}.get(request.POST.get("behaviour", ""))
    if chosen is not None:
        counter.choose(trade, chosen)
        return HttpResponseRedirect(found.return_url)
    context = {
        "trade": found,
        "merchant": _("Renmai"),
        "back_url": found.return_url,
        "pay": Behaviour.PAY,
        "others": [(behaviour, title, text) for behaviour, (title, text) in _explained().items()],
    }
    return render(request, "payments/sandbox/cashier.html", context, status=400 if request.method == "POST" else 200)


def _explained() -> dict[Behaviour, tuple[str, str]]:
    """What else can be tried, in the order of the page."""
    return {
        Behaviour.REFUSE: (_("Refuse the payment"), _("The bank says no; no money moves and the shop is told so.")),
        Behaviour.NOTIFY_LATE: (_("Pay, tell the shop after a minute"), _("The shop may find out by asking before it is told.")),
        Behaviour.NOTIFY_TWICE: (_("Pay, tell the shop twice"), _("The second notice must change nothing.")),
        Behaviour.NEVER_NOTIFY: (_("Pay, never tell the shop"), _("The shop finds out by asking, within a minute.")),
        Behaviour.WRONG_AMOUNT: (
            _("Pay, but name a wrong amount"),
            _("The shop refuses the notice, raises an alert, and asks for the truth."),
        ),
    }

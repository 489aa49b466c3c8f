"""The demo's doors: whom one can be, without a password. They exist only where ``RENMAI_DEMO`` says so."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.actions import visitor
from renmai.accounts.models import User
from renmai.demo import cast
from renmai.web.ui import people


@dataclass(frozen=True)
class Door:
    """One person to be: ``key`` in the address, the name of the role, what she sees, and where she begins."""

    key: str
    title: str | Promise
    text: str | Promise
    leads_to: str
    icon: str


CUSTOMER = Door("customer", _("A customer"), _("Opens links on her phone, buys, receives, sometimes sends back."), "/", "person")
AGENT = Door(
    "agent",
    _("An agent"),
    _("Keeps a shop without stock, shares what she stands behind, earns on kept sales."),
    "/agent/",
    "shop",
)
STAFF: dict[str, Door] = {
    "owner": Door(
        "owner", _("The operator"), _("Sees and decides everything except approving one withdrawal twice."), "/console/", "chart"
    ),
    "parcels": Door("parcels", _("Fulfilment"), _("Ships parcels, one by one or from a file."), "/console/", "box"),
    "care": Door("care", _("Customer service"), _("Answers claims with pictures and deadlines."), "/console/", "chat"),
    "money1": Door("money1", _("Finance, first pair of eyes"), _("Reviews withdrawals."), "/console/", "wallet"),
    "money2": Door(
        "money2", _("Finance, second pair of eyes"), _("Approves what somebody else has reviewed."), "/console/", "wallet"
    ),
}


@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """Show every door, and the one-time codes for signing in to the console by hand."""
    _only_in_the_demo()
    codes = cast.second_factor_codes()
    staff = [(door, codes.get(key, "")) for key, door in STAFF.items()]
    context = {"members": [CUSTOMER, AGENT], "staff": staff, "password": cast.PASSWORD, "current": people.user_of(request)}
    return render(request, "demo/hall.html", context)


@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Become the person behind a door and go where she begins."""
    _only_in_the_demo()
    door, user = _behind(key)
    people.sign_in(request, user, user.visitors.order_by("pk").first() or visitor(None))
    return HttpResponseRedirect(door.leads_to)


def _behind(key: str) -> tuple[Door, User]:
    if key in STAFF:
        return STAFF[key], User.objects.get(username=key)
    person = {AGENT.key: cast.busiest_agent, CUSTOMER.key: cast.busiest_customer}.get(key, lambda: None)()
    if person is None:
        raise Http404
    return (AGENT if key == AGENT.key else CUSTOMER), person


def _only_in_the_demo() -> None:
    if not settings.RENMAI_DEMO:
        raise Http404

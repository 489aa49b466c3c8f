"""Becoming an agent and opening the shop, in one form."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import User
from renmai.catalogue.actions.pictures import MAX_BYTES
from renmai.distribution import queries as distribution
from renmai.distribution.actions import AgentApplication
from renmai.distribution.models import Agent
from renmai.journeys import joining
from renmai.kernel.errors import DomainError
from renmai.policy import queries as policy
from renmai.sharing import queries as sharing
from renmai.sharing.actions import open_shop
from renmai.sharing.models import Shop
from renmai.web.ui.bodies import takes_files
from renmai.web.ui.people import member_of
from renmai.web.workbench.forms import JoinForm, ShopForm
from renmai.web.workbench.navigation import show_bare

PROMISES = ("join.fee", "join.required_purchase", "reward.per_recruit", "agent.age", "agent.occupation", "disclosure.paid_link")
NEW = "?new=1"


@dataclass(frozen=True)
class Law:
    """A rule that binds agents, and where it stands."""

    says: str
    source: str


@takes_files(1, each_bytes=MAX_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Show what an agent is, and take everything that is needed to become one and open the shop."""
    user = member_of(request)
    agent = distribution.membership(user.pk)
    if agent is not None and agent.status == Agent.Status.CLOSED:
        raise DomainError("distribution.closed")
    if agent is not None and (agent.status == Agent.Status.SUSPENDED or sharing.shop_of(user)):
        return redirect("workbench:today")
    form_class = ShopForm if agent else JoinForm
    form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                shop = _open(user, form, introducer=_introducer(user))
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, _("“%(name)s” is open. Now pick what you stand for.") % {"name": shop.name})
                return redirect(reverse("workbench:shop_goods") + NEW)
    context = {
        "form": form,
        "is_agent": agent is not None,
        "laws": _laws(),
        "agreement": PURPOSES[Purpose.AGENT_AGREEMENT],
        "introducer": _introducer(user),
        "face": form.picture_path or user.avatar_seed,
    }
    return show_bare(request, "workbench/join.html", context, status=status)


def _open(user: User, form: ShopForm, *, introducer: Shop | None) -> Shop:
    details = form.shop_input()
    if not isinstance(form, JoinForm):
        return open_shop(user, details)
    values = form.cleaned_data
    application = AgentApplication(
        born_on=values["born_on"],
        occupation=values["occupation"],
        real_name="",
        has_agreed=values["has_agreed"],
        introducer_user_id=introducer.owner_id if introducer else None,
    )
    return joining.join(user, application, details).shop


def _introducer(user: User) -> Shop | None:
    """Whoever she is a customer of: written down, and paid nothing for it."""
    binding = sharing.current_binding(user)
    return binding.shop if binding else None


def _laws() -> list[Law]:
    found: dict[str, Law] = {}
    for rule in policy.rules():
        if rule.key in PROMISES:
            found.setdefault(rule.key, Law(str(rule.says), rule.source))
    return [found[key] for key in PROMISES if key in found]

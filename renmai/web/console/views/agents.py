"""Agents: who they are, what they earn, who is bound to them; suspending and reactivating with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.distribution import actions
from renmai.distribution import queries as distribution
from renmai.distribution.models import Agent
from renmai.distribution.policies import LEADER, second_layer, second_level_is_on
from renmai.kernel.errors import DomainError
from renmai.sharing import queries as sharing
from renmai.sharing.models import Shop
from renmai.web.console import requests
from renmai.web.console.filters import chips
from renmai.web.console.forms import LeaderForm, ReasonForm, blame
from renmai.web.console.navigation import show
from renmai.web.console.paging import PAGE_SIZE, OpenEnd
from renmai.web.console.work import SEE_WITHDRAWALS
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import address_of, member_of

SEES_AGENT = (Permission.AGENTS_MANAGE, Permission.WITHDRAWALS_REVIEW, Permission.WITHDRAWALS_APPROVE)
PARTS = ["commissions", "statement", "customers", "withdrawals"]


@staff(Permission.AGENTS_MANAGE)
@require_safe
def agents(request: HttpRequest) -> HttpResponse:
    """List agents, the newest first."""
    status = requests.choice(request, "status", Agent.Status.values)
    text = requests.words(request)
    context = {
        "page": distribution.agents(member_of(request), status=status or None, text=text, page=requests.page_number(request)),
        "status_chips": chips(request, "status", [("", _("All")), *Agent.Status.choices]),
        "status": status,
        "text": text,
    }
    return show(request, "console/selling/agents.html", context)


@staff(*SEES_AGENT)
@require_safe
def agent(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Show one agent."""
    return _show_agent(request, agent_id)


@staff(Permission.AGENTS_MANAGE)
@require_POST
def suspend(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Stop an agent from earning for now."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show_agent(request, agent_id, form=form, status=400)
    try:
        actions.suspend(member_of(request), agent_id, reason=form.cleaned_data["reason"], ip_address=address_of(request) or None)
    except DomainError as error:
        return _refused(request, agent_id, form, error)
    messages.success(request, _("Suspended. She earns nothing new; what she has stays hers."))
    return redirect("console:agent", agent_id)


@staff(Permission.AGENTS_MANAGE)
@require_POST
def reactivate(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Let a suspended agent earn again."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show_agent(request, agent_id, form=form, status=400)
    try:
        actions.reactivate(
            member_of(request), agent_id, reason=form.cleaned_data["reason"], ip_address=address_of(request) or None
        )
    except DomainError as error:
        return _refused(request, agent_id, form, error)
    messages.success(request, _("Reactivated. New orders earn again."))
    return redirect("console:agent", agent_id)


@staff(Permission.AGENTS_MANAGE)
@require_POST
def set_leader(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Appoint who leads an agent's team, by the code of her shop; nobody when it is left empty."""
    form = LeaderForm(request.POST)
    if not form.is_valid():
        return _show_agent(request, agent_id, leader_form=form, status=400)
    code = form.cleaned_data["shop_code"].strip()
    try:
        actions.appoint_leader(member_of(request), agent_id, leader_id=_keeper_of(code) if code else None)
    except DomainError as error:
        if error.code == "request.forbidden":
            raise
        form.add_error("shop_code", error.sentence)
        return _show_agent(request, agent_id, leader_form=form, status=error.status)
    messages.success(request, _("Written down. Orders from now on know it."))
    return redirect("console:agent", agent_id)


def _keeper_of(shop_code: str) -> int:
    keeper = distribution.agent_of_user(sharing.shop_by_code(shop_code).owner_id)
    if keeper is None:
        raise DomainError("distribution.leader", field="shop_code")
    return keeper.pk


def _refused(request: HttpRequest, agent_id: int, form: ReasonForm, error: DomainError) -> HttpResponse:
    if error.code in {"request.not_found", "request.forbidden"}:
        raise error
    blame(form, error)
    return _show_agent(request, agent_id, form=form, status=error.status)


def _show_agent(
    request: HttpRequest,
    agent_id: int,
    *,
    form: ReasonForm | None = None,
    leader_form: LeaderForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = member_of(request)
    held = permissions_of(user)
    found = distribution.access_agent(user, agent_id)
    shop = sharing.shop_of(found.user)
    part = requests.choice(request, "part", PARTS) or PARTS[0]
    income = distribution.income(found.pk)
    labels = [_("Commissions"), _("Statement"), _("Bound customers"), _("Withdrawals")]
    here = reverse("console:agent", args=[found.pk])
    context: dict[str, Any] = {
        "here": here,
        "agent": found,
        "shop": shop,
        "income": income,
        "waiting_fen": income.created_fen + income.frozen_fen,
        "back_fen": income.void_fen + income.clawed_back_fen,
        "customers_count": sharing.customer_count(shop) if shop else 0,
        "part_template": f"console/selling/agent/{part}.html",
        "part_tabs": chips(request, "part", list(zip(PARTS, labels, strict=True)), default=PARTS[0], path=here),
        "may_manage": Permission.AGENTS_MANAGE in held,
        "may_open_orders": Permission.ORDERS_VIEW in held,
        "may_open_withdrawals": bool(held & SEE_WITHDRAWALS),
        "terms": distribution.leader_terms(found),
        "leader_earns": second_level_is_on() and second_layer() == LEADER,
        "leader_form": leader_form or LeaderForm(),
        "leader_open": leader_form is not None,
        "form": form or ReasonForm(),
        "form_open": form is not None,
        "crumbs": [
            Crumb(_("Agents"), reverse("console:agents") if Permission.AGENTS_MANAGE in held else ""),
            Crumb(found.user.display_name),
        ],
        **_part(part, found, shop, page=requests.page_number(request)),
    }
    return show(request, "console/selling/agent.html", context, status=status)


def _part(part: str, found: Agent, shop: Shop | None, *, page: int) -> dict[str, Any]:
    match part:
        case "statement":
            return {"page": distribution.statement(found.pk, page=page)}
        case "customers":
            customers = sharing.bound_customers(shop, page=page) if shop else []
            return {"customers": customers, "customers_page": OpenEnd(page, len(customers) == PAGE_SIZE)}
        case "withdrawals":
            return {"page": distribution.withdrawals_of(found.pk, page=page)}
        case _:
            return {"page": distribution.commissions(found.pk, page=page)}

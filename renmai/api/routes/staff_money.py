"""The staff: withdrawals, agents, failed refunds, and why orders went where they went."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, cut, listed, whole
from renmai.api.callers import Staff, person
from renmai.api.keys import once
from renmai.api.parsing import Code, Id, PageNumber, Plain, Words
from renmai.api.schemas.buying import CountOut, RefundOut
from renmai.api.schemas.earning import (
    AgentOut,
    CommissionOut,
    EntryOut,
    FullWithdrawalOut,
    IncomeOut,
    TaxOut,
    WithdrawalOut,
    full_withdrawal,
)
from renmai.api.schemas.staff_orders import AgentRowOut, AttributionOut, BindingLogOut, LeaderIn, ReasonIn
from renmai.distribution import actions, queries
from renmai.distribution.models import Agent
from renmai.ordering import queries as ordering
from renmai.payments import actions as payments
from renmai.payments import queries as money
from renmai.sharing import queries as sharing
from renmai.web.ui.people import address_of

DECIDE = Staff(Permission.WITHDRAWALS_REVIEW, Permission.WITHDRAWALS_APPROVE)
REVIEW, APPROVE = Staff(Permission.WITHDRAWALS_REVIEW), Staff(Permission.WITHDRAWALS_APPROVE)
AGENTS, ATTRIBUTION = Staff(Permission.AGENTS_MANAGE), Staff(Permission.ATTRIBUTION_VIEW)
ORDERS = Staff(Permission.ORDERS_VIEW)
REFUNDS, CLAIMS = Staff(Permission.REFUNDS_VIEW), Staff(Permission.AFTER_SALES_DECIDE)
router = Router(tags=["Staff: money"], auth=DECIDE)
Short = Annotated[Plain, Field(max_length=20)]
LOG_PAGE = 20


@router.get("/staff/withdrawals", response=Paged[WithdrawalOut])
def list_all_withdrawals(request: HttpRequest, *, status: Short = "", page: PageNumber = 1) -> Listed[Any]:
    """Withdrawals of one status or all. Those that wait begin with the oldest."""
    return listed(queries.withdrawals(person(request), status=status or None, page=page))


@router.get("/staff/withdrawals/counts", response=Paged[CountOut])
def count_withdrawals(request: HttpRequest) -> Listed[Any]:
    """How many withdrawals are in each status."""
    return whole(queries.withdrawal_counts())


@router.get("/staff/withdrawals/{withdrawal_id}", response=FullWithdrawalOut)
def get_any_withdrawal(request: HttpRequest, withdrawal_id: Id) -> FullWithdrawalOut:
    """A withdrawal with its parts, and who decided."""
    return _withdrawal(request, withdrawal_id)


@router.post("/staff/withdrawals/{withdrawal_id}/review", response=FullWithdrawalOut, auth=REVIEW)
def review_withdrawal(request: HttpRequest, withdrawal_id: Id) -> FullWithdrawalOut:
    """The first of two people agrees. Needs an Idempotency-Key."""
    actor, address = person(request), address_of(request)
    once(request, lambda: actions.review_withdrawal(actor, withdrawal_id, ip_address=address))
    return _withdrawal(request, withdrawal_id)


@router.post("/staff/withdrawals/{withdrawal_id}/approve", response=FullWithdrawalOut, auth=APPROVE)
def approve_withdrawal(request: HttpRequest, withdrawal_id: Id) -> FullWithdrawalOut:
    """The second person agrees: tax is withheld and the payment ordered. Needs an Idempotency-Key; never the person of the first step."""
    actor, address = person(request), address_of(request)
    once(request, lambda: actions.approve_withdrawal(actor, withdrawal_id, ip_address=address))
    return _withdrawal(request, withdrawal_id)


@router.post("/staff/withdrawals/{withdrawal_id}/reject", response=FullWithdrawalOut)
def reject_withdrawal(request: HttpRequest, withdrawal_id: Id, given: ReasonIn) -> FullWithdrawalOut:
    """Refuse before the second approval; the money is hers again. Needs an Idempotency-Key."""
    actor, address, reason = person(request), address_of(request), given.reason
    once(request, lambda: actions.reject_withdrawal(actor, withdrawal_id, reason=reason, ip_address=address), reason)
    return _withdrawal(request, withdrawal_id)


@router.get("/staff/agents", response=Paged[AgentRowOut], auth=AGENTS)
def list_agents(request: HttpRequest, *, status: Short = "", text: Words = "", page: PageNumber = 1) -> Listed[Any]:
    """Agents with what they earned. Newest first; ``text`` is part of a name, or a phone."""
    return listed(queries.agents(person(request), status=status or None, text=text, page=page))


@router.get("/staff/agents/{agent_id}", response=AgentOut, auth=AGENTS)
def get_agent(request: HttpRequest, agent_id: Id) -> Agent:
    """An agent."""
    return queries.access_agent(person(request), agent_id)


@router.get("/staff/agents/{agent_id}/income", response=IncomeOut, auth=AGENTS)
def get_agent_income(request: HttpRequest, agent_id: Id) -> queries.IncomeSummary:
    """An agent's income by how far it is from her hand."""
    return queries.income(queries.access_agent(person(request), agent_id).pk)


@router.get("/staff/agents/{agent_id}/statement", response=Paged[EntryOut], auth=AGENTS)
def list_agent_statement(request: HttpRequest, agent_id: Id, *, kind: Short = "", page: PageNumber = 1) -> Listed[Any]:
    """An agent's statement. Newest first."""
    return listed(queries.statement(queries.access_agent(person(request), agent_id).pk, kind=kind or None, page=page))


@router.get("/staff/withdrawals/{withdrawal_id}/tax", response=TaxOut)
def preview_withdrawal_tax(request: HttpRequest, withdrawal_id: Id) -> queries.TaxPreview:
    """What tax a withdrawal would cost if it were approved now, and the figures it follows from."""
    row = queries.access_withdrawal(person(request), withdrawal_id)
    return queries.tax_preview(row.agent_id, row.amount_fen)


@router.post("/staff/agents/{agent_id}/suspend", response=AgentOut, auth=AGENTS)
def suspend_agent(request: HttpRequest, agent_id: Id, given: ReasonIn) -> Agent:
    """Stop an agent from earning and withdrawing for now. What she has stays hers."""
    return actions.suspend(person(request), agent_id, reason=given.reason, ip_address=address_of(request))


@router.post("/staff/agents/{agent_id}/reactivate", response=AgentOut, auth=AGENTS)
def reactivate_agent(request: HttpRequest, agent_id: Id, given: ReasonIn) -> Agent:
    """Let a suspended agent earn and withdraw again."""
    return actions.reactivate(person(request), agent_id, reason=given.reason, ip_address=address_of(request))


@router.put("/staff/agents/{agent_id}/leader", response={204: None}, auth=AGENTS)
def set_leader(request: HttpRequest, agent_id: Id, given: LeaderIn) -> None:
    """Appoint who leads an agent's team, or nobody. She earns on its sales only where the second level is the leader's."""
    actions.appoint_leader(person(request), agent_id, leader_id=given.leader_id)


@router.post("/staff/agents/{agent_id}/close", response=AgentOut, auth=AGENTS)
def close_agent(request: HttpRequest, agent_id: Id, given: ReasonIn) -> Agent:
    """End an agent for good. She can still withdraw what is hers."""
    return actions.close(person(request), agent_id, reason=given.reason, ip_address=address_of(request))


@router.get("/staff/attribution", response=Paged[AttributionOut], auth=ATTRIBUTION)
def list_attribution(request: HttpRequest, *, shop_id: Id | None = None, rule: Short = "", page: PageNumber = 1) -> Listed[Any]:
    """Why orders went to shops, one decision per order with its evidence. Newest first."""
    return cut(sharing.attribution_log(page=page, shop_id=shop_id, rule=rule), page=page, size=LOG_PAGE)


@router.get("/staff/bindings", response=Paged[BindingLogOut], auth=ATTRIBUTION)
def list_binding_log(
    request: HttpRequest, *, customer_id: Id | None = None, shop_id: Id | None = None, page: PageNumber = 1
) -> Listed[Any]:
    """What happened to bindings and why. Newest first."""
    return cut(sharing.binding_log(page=page, customer_id=customer_id, shop_id=shop_id), page=page, size=LOG_PAGE)


@router.get("/staff/orders/{number}/commissions", response=Paged[CommissionOut], auth=ORDERS)
def list_order_commissions(request: HttpRequest, number: Code) -> Listed[Any]:
    """What the lines of an order earn, and how far each is."""
    return whole(queries.commissions_of_order(ordering.access_order(person(request), number).pk))


@router.get("/staff/refunds/failed", response=Paged[RefundOut], auth=REFUNDS)
def list_failed_refunds(request: HttpRequest) -> Listed[Any]:
    """Refunds that the provider did not accept and that wait for a person. Oldest first."""
    return whole(money.failed_refunds())


@router.post("/staff/refunds/{refund_id}/retry", response={204: None}, auth=CLAIMS)
def retry_refund(request: HttpRequest, refund_id: Id) -> None:
    """Try a failed refund once more. Needs an Idempotency-Key."""
    actor = person(request)
    once(request, lambda: payments.retry_refund(actor, refund_id))


def _withdrawal(request: HttpRequest, withdrawal_id: int) -> FullWithdrawalOut:
    return full_withdrawal(queries.access_withdrawal(person(request), withdrawal_id))

"""Agents: joining, income, withdrawals."""

from datetime import datetime
from typing import Any

from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import Fen, Id, In
from renmai.api.schemas.people import Day
from renmai.api.schemas.shops import ShopOut


class AgentOut(Out):
    """An agent as she sees herself."""

    id: int
    status: str
    status_text: Text = Field(alias="get_status_display")
    real_name: str
    payout_account: str
    joined_at: datetime


class JoinedOut(Out):
    """A new agent with her shop."""

    agent: AgentOut
    shop: ShopOut


class IncomeOut(Out):
    """Income by how far it is from her hand, in fen."""

    created_fen: int
    frozen_fen: int
    available_fen: int
    withdrawing_fen: int
    withdrawn_fen: int
    void_fen: int
    clawed_back_fen: int
    debt_fen: int
    tax_fen: int


class WorkbenchOut(Out):
    """An agent's first page."""

    agent: AgentOut
    shop: ShopOut | None
    income: IncomeOut
    customers: int
    links: int


class EntryOut(Out):
    """One line of the statement; ``amount_fen`` is negative for what goes out."""

    entry_id: int
    kind: str
    kind_label: Text
    effect: str
    amount_fen: int
    at: datetime
    title: str
    order_number: str
    commission_id: int | None
    withdrawal_id: int | None
    withdrawal_number: str
    thaw_at: datetime | None


class FactsOut(Out):
    """What a commission follows from."""

    order_number: str
    product_id: int
    product_title: str
    options_text: str
    quantity: int
    refunded_quantity: int
    basis_points: int
    depth: int
    base_fen: int
    commission_fen: int
    reversed_fen: int
    status: str
    status_label: Text
    created_at: datetime
    thaw_at: datetime | None
    thawed_at: datetime | None


class ReasonOut(Out):
    """Why a line is there, with all lines of the same commission or withdrawal."""

    line: EntryOut
    explanation: Text
    facts: FactsOut | None
    related: list[EntryOut]


class CommissionOut(Out):
    """What one line earns."""

    id: int
    order_number: str = Field(alias="order_line.order.number")
    title: str = Field(alias="order_line.title")
    depth: int
    basis_points: int
    base_fen: int
    amount_fen: int
    reversed_fen: int
    withdrawn_fen: int
    status: str
    status_text: Text = Field(alias="get_status_display")
    created_at: datetime
    thaw_at: datetime | None


class WithdrawalOut(Out):
    """Money on its way to an agent."""

    id: int
    number: str
    agent_id: int
    status: str
    status_text: Text = Field(alias="get_status_display")
    amount_fen: int
    tax_fen: int
    currency: str
    payee: str
    reason: str
    requested_at: datetime
    decided_at: datetime | None
    finished_at: datetime | None


class PartOut(Out):
    """Which commission a withdrawal takes from."""

    commission_id: int
    order_number: str = Field(alias="commission.order_line.order.number")
    amount_fen: int


class FullWithdrawalOut(Out):
    """A withdrawal with its parts, and who decided."""

    withdrawal: WithdrawalOut
    agent_name: str
    reviewed_by: str
    approved_by: str
    parts: list[PartOut]


class TaxOut(Out):
    """What tax a payment would cost now, and why."""

    tax_fen: int
    net_fen: int
    year: int
    months: int
    income_before_fen: int
    withheld_before_fen: int
    taxable_fen: int
    basis_points: int


class ApplicationIn(In):
    """What one says of oneself to become an agent, and the shop one opens. There is no fee."""

    born_on: Day
    occupation: str = Field(max_length=30, examples=["at_home"])
    real_name: str = Field(default="", max_length=60)
    has_agreed: bool
    payout_account: str = Field(default="", max_length=100)
    introduced_by_shop: str | None = Field(default=None, max_length=12, description="The code of the shop of who introduced one.")
    shop_name: str = Field(max_length=60)
    shop_voice: str = Field(default="", max_length=200)
    product_ids: list[Id] = Field(default=[], max_length=500)


class PayoutIn(In):
    """Who and which account is paid."""

    real_name: str = Field(max_length=60)
    payout_account: str = Field(max_length=100)


class WithdrawIn(In):
    """How much to take out."""

    amount_fen: Fen


def full_withdrawal(row: Any) -> FullWithdrawalOut:
    """Return a withdrawal whose parts and people were read with it."""
    return FullWithdrawalOut(
        withdrawal=WithdrawalOut.model_validate(row),
        agent_name=row.agent.user.display_name,
        reviewed_by=row.reviewed_by.display_name if row.reviewed_by else "",
        approved_by=row.approved_by.display_name if row.approved_by else "",
        parts=[PartOut.model_validate(part) for part in row.parts.all()],
    )

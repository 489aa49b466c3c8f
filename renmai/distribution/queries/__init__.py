"""What can be asked about agents, their income and their withdrawals."""

from renmai.distribution.queries.agents import AgentRow, access_agent, agent_of_user, agents, membership
from renmai.distribution.queries.income import IncomeSummary, commissions, commissions_of_order, income, next_thaw
from renmai.distribution.queries.leading import leader_of, leader_terms
from renmai.distribution.queries.rates import Rate, commission_fen, points_on, product_rates, rates_for
from renmai.distribution.queries.statements import EntryReason, StatementLine, entry_reason, statement
from renmai.distribution.queries.withdrawals import (
    StatusCount,
    TaxPreview,
    access_withdrawal,
    tax_preview,
    withdrawal_counts,
    withdrawals,
    withdrawals_of,
)

__all__ = [
    "AgentRow",
    "EntryReason",
    "IncomeSummary",
    "Rate",
    "StatementLine",
    "StatusCount",
    "TaxPreview",
    "access_agent",
    "access_withdrawal",
    "agent_of_user",
    "agents",
    "commission_fen",
    "commissions",
    "commissions_of_order",
    "entry_reason",
    "income",
    "leader_of",
    "leader_terms",
    "membership",
    "next_thaw",
    "points_on",
    "product_rates",
    "rates_for",
    "statement",
    "tax_preview",
    "withdrawal_counts",
    "withdrawals",
    "withdrawals_of",
]

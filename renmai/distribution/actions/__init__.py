"""What can be done to agents, their commissions and their withdrawals."""

from renmai.distribution.actions.deciding import approve_withdrawal, finish_withdrawal, reject_withdrawal, review_withdrawal
from renmai.distribution.actions.earning import create_commissions, freeze_commissions
from renmai.distribution.actions.joining import AgentApplication, close, join, reactivate, suspend, update_payout
from renmai.distribution.actions.leading import appoint_leader
from renmai.distribution.actions.rates import clear_product_rate, set_product_rate
from renmai.distribution.actions.reversing import reverse_for_line
from renmai.distribution.actions.thawing import thaw_due, thaw_order
from renmai.distribution.actions.withdrawing import request_withdrawal

__all__ = [
    "AgentApplication",
    "appoint_leader",
    "approve_withdrawal",
    "clear_product_rate",
    "close",
    "create_commissions",
    "finish_withdrawal",
    "freeze_commissions",
    "join",
    "reactivate",
    "reject_withdrawal",
    "request_withdrawal",
    "reverse_for_line",
    "review_withdrawal",
    "set_product_rate",
    "suspend",
    "thaw_due",
    "thaw_order",
    "update_payout",
]

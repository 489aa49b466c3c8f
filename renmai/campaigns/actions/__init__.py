"""Everything that changes campaigns, what they grant, and rewards."""

from renmai.campaigns.actions.composing import Draft, change, compose, findings_of
from renmai.campaigns.actions.guarding import guard_campaigns
from renmai.campaigns.actions.rewarding import Owed, compensate, decide_reward, give_due_rewards, owe
from renmai.campaigns.actions.running import approve, close_overdue, launch, pause, resume, send_back, stop
from renmai.campaigns.actions.taking_part import on_cancelled, on_paid, on_paid_together, paid_together, spend, take_part, unspend
from renmai.campaigns.actions.varying import adopt_terms, try_terms, varied_terms

__all__ = [
    "Draft",
    "Owed",
    "adopt_terms",
    "approve",
    "change",
    "close_overdue",
    "compensate",
    "compose",
    "decide_reward",
    "findings_of",
    "give_due_rewards",
    "guard_campaigns",
    "launch",
    "on_cancelled",
    "on_paid",
    "on_paid_together",
    "owe",
    "paid_together",
    "pause",
    "resume",
    "send_back",
    "spend",
    "stop",
    "take_part",
    "try_terms",
    "unspend",
    "varied_terms",
]

"""Everything this room answers."""

from renmai.trust.queries.gating import Asked, Offer, ask, gate, gates, is_quiet, kept_share, price_of
from renmai.trust.queries.pledges import AgentRegard, PledgeCount, Regard, Reliance, pledges_to, regard_of, reliance
from renmai.trust.queries.receiving import LEAST_SHARERS, Reception, reception_of_page, receptions
from renmai.trust.queries.saying import (
    FeedbackCount,
    SharerToMe,
    access_feedback,
    access_sharer,
    feedback_by_sharer,
    muted_over,
    mutes_through,
    shares_to_me,
)
from renmai.trust.queries.ties import TieView, latest_ties, ledger_of, tie, ties_by_trust, ties_of, trust_in
from renmai.trust.queries.watching import Choosiness, Spread, choosiness, spread, stage_moves

__all__ = [
    "LEAST_SHARERS",
    "AgentRegard",
    "Asked",
    "Choosiness",
    "FeedbackCount",
    "Offer",
    "PledgeCount",
    "Reception",
    "Regard",
    "Reliance",
    "SharerToMe",
    "Spread",
    "TieView",
    "access_feedback",
    "access_sharer",
    "ask",
    "choosiness",
    "feedback_by_sharer",
    "gate",
    "gates",
    "is_quiet",
    "kept_share",
    "latest_ties",
    "ledger_of",
    "muted_over",
    "mutes_through",
    "pledges_to",
    "price_of",
    "reception_of_page",
    "receptions",
    "regard_of",
    "reliance",
    "shares_to_me",
    "spread",
    "stage_moves",
    "tie",
    "ties_by_trust",
    "ties_of",
    "trust_in",
]

"""Everything this room answers."""

from renmai.trust.queries.gating import Asked, Offer, ask, gate, is_quiet, price_of
from renmai.trust.queries.saying import (
    FeedbackCount,
    SharerToMe,
    access_feedback,
    feedback_by_sharer,
    feedback_on,
    mutes_through,
    shares_to_me,
)
from renmai.trust.queries.ties import TieView, ledger_of, tie, ties_by_trust, ties_of, trust_in
from renmai.trust.queries.watching import Choosiness, Spread, choosiness, spread, stage_moves

__all__ = [
    "Asked",
    "Choosiness",
    "FeedbackCount",
    "Offer",
    "SharerToMe",
    "Spread",
    "TieView",
    "access_feedback",
    "ask",
    "choosiness",
    "feedback_by_sharer",
    "feedback_on",
    "gate",
    "is_quiet",
    "ledger_of",
    "mutes_through",
    "price_of",
    "shares_to_me",
    "spread",
    "stage_moves",
    "tie",
    "ties_by_trust",
    "ties_of",
    "trust_in",
]

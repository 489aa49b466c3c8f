"""What this play holds of people: their points, and every move of them."""

from typing import Final

from django.utils.translation import ngettext

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.accounts.models import User
from renmai.plays.points.models import Account, Earning, Lot, Move, Spending
from renmai.plays.points.queries import usable

HOLDINGS: Final = (
    Holding(
        model=Account,
        person="user",
        topic=Topic.BENEFITS,
        stays=Why.LAW,
        copied=("issued", "gone", "reserved", "debt"),
    ),
    Holding(model=Lot, person="user", topic=Topic.BENEFITS, stays=Why.LAW, copied=("points", "expires_at", "is_over")),
    Holding(
        model=Move,
        person="user",
        topic=Topic.BENEFITS,
        stays=Why.LAW,
        copied=("source", "target", "points", "reason", "order__number", "at"),
    ),
    Holding(model=Earning, person="user", topic=Topic.BENEFITS, stays=Why.LAW, uncopied=Uncopied.INSIDE),
    Holding(model=Spending, person="user", topic=Topic.BENEFITS, stays=Why.LAW, uncopied=Uncopied.INSIDE),
)


def lost(user: User) -> str:
    """Return the points that she could still spend and loses with her account; empty for none."""
    count = usable(user)
    return ngettext("%(count)s point.", "%(count)s points.", count) % {"count": count} if count else ""

"""What this room holds of people: facts, interests, and what they decided about them."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied
from renmai.insight.portraits.models import Correction, Interest, Portrait, Stale, Withheld

HOLDINGS: Final = (
    Holding(
        model=Portrait,
        person="user",
        topic=Topic.PORTRAIT,
        copied=("stage", "orders", "spent_fen", "first_order_at", "last_order_at", "funnel", "brought", "refreshed_at"),
    ),
    Holding(
        model=Interest,
        person="user",
        topic=Topic.PORTRAIT,
        copied=("source", "facet", "value", "score", "count", "first_at", "last_at"),
    ),
    Holding(model=Correction, person="user", topic=Topic.PORTRAIT, copied=("facet", "value", "at")),
    Holding(model=Withheld, person="user", topic=Topic.PORTRAIT, copied=("part", "at")),
    Holding(model=Stale, person="user", topic=Topic.PORTRAIT, uncopied=Uncopied.MACHINE),
)

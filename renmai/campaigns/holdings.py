"""What this room holds of people: what campaigns granted to their orders, rewards, scenes they opened."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.campaigns.models import Participation, Reward, SceneVisit

HOLDINGS: Final = (
    Holding(
        model=Participation,
        person="order__buyer",
        topic=Topic.BENEFITS,
        stays=Why.LAW,
        copied=("order__number", "campaign__number", "play", "reference", "discount_fen", "at"),
    ),
    Holding(
        model=Reward,
        person="beneficiary",
        topic=Topic.BENEFITS,
        stays=Why.OTHERS,
        put_out={"reasons": [], "answer": ""},
        copied=("campaign__number", "benefit", "amount", "status", "created_at", "due_at", "reasons", "answer"),
    ),
    Holding(model=Reward, person="brought", topic=Topic.PLAYS, stays=Why.OTHERS, uncopied=Uncopied.OTHERS),
    Holding(model=SceneVisit, person="visitor__user", topic=Topic.LOOKS, copied=("scene__slug", "at")),
)

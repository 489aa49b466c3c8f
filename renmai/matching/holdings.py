"""What this room holds of people: what they said of single goods, what agents ask for. Lists made ahead go by ``actions.forget_person``."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic
from renmai.matching.models import Requirements, Verdict

HOLDINGS: Final = (
    Holding(
        model=Requirements,
        person="user",
        topic=Topic.SHOP,
        copied=("categories", "brands", "suppliers", "ship_from", "minimum_fen", "maximum_fen", "changed_at"),
    ),
    Holding(model=Verdict, person="user", topic=Topic.PORTRAIT, copied=("product_id", "side", "answer", "reason", "at")),
)

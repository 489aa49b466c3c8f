"""What this room holds of people: looks at products, and which campaigns they were asked to pass on."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.insight.models import SeedAsk, View

HOLDINGS: Final = (
    Holding(model=View, person="user", topic=Topic.LOOKS, copied=("product_id", "funnel", "share_id", "at")),
    Holding(model=View, person="visitor__user", topic=Topic.LOOKS, uncopied=Uncopied.INSIDE),
    Holding(model=SeedAsk, person="user", topic=Topic.LINKS, stays=Why.COUNTED, copied=("campaign__number", "at")),
)

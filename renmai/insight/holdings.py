"""What this room holds of people: looks at products."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied
from renmai.insight.models import View

HOLDINGS: Final = (
    Holding(model=View, person="user", topic=Topic.LOOKS, copied=("product_id", "funnel", "share_id", "at")),
    Holding(model=View, person="visitor__user", topic=Topic.LOOKS, uncopied=Uncopied.INSIDE),
)

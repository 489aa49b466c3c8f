"""What this room holds of people: which variant of which experiment they met."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Why
from renmai.insight.experiments.models import Exposure

HOLDINGS: Final = (
    Holding(
        model=Exposure,
        person="user",
        topic=Topic.TRIALS,
        stays=Why.COUNTED,
        put_out={"visitor_id": None},
        copied=("experiment__number", "variant", "orders_before", "at"),
    ),
)

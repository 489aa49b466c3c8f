"""What this room holds of people: what they are worth."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.insight.value.models import Worth

HOLDINGS: Final = (
    Holding(
        model=Worth,
        person="user",
        topic=Topic.PORTRAIT,
        copied=("orders", "kept_fen", "expected_orders", "alive", "own_fen", "low_fen", "high_fen", "value_fen", "at"),
    ),
    Holding(model=Worth, person="brought_by", topic=Topic.LINKS, stays=Why.COUNTED, uncopied=Uncopied.OTHERS),
)

"""What this play holds of people: what they have kept within a campaign's window."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic
from renmai.plays.levels.models import Standing

HOLDINGS: Final = (
    Holding(model=Standing, person="user", topic=Topic.BENEFITS, copied=("campaign__number", "kept_fen", "good_until")),
)

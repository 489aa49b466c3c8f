"""What this room holds of people: events, and which browsers are theirs. Files of finished days follow by ``store.days.forget_in_files``."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied
from renmai.insight.stream.models import EventRow, Merge

HOLDINGS: Final = (
    # Those of finished days are in files; her copy has both, as ``queries.export`` finds them.
    Holding(model=EventRow, person="user_id", topic=Topic.LOOKS, uncopied=Uncopied.INSIDE),
    Holding(model=Merge, person="user_id", topic=Topic.SESSIONS, copied=("visitor_id", "merged_at", "separated_at")),
)

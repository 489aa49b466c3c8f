"""What this room holds of people: digests of what they were seen with."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied
from renmai.fraud.models import Trace

HOLDINGS: Final = (Holding(model=Trace, person="user", topic=Topic.SAFETY, uncopied=Uncopied.SAFETY),)

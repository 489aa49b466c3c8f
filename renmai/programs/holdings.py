"""What this room holds of people: keys of programs that act for them."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic
from renmai.programs.models import ApiToken

HOLDINGS: Final = (
    Holding(
        model=ApiToken,
        person="user",
        topic=Topic.PROGRAMS,
        copied=("name", "created_at", "expires_at", "revoked_at", "last_used_at"),
    ),
)

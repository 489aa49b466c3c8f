"""What this room holds of people: messages to them. Their names in messages to others go by ``actions.forget_person``."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic
from renmai.care.models import Message

HOLDINGS: Final = (
    Holding(model=Message, person="user", topic=Topic.MESSAGES, copied=("kind", "details", "link", "at", "read_at")),
)

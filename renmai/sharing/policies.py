"""Who may manage which shop."""

from renmai.accounts.models import User
from renmai.sharing.models import Shop


def may_manage(actor: User, shop: Shop) -> bool:
    """True for the owner alone: her words and her choice of goods are hers."""
    return shop.owner_id == actor.pk

"""Who may see which shop and whose customers."""

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.accounts.queries import has_permission
from renmai.sharing.models import Shop


def may_manage(actor: User, shop: Shop) -> bool:
    """True for the owner alone: her words and her choice of goods are hers."""
    return shop.owner_id == actor.pk


def may_see_relations(actor: User, shop: Shop) -> bool:
    """True for the owner and for staff who may look into attribution."""
    return may_manage(actor, shop) or has_permission(actor, Permission.ATTRIBUTION_VIEW)

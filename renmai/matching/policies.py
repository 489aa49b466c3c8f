"""Who may do what here."""

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.kernel.errors import DomainError
from renmai.sharing.models import Shop


def require_manager(actor: User) -> None:
    """Raise ``request.forbidden`` for everybody but the staff who manage matching."""
    require(actor, Permission.MATCHING_MANAGE)


def require_seller(actor: User) -> Shop:
    """Return the shop of ``actor``; raise ``request.forbidden`` for somebody without one."""
    shop = Shop.objects.filter(owner=actor).first()
    if shop is None:
        raise DomainError("request.forbidden")
    return shop

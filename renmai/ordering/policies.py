"""Who may see and touch orders. Customers reach their own; the staff by permission."""

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.accounts.queries import has_permission
from renmai.kernel.errors import DomainError
from renmai.ordering.models import AfterSale, Order


def may_view_order(actor: User, order: Order) -> bool:
    """Return whether ``actor`` may see ``order``: its buyer, or staff that looks after orders or claims."""
    return order.buyer_id == actor.pk or has_permission(actor, Permission.ORDERS_VIEW)


def may_view_claim(actor: User, claim: AfterSale) -> bool:
    """Return whether ``actor`` may see a claim."""
    if claim.order.buyer_id == actor.pk:
        return True
    return has_permission(actor, Permission.ORDERS_VIEW) or has_permission(actor, Permission.AFTER_SALES_DECIDE)


def require_buyer(actor: User, order: Order) -> None:
    """Raise ``request.not_found`` unless ``actor`` bought ``order``: other people's orders do not exist for her."""
    if order.buyer_id != actor.pk:
        raise DomainError("request.not_found")


def require_shipper(actor: User) -> None:
    """Raise ``request.forbidden`` unless ``actor`` may ship parcels and hand goods over."""
    require(actor, Permission.ORDERS_SHIP)


def require_decider(actor: User) -> None:
    """Raise ``request.forbidden`` unless ``actor`` may decide claims."""
    require(actor, Permission.AFTER_SALES_DECIDE)


def may_decide(actor: User) -> bool:
    """Return whether ``actor`` may decide claims."""
    return has_permission(actor, Permission.AFTER_SALES_DECIDE)

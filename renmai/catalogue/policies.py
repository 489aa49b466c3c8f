"""Who may change goods and stock."""

from typing import Final

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.accounts.queries import has_permission

EDIT_PRODUCTS: Final = Permission("products.edit")
FEED_STOCK: Final = Permission("stock.feed")


def may_edit_products(actor: User | None) -> bool:
    """Whether ``actor`` edits products, and so sees those that are not on sale."""
    return actor is not None and actor.is_staff and has_permission(actor, EDIT_PRODUCTS)


def require_products(actor: User) -> None:
    """Refuse with ``request.forbidden`` whoever may not edit products, prices and pictures."""
    require(actor, EDIT_PRODUCTS)


def require_stock(actor: User) -> None:
    """Refuse with ``request.forbidden`` whoever may not feed stock."""
    require(actor, FEED_STOCK)

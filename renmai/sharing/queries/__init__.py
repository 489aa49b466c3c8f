"""Everything this room answers."""

from renmai.sharing.queries.cascades import CascadeNode, CascadeTree, cascade
from renmai.sharing.queries.relations import (
    BoundCustomer,
    attribution_log,
    attribution_of,
    binding_log,
    bound_customers,
    current_binding,
)
from renmai.sharing.queries.shops import (
    ShareFigure,
    access_shop,
    latest_share,
    open_shops,
    share_by_code,
    share_figures,
    shop_by_code,
    shop_items,
    shop_of,
)

__all__ = [
    "BoundCustomer",
    "CascadeNode",
    "CascadeTree",
    "ShareFigure",
    "access_shop",
    "attribution_log",
    "attribution_of",
    "binding_log",
    "bound_customers",
    "cascade",
    "current_binding",
    "latest_share",
    "open_shops",
    "share_by_code",
    "share_figures",
    "shop_by_code",
    "shop_items",
    "shop_of",
]

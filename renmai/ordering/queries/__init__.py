"""Everything this room tells, one module per noun; everybody imports from here."""

from renmai.ordering.queries.carts import Cart, CartGroup, CartItem, Note, cart, cart_count
from renmai.ordering.queries.claims import (
    AFTER_SALE_REASONS,
    AfterSalePage,
    LineOptions,
    access_after_sale,
    after_sale_options,
    after_sale_page,
    after_sales_of,
    after_sales_waiting,
    open_after_sale_lines,
)
from renmai.ordering.queries.orders import (
    OrderFilter,
    OrderPage,
    ShipmentView,
    StatusCount,
    access_order,
    all_orders,
    order_by_id,
    order_counts,
    order_numbers,
    order_page,
    orders_of,
    timeline,
)
from renmai.ordering.queries.paging import Page
from renmai.ordering.queries.parcels import pickups_waiting, shipments_csv, shipments_of, shipments_waiting
from renmai.ordering.queries.reviews import IllustratedReview, newest_reviews, reviewable_lines, reviews
from renmai.ordering.queries.timelines import TimelineEntry, tracking_text
from renmai.ordering.queries.work import OpenWork, SupplierWork, open_work, suppliers_waiting

__all__ = [
    "AFTER_SALE_REASONS",
    "AfterSalePage",
    "Cart",
    "CartGroup",
    "CartItem",
    "IllustratedReview",
    "LineOptions",
    "Note",
    "OpenWork",
    "OrderFilter",
    "OrderPage",
    "Page",
    "ShipmentView",
    "StatusCount",
    "SupplierWork",
    "TimelineEntry",
    "access_after_sale",
    "access_order",
    "after_sale_options",
    "after_sale_page",
    "after_sales_of",
    "after_sales_waiting",
    "all_orders",
    "cart",
    "cart_count",
    "newest_reviews",
    "open_after_sale_lines",
    "open_work",
    "order_by_id",
    "order_counts",
    "order_numbers",
    "order_page",
    "orders_of",
    "pickups_waiting",
    "reviewable_lines",
    "reviews",
    "shipments_csv",
    "shipments_of",
    "shipments_waiting",
    "suppliers_waiting",
    "timeline",
    "tracking_text",
]

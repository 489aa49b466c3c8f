"""Tables of buying: carts, orders, parcels, after-sales, reviews, suggestions."""

from renmai.ordering.models.deliveries import AfterSale, AfterSaleStep, EvidencePicture, Review, Shipment, ShipmentLine
from renmai.ordering.models.orders import CartLine, Order, OrderAdjustment, OrderLine, OrderStep
from renmai.ordering.models.past import ImportedBuyer, ImportedDocument
from renmai.ordering.models.suggestions import Suggestion

__all__ = [
    "AfterSale",
    "AfterSaleStep",
    "CartLine",
    "EvidencePicture",
    "ImportedBuyer",
    "ImportedDocument",
    "Order",
    "OrderAdjustment",
    "OrderLine",
    "OrderStep",
    "Review",
    "Shipment",
    "ShipmentLine",
    "Suggestion",
]

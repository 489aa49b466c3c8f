"""What this room holds of people: carts, orders with what follows them, reviews, suggestions."""

from typing import Final

from django.db.models import CharField
from django.db.models.functions import Cast

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.ordering.models import (
    AfterSale,
    AfterSaleStep,
    CartLine,
    EvidencePicture,
    ImportedBuyer,
    ImportedDocument,
    Order,
    OrderLine,
    OrderStep,
    Review,
    Shipment,
    Suggestion,
)

ORDER: Final = "order__buyer"
CLAIM: Final = "after_sale__order__buyer"
NOBODY: Final = dict.fromkeys(("recipient", "phone", "region_code", "address", "invoice_title", "invoice_tax_number", "note"), "")
PRICE: Final = ("goods_fen", "discount_fen", "freight_fen", "payable_fen", "refunded_fen", "currency")

HOLDINGS: Final = (
    Holding(model=CartLine, person="user", topic=Topic.CART, copied=("sku__code", "quantity", "seen_price_fen", "added_at")),
    Holding(model=CartLine, person="visitor__user", topic=Topic.CART, uncopied=Uncopied.INSIDE),
    Holding(
        model=Order,
        person="buyer",
        topic=Topic.ORDERS,
        stays=Why.LAW,
        put_out=NOBODY,
        copied=("number", "status", *PRICE, *NOBODY, "placed_at", "paid_at", "received_at", "settled_at", "closed_at"),
    ),
    Holding(
        model=OrderLine,
        person=ORDER,
        topic=Topic.ORDERS,
        stays=Why.LAW,
        copied=("order__number", "title_zh", "options_zh", "unit_price_fen", "quantity", "amount_fen", "refunded_quantity"),
    ),
    Holding(model=OrderStep, person=ORDER, topic=Topic.ORDERS, stays=Why.LAW, copied=("order__number", "step", "at")),
    Holding(model=OrderStep, person="actor", topic=Topic.ORDERS, stays=Why.LAW, uncopied=Uncopied.INSIDE),
    Holding(
        model=Shipment,
        person=ORDER,
        topic=Topic.ORDERS,
        stays=Why.LAW,
        put_out={"tracking_number": ""},
        copied=("number", "order__number", "status", "carrier", "tracking_number", "shipped_at", "delivered_at"),
    ),
    Holding(
        model=EvidencePicture, person=CLAIM, topic=Topic.CLAIMS, files=("path",), copied=("after_sale__number", "width", "height")
    ),
    Holding(
        model=EvidencePicture, person="review__author", topic=Topic.REVIEWS, files=("path",), copied=("review", "width", "height")
    ),
    Holding(
        model=AfterSale,
        person=ORDER,
        topic=Topic.CLAIMS,
        stays=Why.LAW,
        put_out=dict.fromkeys(("note", "answer", "return_tracking"), ""),
        copied=(
            "number",
            "order__number",
            "kind",
            "status",
            "quantity",
            "amount_fen",
            "reason",
            "note",
            "answer",
            "requested_at",
        ),
    ),
    Holding(
        model=AfterSaleStep,
        person=CLAIM,
        topic=Topic.CLAIMS,
        stays=Why.LAW,
        put_out={"detail": ""},
        copied=("after_sale__number", "step", "detail", "at"),
    ),
    Holding(
        model=AfterSaleStep,
        person="actor",
        topic=Topic.CLAIMS,
        stays=Why.LAW,
        uncopied=Uncopied.INSIDE,
    ),
    Holding(
        model=Review,
        person="author",
        topic=Topic.REVIEWS,
        stays=Why.COUNTED,
        put_out={"text": ""},
        copied=("order_line__order__number", "product_id_reviewed", "rating", "text", "at"),
    ),
    Holding(
        model=Suggestion,
        person="author",
        topic=Topic.SUGGESTIONS,
        stays=Why.COUNTED,
        # One person says the same of a product once; what nobody can read must differ all the same.
        put_out={"text": Cast("pk", CharField()), "answer": ""},
        copied=("product_id", "text", "status", "answer", "at"),
    ),
    Holding(model=ImportedBuyer, person="user", topic=Topic.ACCOUNT, copied=("source", "key")),
    Holding(model=ImportedDocument, person=ORDER, topic=Topic.ORDERS, stays=Why.LAW, copied=("source", "document")),
)

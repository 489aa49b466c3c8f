"""Carts, quotes, orders and payments."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import Fen, Id, In, Picture
from renmai.api.schemas.goods import PictureOut, drawn, picture_out

Quantity = Field(ge=1, le=9999, examples=[2])


class NoteOut(Out):
    """Something to know about a line."""

    code: str
    sentence: Text


class CartLineOut(Out):
    """One line of the cart at today's price."""

    id: int
    sku_id: int = Field(alias="sku.pk")
    product_id: int = Field(alias="sku.product_id")
    title: str
    options_text: str
    quantity: int
    unit_price_fen: int
    amount_fen: int
    is_selected: bool
    can_buy: bool
    left: int
    notes: list[NoteOut]
    picture: PictureOut

    @staticmethod
    def resolve_picture(item: Any) -> PictureOut:
        """The drawing."""
        return drawn(item.sku.product)


class CartGroupOut(Out):
    """The lines chosen in one shop; 0 is the platform's own shelf."""

    shop_id: int
    amount_fen: int
    lines: list[CartLineOut]


class CartOut(Out):
    """A person's cart. The selected lines are what checkout begins with."""

    groups: list[CartGroupOut]
    selected_count: int
    selected_fen: int
    line_count: int
    piece_count: int


class AddIn(In):
    """Pieces for the cart."""

    sku_id: Id
    quantity: int = Quantity
    shop_code: str | None = Field(
        default=None, max_length=12, description="The shop it was chosen in; none for the platform's own shelf."
    )


class QuantityIn(In):
    """How many pieces."""

    quantity: int = Quantity


class SelectionIn(In):
    """Lines to tick or untick; none means all."""

    line_ids: list[Id] | None = Field(default=None, max_length=200)
    is_selected: bool


class WantedIn(In):
    """So many pieces of one SKU."""

    sku_id: Id
    quantity: int = Quantity
    shop_id: int = Field(default=0, ge=0)


class ChoiceIn(In):
    """Something a campaign offers that is to be used with the order. ``reference`` is in the play's words: a group's number, a coupon's."""

    play: str = Field(max_length=20, examples=["groupbuy"])
    campaign_id: Id
    reference: str = Field(default="", max_length=60)


class DraftIn(In):
    """What is to be ordered: ``lines`` to buy now, or ``cart_line_ids``. It carries no price: prices come from the catalogue."""

    lines: list[WantedIn] = Field(default=[], max_length=100)
    cart_line_ids: list[Id] = Field(default=[], max_length=100)
    delivery: Literal["parcel", "pickup"] = "parcel"
    address_id: Id | None = None
    style: Literal["personal", "wholesale"] = "personal"
    invoice_title: str = Field(default="", max_length=100)
    invoice_tax_number: str = Field(default="", max_length=40)
    note: str = Field(default="", max_length=300)
    funnel: Literal["search", "content", "social"] = "search"
    plays: list[ChoiceIn] = Field(default=[], max_length=5)
    expected_payable_fen: Fen | None = Field(default=None, description="The total that was shown: another one is refused.")


class QuoteLineOut(Out):
    """One SKU of a quote."""

    sku_id: int = Field(alias="sku.sku_id")
    product_id: int = Field(alias="sku.product_id")
    title: str = Field(alias="sku.title")
    options_text: str = Field(alias="sku.options_text")
    quantity: int
    unit_price_fen: int
    discount_fen: int
    amount_fen: int
    freight_fen: int
    picture: PictureOut

    @staticmethod
    def resolve_picture(line: Any) -> PictureOut:
        """The picture, else the drawing."""
        return picture_out(line.sku)


class QuoteParcelOut(Out):
    """What one supplier packs."""

    supplier_id: int
    supplier_name: str
    line_indexes: list[int]
    weight_grams: int
    freight_fen: int


class ExplainedOut(Out):
    """One reason for the total; goods, discounts and freight add up to what is to be paid."""

    kind: str
    label: Text
    amount_fen: int
    detail: Text


class ProblemOut(Out):
    """Something to repair before the order can be placed."""

    code: str
    sentence: str
    sku_id: int | None


class QuoteOut(Out):
    """What a purchase costs now, every fen explained."""

    is_ready: bool
    goods_fen: int
    discount_fen: int
    freight_fen: int
    payable_fen: int
    due_fen: int = Field(description="What is paid when it is ordered: all of it, or its deposit.")
    currency: str
    delivery: str
    style: str
    lines: list[QuoteLineOut]
    parcels: list[QuoteParcelOut]
    explanation: list[ExplainedOut]
    problems: list[ProblemOut]


class OrderLineOut(Out):
    """One SKU of an order as it was when ordered."""

    id: int
    sku_id: int
    product_id: int = Field(alias="product_id_at_order")
    title: str
    options_text: str
    unit_price_fen: int
    quantity: int
    discount_fen: int
    amount_fen: int
    freight_fen: int
    claimed_quantity: int
    refunded_quantity: int
    refunded_fen: int


class OrderOut(Out):
    """An order in a list."""

    number: str = Field(examples=["R261121-7K3M9QXA2B"])
    status: str = Field(examples=["paid"])
    status_text: Text = Field(alias="get_status_display")
    style: str
    delivery: str
    currency: str
    goods_fen: int
    discount_fen: int
    freight_fen: int
    payable_fen: int
    deposit_fen: int = Field(description="So much is paid first; 0: all at once.")
    deposit_paid_at: datetime | None
    balance_from: datetime | None
    balance_until: datetime | None
    refunded_fen: int
    placed_at: datetime
    pay_before: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    received_at: datetime | None
    settled_at: datetime | None
    lines: list[OrderLineOut]


class ShipmentLineOut(Out):
    """Pieces of a line in a parcel."""

    order_line_id: int
    title: str = Field(alias="order_line.title")
    quantity: int


class ShipmentOut(Out):
    """A parcel."""

    id: int
    number: str
    status: str
    status_text: Text = Field(alias="get_status_display")
    supplier_name: str = Field(alias="supplier.name")
    carrier: str
    tracking_number: str
    ship_before: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None


class ShipmentWithLinesOut(Out):
    """A parcel with what is in it."""

    shipment: ShipmentOut
    is_replacement: bool
    lines: list[ShipmentLineOut]


class StepOut(Out):
    """One step of a timeline."""

    step: str
    title: Text
    detail: Text
    at: datetime
    actor_name: str


class AdjustmentOut(Out):
    """One reason why the price differs from price × quantity."""

    kind: str
    label: str
    amount_fen: int
    reference: str

    @staticmethod
    def resolve_label(row: Any) -> str:
        """The label in the active language."""
        from renmai.catalogue.models import in_language

        return in_language(row.label_zh, row.label_en)


class ClaimOptionOut(Out):
    """What can be claimed of a line now; ``refund_fen_for[n - 1]`` is the refund for n pieces."""

    order_line_id: int = Field(alias="line.pk")
    claimable: int
    kinds: list[str]
    refund_fen_for: list[int]


class OrderClaimOut(Out):
    """A claim in short."""

    number: str
    order_line_id: int
    kind: str
    status: str
    status_text: Text = Field(alias="get_status_display")
    quantity: int
    amount_fen: int


class FullOrderOut(Out):
    """Everything about an order, and what its reader can do now."""

    order: OrderOut
    recipient: str = Field(alias="order.recipient")
    phone: str = Field(alias="order.phone")
    address: str = Field(alias="order.address")
    note: str = Field(alias="order.note")
    invoice_title: str = Field(alias="order.invoice_title")
    invoice_tax_number: str = Field(alias="order.invoice_tax_number")
    shipments: list[ShipmentWithLinesOut]
    adjustments: list[AdjustmentOut]
    timeline: list[StepOut]
    after_sales: list[OrderClaimOut]
    claim_options: list[ClaimOptionOut]
    can_pay: bool
    can_cancel: bool
    can_confirm: bool
    can_review: list[int] = Field(description="The lines that can be reviewed now.")
    pickup_code: str

    @staticmethod
    def resolve_order(page: Any) -> OrderOut:
        """The order with the lines that the page has read already."""
        fields = {name: getattr(page.order, name) for name in OrderOut.model_fields if name not in {"lines", "status_text"}}
        shown = [OrderLineOut.model_validate(line) for line in page.lines]
        return OrderOut(**fields, get_status_display=page.order.get_status_display(), lines=shown)


class CountOut(Out):
    """How many are in one status."""

    status: str
    count: int


class PaymentOut(Out):
    """One attempt to pay an order."""

    number: str
    provider: str
    status: str
    status_text: Text = Field(alias="get_status_display")
    amount_fen: int
    currency: str
    refunded_fen: int
    created_at: datetime
    expires_at: datetime
    captured_at: datetime | None


class RefundOut(Out):
    """Money on its way back."""

    id: int
    number: str
    payment_number: str = Field(alias="payment.number")
    status: str
    status_text: Text = Field(alias="get_status_display")
    amount_fen: int
    reason: str
    created_at: datetime
    succeeded_at: datetime | None


class PaymentsOut(Out):
    """Where the money of an order is."""

    order_status: str
    payments: list[PaymentOut]
    refunds: list[RefundOut]


class PayIn(In):
    """How to pay, and where to go afterwards."""

    provider: str = Field(default="sandbox", max_length=20)
    return_path: str = Field(
        default="", max_length=200, pattern=r"^(/[A-Za-z0-9/_.~?=&-]*)?$", description="A path of this site."
    )


class CashierOut(Out):
    """Where the customer pays."""

    cashier_url: str


class ReviewIn(In):
    """What one thinks of what one received."""

    rating: int = Field(ge=1, le=5)
    text: str = Field(default="", max_length=600)
    pictures: list[Picture] = Field(default=[], max_length=6)

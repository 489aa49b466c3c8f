"""What the staff sees of orders, parcels and money."""

from datetime import datetime
from typing import Any

from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import CsvText, Id, In
from renmai.api.schemas.buying import OrderOut, ShipmentLineOut, ShipmentOut

Reason = Field(max_length=300)


class StaffOrderOut(OrderOut):
    """An order as the staff sees it in a list."""

    buyer_name: str = Field(alias="buyer.display_name")
    recipient: str
    source: str
    funnel: str
    shop_id: int | None
    agent_id: int | None


class StaffShipmentOut(ShipmentOut):
    """A parcel with where it goes and what is in it."""

    order_number: str = Field(alias="order.number")
    recipient: str = Field(alias="order.recipient")
    phone: str = Field(alias="order.phone")
    address: str = Field(alias="order.address")
    lines: list[ShipmentLineOut]


class ShipIn(In):
    """How a parcel travels."""

    carrier: str = Field(max_length=20, examples=["sf"])
    tracking_number: str = Field(max_length=60)


class CsvIn(In):
    """A CSV file."""

    csv: CsvText


class CsvOut(Out):
    """A CSV file."""

    csv: str


class RefusedRowOut(Out):
    """One row that was not carried out."""

    row: int
    shipment: str
    sentence: str


class BatchOut(Out):
    """What a batch did; a bad row stops no other."""

    shipped: int
    already: int
    refused: list[RefusedRowOut]


class PickupIn(In):
    """The code that the customer shows."""

    code: str = Field(max_length=12)


class AgentRowOut(Out):
    """An agent in the list of the staff."""

    id: int = Field(alias="agent.pk")
    display_name: str = Field(alias="agent.user.display_name")
    status: str = Field(alias="agent.status")
    joined_at: datetime = Field(alias="agent.joined_at")
    commissions: int
    earned_fen: int
    available_fen: int


class ReasonIn(In):
    """Why."""

    reason: str = Reason


class LeaderIn(In):
    """Who leads a team; null: nobody."""

    leader_id: Id | None


class AttributionOut(Out):
    """Why an order went to this shop, or to none, with the evidence."""

    order_number: str = Field(alias="order.number")
    rule: str
    rule_text: Text = Field(alias="get_rule_display")
    shop_name: str | None
    share_code: str | None
    evidence: dict[str, Any]
    at: datetime

    @staticmethod
    def resolve_shop_name(row: Any) -> str | None:
        """The shop it went to."""
        return row.shop.name if row.shop else None

    @staticmethod
    def resolve_share_code(row: Any) -> str | None:
        """The link that decided."""
        return row.share.code if row.share else None


class BindingLogOut(Out):
    """One entry of the log of bindings, with the evidence."""

    customer_id: int
    shop_name: str = Field(alias="shop.name")
    change: str
    reason: str
    evidence: dict[str, Any]
    at: datetime

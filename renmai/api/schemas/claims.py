"""After-sale claims."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import Id, In, Picture
from renmai.api.schemas.buying import ShipmentOut, StepOut
from renmai.api.schemas.goods import media_url


class ClaimOut(Out):
    """A claim on some pieces of one line."""

    number: str = Field(examples=["A261121-7K3M9QXA2B"])
    order_number: str = Field(alias="order.number")
    order_line_id: int
    title: str = Field(alias="order_line.title")
    kind: str
    kind_text: Text = Field(alias="get_kind_display")
    status: str
    status_text: Text = Field(alias="get_status_display")
    quantity: int
    amount_fen: int
    reason: str
    is_quality_issue: bool
    is_before_shipment: bool
    note: str
    answer: str
    return_carrier: str
    return_tracking: str
    requested_at: datetime
    deadline_at: datetime
    finished_at: datetime | None


class FullClaimOut(Out):
    """Everything about a claim, and what its reader can do now."""

    after_sale: ClaimOut
    steps: list[StepOut]
    pictures: list[str]
    replacement: ShipmentOut | None
    can_withdraw: bool
    can_send_back: bool
    can_confirm: bool
    can_approve: bool
    can_reject: bool
    can_receive_back: bool

    @staticmethod
    def resolve_pictures(page: Any) -> list[str]:
        """The addresses of the pictures."""
        return [media_url(picture.path) for picture in page.pictures]


class ClaimIn(In):
    """What is asked, for how many pieces of which line, and why."""

    order_line_id: Id
    kind: Literal["refund", "return", "exchange"]
    quantity: int = Field(ge=1, le=9999)
    reason: str = Field(max_length=40, examples=["damaged"])
    is_quality_issue: bool = False
    note: str = Field(default="", max_length=600)
    pictures: list[Picture] = Field(default=[], max_length=6)


class SentBackIn(In):
    """How the goods travel back."""

    carrier: str = Field(max_length=20, examples=["sf"])
    tracking_number: str = Field(max_length=60)


class AnswerIn(In):
    """What the customer is told."""

    answer: str = Field(default="", max_length=600)


class ReceivedBackIn(In):
    """In what state the goods came back."""

    is_resaleable: bool = True

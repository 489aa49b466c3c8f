"""Facts about orders."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class OrderPlaced(Event):
    """Stock is reserved, payment is awaited."""

    order_id: int


@dataclass(frozen=True)
class OrderPaid(Event):
    """The money came and the stock is sold."""

    order_id: int


@dataclass(frozen=True)
class DepositPaid(Event):
    """The first part of an order's price is there; the order waits for the balance."""

    order_id: int


@dataclass(frozen=True)
class OrderReleased(Event):
    """What a paid order waited for has come true: it is packed now, perhaps at a lower price."""

    order_id: int


@dataclass(frozen=True)
class OrderCancelled(Event):
    """The order ended unpaid; its stock is free again."""

    order_id: int
    reason: str


@dataclass(frozen=True)
class ParcelShipped(Event):
    """One parcel left its supplier."""

    order_id: int
    shipment_id: int


@dataclass(frozen=True)
class OrderReceived(Event):
    """The customer has the goods; the after-sales window begins."""

    order_id: int


@dataclass(frozen=True)
class OrderSettled(Event):
    """The after-sales window is over and no claim is open: the sale is kept."""

    order_id: int


@dataclass(frozen=True)
class AfterSaleOpened(Event):
    """A customer claims some pieces of a line."""

    after_sale_id: int
    order_id: int
    order_line_id: int


@dataclass(frozen=True)
class AfterSaleClosed(Event):
    """A claim ended: ``done``, ``rejected`` or ``cancelled``."""

    after_sale_id: int
    order_id: int
    order_line_id: int
    outcome: str


@dataclass(frozen=True)
class LineRefunded(Event):
    """Some pieces of a line were refunded; what they earned must be taken back."""

    after_sale_id: int
    order_id: int
    order_line_id: int
    quantity: int


@dataclass(frozen=True)
class ReviewWritten(Event):
    """A customer reviewed a line."""

    review_id: int
    product_id: int
    rating: int


@dataclass(frozen=True)
class SuggestionDecided(Event):
    """The shop said what becomes of a suggestion: answered, declined or taken_up."""

    suggestion_id: int
    status: str

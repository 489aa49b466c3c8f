"""Facts about money with providers."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class PaymentCaptured(Event):
    """A provider took the money of one payment."""

    payment_id: int
    reference: str
    amount_fen: int


@dataclass(frozen=True)
class RefundSucceeded(Event):
    """A provider gave money back."""

    refund_id: int
    reference: str
    cause: str
    amount_fen: int


@dataclass(frozen=True)
class PayoutFinished(Event):
    """A provider paid a person out, or refused for good."""

    payout_id: int
    reference: str
    succeeded: bool

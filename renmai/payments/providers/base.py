"""What a payment provider is to us. A real one is a package with a class like this, named in ``RENMAI_PAYMENT_PROVIDERS``.

No method may be called inside a database transaction: a provider may answer late or never. Every method can be repeated: the
provider knows payments, refunds and payouts by our numbers, and the same number never moves money twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from renmai.payments.models import Payment, Payout, Refund

MAX_SKEW_SECONDS = 300
"""A notification whose time is further from ours is refused."""

MAX_BODY_BYTES = 64 * 1024
"""No notification is longer; a longer one is refused before it is read."""


class ProviderUnavailableError(Exception):
    """No answer, or one that says nothing: ask again later. What was asked may or may not have happened."""


class ProviderRefusedError(Exception):
    """A final no: asking again with the same number will not change it."""


class Subject(StrEnum):
    """What an answer is about."""

    PAYMENT = "payment"
    REFUND = "refund"
    PAYOUT = "payout"


class Outcome(StrEnum):
    """How far the provider got. ``OPEN`` is accepted but not finished; ``UNKNOWN`` means it never heard of the number."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the provider says about one of our numbers. ``provider_id`` is its own name for it, empty while there is none."""

    subject: Subject
    number: str
    outcome: Outcome
    provider_id: str
    amount_fen: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """An answer that came by itself, as a verified notification."""

    provider: str
    nonce: str
    body: str
    answer: Answer
    row: Any = field(default=None, compare=False, repr=False)
    """Our row that it speaks of, once it was held against it: saves reading it again."""

    @property
    def is_capture(self) -> bool:
        """Whether it says that a customer's money has arrived."""
        return self.answer.subject == Subject.PAYMENT and self.answer.outcome == Outcome.SUCCEEDED


@dataclass(frozen=True, kw_only=True)
class BillLine:
    """One line of the provider's bill: money that really moved, and when (by the provider's clock)."""

    subject: Subject
    number: str
    provider_id: str
    amount_fen: int
    currency: str
    at: datetime


class Provider(Protocol):
    """What every provider can do. All methods but ``read_notification`` raise ``ProviderUnavailableError``."""

    name: str

    def create_trade(self, payment: Payment, return_url: str) -> str:
        """Announce ``payment`` and return the address of the page where the customer pays; she comes back to ``return_url``.

        Raises ``ProviderRefusedError``.
        """

    def query_trade(self, payment: Payment) -> Answer:
        """Ask what became of ``payment``."""

    def refund(self, refund: Refund) -> Answer:
        """Ask to give back ``refund``. Often accepted only (``OPEN``). Raises ``ProviderRefusedError``."""

    def query_refund(self, refund: Refund) -> Answer:
        """Ask what became of ``refund``."""

    def pay_out(self, payout: Payout) -> Answer:
        """Ask to pay ``payout`` to its payee. Often accepted only (``OPEN``). Raises ``ProviderRefusedError``."""

    def query_payout(self, payout: Payout) -> Answer:
        """Ask what became of ``payout``."""

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Verify a notification over its raw body and return what it says. Touches no database.

        Raises ``DomainError``: ``payments.signature``, ``payments.stale``, ``payments.malformed``.
        """

    def bill(self, since: datetime, until: datetime) -> Iterator[BillLine]:
        """Yield the bill from ``since`` to before ``until``."""

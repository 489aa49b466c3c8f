"""The counter as a provider: its book says what the till took and gave back, and is compared with ours like any provider's bill."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NoReturn

from renmai.kernel.compiled import Compiled, insert_missing
from renmai.kernel.errors import DomainError
from renmai.payments.models import Payment, Payout, Refund, TillEntry
from renmai.payments.providers.base import Answer, BillLine, Outcome, ProviderRefusedError, Subject

NAME = "counter"

_ENTRY: Compiled[TillEntry] = Compiled(lambda kind, number: TillEntry.objects.filter(kind=kind, number=number))


def take_money(payment: Payment, *, clerk_id: int) -> Answer:
    """Write into the till's book that ``clerk_id`` took the money of ``payment``, once, and return what the till says of it."""
    return _written(
        TillEntry(
            kind=Subject.PAYMENT,
            number=payment.number,
            amount_fen=payment.amount_fen,
            currency=payment.currency,
            clerk_id=clerk_id,
        )
    )


class CounterProvider:
    """Money over the counter. Nobody pays out here, and nobody notifies: whoever stands there knows."""

    name = NAME

    def create_trade(self, payment: Payment, return_url: str) -> str:
        """There is no page to pay at: the customer stays where she is."""
        del payment
        return return_url

    def query_trade(self, payment: Payment) -> Answer:
        """What the till's book says of ``payment``."""
        return self._find(Subject.PAYMENT, payment.number, amount_fen=payment.amount_fen, currency=payment.currency)

    def refund(self, refund: Refund) -> Answer:
        """Whoever approved the refund hands the money back; the book keeps it, once."""
        return _written(
            TillEntry(
                kind=Subject.REFUND,
                number=refund.number,
                amount_fen=refund.amount_fen,
                currency=refund.payment.currency,
            )
        )

    def query_refund(self, refund: Refund) -> Answer:
        """What the till's book says of ``refund``."""
        return self._find(Subject.REFUND, refund.number, amount_fen=refund.amount_fen, currency=refund.payment.currency)

    def pay_out(self, payout: Payout) -> Answer:
        """Agents are not paid from the till. Raises ``ProviderRefusedError``."""
        raise ProviderRefusedError(f"the till pays nobody out: {payout.number}")

    def query_payout(self, payout: Payout) -> Answer:
        """No payout was ever made here."""
        return self._find(Subject.PAYOUT, payout.number, amount_fen=payout.amount_fen, currency=payout.currency)

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> NoReturn:
        """The till sends no notifications. Raises ``payments.malformed``."""
        del headers, body
        raise DomainError("payments.malformed")

    def bill(self, since: datetime, until: datetime) -> Iterator[BillLine]:
        """Yield the book's entries."""
        for entry in TillEntry.objects.filter(at__gte=since, at__lt=until).order_by("pk").iterator(chunk_size=500):
            yield BillLine(
                subject=Subject(entry.kind),
                number=entry.number,
                provider_id=_provider_id(entry),
                amount_fen=entry.amount_fen,
                currency=entry.currency,
                at=entry.at,
            )

    def _find(self, kind: Subject, number: str, *, amount_fen: int, currency: str) -> Answer:
        entry = _ENTRY.first(kind, number)
        if entry is not None:
            return _answer(entry)
        return Answer(
            subject=kind, number=number, outcome=Outcome.UNKNOWN, provider_id="", amount_fen=amount_fen, currency=currency
        )


def _written(entry: TillEntry) -> Answer:
    """Write ``entry`` unless its number is in the book, and return what the book says. One statement is a transaction by itself."""
    if keys := insert_missing([entry]):
        (entry.pk,) = keys
    else:
        (entry,) = _ENTRY.rows(entry.kind, entry.number)
    return _answer(entry)


def _answer(entry: TillEntry) -> Answer:
    return Answer(
        subject=Subject(entry.kind),
        number=entry.number,
        outcome=Outcome.SUCCEEDED,
        provider_id=_provider_id(entry),
        amount_fen=entry.amount_fen,
        currency=entry.currency,
    )


def _provider_id(entry: TillEntry) -> str:
    return f"till-{entry.kind}-{entry.pk}"

"""The sandbox as our side sees it: the methods of ``base.Provider``."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from renmai.kernel import clock, ids
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.payments.models import Payment, Payout, Refund, SandboxBill, SandboxTrade
from renmai.payments.providers.base import Answer, BillLine, Notice, Outcome, ProviderRefusedError, Subject
from renmai.payments.providers.sandbox import delivery, signing

MERCHANT = "renmai"
SLOW_PAYOUT = timedelta(seconds=60)
ROWS_PER_FETCH = 500
TRADE_OUTCOMES = {"open": Outcome.OPEN, "paid": Outcome.SUCCEEDED, "refused": Outcome.FAILED}


class SandboxProvider:
    """The provider ``sandbox``. Building it without a secret fails."""

    name = "sandbox"

    def __init__(self) -> None:
        signing.secret()

    def create_trade(self, payment: Payment, return_url: str) -> str:
        """Open a trade, or return to the one with the same number, and return the path of its cashier page."""
        trade = SandboxTrade(
            number=payment.number,
            trade=ids.token(24),
            amount_fen=payment.amount_fen,
            currency=payment.currency,
            return_url=return_url,
            created_at=clock.now(),
        )
        if not insert_missing([trade]):
            trade = SandboxTrade.objects.get(number=payment.number)
            if (trade.amount_fen, trade.currency) != (payment.amount_fen, payment.currency):
                raise ProviderRefusedError("the same number with another amount")
            SandboxTrade.objects.filter(pk=trade.pk).update(return_url=return_url)
        return reverse("sandbox:cashier", args=[trade.trade])

    def query_trade(self, payment: Payment) -> Answer:
        """Say what became of a trade."""
        trade = SandboxTrade.objects.filter(number=payment.number).first()
        return Answer(
            subject=Subject.PAYMENT,
            number=payment.number,
            outcome=TRADE_OUTCOMES[trade.status] if trade else Outcome.UNKNOWN,
            provider_id=trade.trade if trade else "",
            amount_fen=trade.amount_fen if trade else 0,
            currency=trade.currency if trade else "",
        )

    def refund(self, refund: Refund) -> Answer:
        """Give money of a paid trade back at once; a notification says so again."""
        with transaction.atomic():
            paid = SandboxTrade.objects.filter(number=refund.payment.number, status="paid")
            # Writing what is there already locks the trade: of two refunds at once the second sees the first.
            if not paid.update(status="paid"):
                raise ProviderRefusedError("there is no such paid trade")
            trade = paid.get()
            earlier = SandboxBill.objects.filter(kind=Subject.REFUND, trade=trade.trade).exclude(number=refund.number)
            given = earlier.aggregate(sum=Sum("amount_fen"))["sum"] or 0
            if given + refund.amount_fen > trade.amount_fen:
                raise ProviderRefusedError("more than was paid")
            bill = _bill(Subject.REFUND, refund.number, refund.amount_fen, currency=trade.currency, trade=trade.trade)
        return _billed(Subject.REFUND, bill)

    def query_refund(self, refund: Refund) -> Answer:
        """Say what became of a refund."""
        return _query(Subject.REFUND, refund.number, refund.amount_fen, currency=refund.payment.currency)

    def pay_out(self, payout: Payout) -> Answer:
        """Pay a person; ``…-refused`` is refused for good, ``…-slow`` accepted and paid after a minute."""
        if payout.payee.endswith("-refused"):
            raise ProviderRefusedError("this account cannot receive money")
        delay = SLOW_PAYOUT if payout.payee.endswith("-slow") else timedelta()
        with transaction.atomic():
            bill = _bill(Subject.PAYOUT, payout.number, payout.amount_fen, currency=payout.currency, delay=delay)
        return _billed(Subject.PAYOUT, bill)

    def query_payout(self, payout: Payout) -> Answer:
        """Say what became of a payout."""
        return _query(Subject.PAYOUT, payout.number, payout.amount_fen, currency=payout.currency)

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Verify a notification over its raw body and read it."""
        nonce = signing.verified_nonce(headers, body)
        try:
            said = json.loads(body)
            if said["merchant"] != MERCHANT or type(said["amount_fen"]) is not int:
                raise DomainError("payments.malformed")
            answer = Answer(
                subject=Subject(said["subject"]),
                number=str(said["number"]),
                outcome=Outcome(said["outcome"]),
                provider_id=str(said["provider_id"]),
                amount_fen=said["amount_fen"],
                currency=str(said["currency"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise DomainError("payments.malformed") from error
        return Notice(provider=self.name, nonce=nonce, body=body.decode(), answer=answer)

    def bill(self, since: datetime, until: datetime) -> Iterator[BillLine]:
        """Yield trades paid, refunds and payouts from ``since`` to before ``until``."""
        trades = SandboxTrade.objects.filter(status="paid", paid_at__gte=since, paid_at__lt=until).order_by("pk")
        for trade in trades.iterator(chunk_size=ROWS_PER_FETCH):
            yield BillLine(
                subject=Subject.PAYMENT,
                number=trade.number,
                provider_id=trade.trade,
                amount_fen=trade.amount_fen,
                currency=trade.currency,
                at=trade.paid_at or trade.created_at,
            )
        bills = SandboxBill.objects.filter(created_at__gte=since, created_at__lt=min(until, clock.now())).order_by("pk")
        for bill in bills.iterator(chunk_size=ROWS_PER_FETCH):
            yield BillLine(
                subject=Subject(bill.kind),
                number=bill.number,
                provider_id=bill.bill,
                amount_fen=bill.amount_fen,
                currency=bill.currency,
                at=bill.created_at,
            )


def notice_body(answer: Answer) -> str:
    """Return the text of a notification that says ``answer``."""
    fields = {
        "merchant": MERCHANT,
        "subject": answer.subject,
        "number": answer.number,
        "outcome": answer.outcome,
        "provider_id": answer.provider_id,
        "amount_fen": answer.amount_fen,
        "currency": answer.currency,
    }
    return json.dumps(fields, sort_keys=True)


def _bill(
    kind: Subject, number: str, amount_fen: int, *, currency: str, trade: str = "", delay: timedelta = timedelta()
) -> SandboxBill:
    """Write one line into the sandbox's book, once per number, and owe a notification of it."""
    earlier = SandboxBill.objects.filter(kind=kind, number=number).first()
    if earlier is None:
        wanted = SandboxBill(
            kind=kind,
            number=number,
            bill=ids.token(24),
            trade=trade,
            amount_fen=amount_fen,
            currency=currency,
            created_at=clock.now() + delay,
        )
        try:
            with transaction.atomic():
                wanted.save(force_insert=True)
        except IntegrityError:
            earlier = SandboxBill.objects.get(kind=kind, number=number)
        else:
            done = _answer(kind, wanted, Outcome.SUCCEEDED)
            delivery.owe(f"{kind}:{number}", notice_body(done), due_at=wanted.created_at)
            return wanted
    if (earlier.amount_fen, earlier.currency) != (amount_fen, currency):
        raise ProviderRefusedError("the same number with another amount")
    return earlier


def _query(kind: Subject, number: str, amount_fen: int, *, currency: str) -> Answer:
    bill = SandboxBill.objects.filter(kind=kind, number=number).first()
    if bill is not None:
        return _billed(kind, bill)
    return Answer(subject=kind, number=number, outcome=Outcome.UNKNOWN, provider_id="", amount_fen=amount_fen, currency=currency)


def _billed(kind: Subject, bill: SandboxBill) -> Answer:
    """A line dated in the future is accepted, not finished."""
    return _answer(kind, bill, Outcome.SUCCEEDED if bill.created_at <= clock.now() else Outcome.OPEN)


def _answer(kind: Subject, bill: SandboxBill, outcome: Outcome) -> Answer:
    return Answer(
        subject=kind,
        number=bill.number,
        outcome=outcome,
        provider_id=bill.bill,
        amount_fen=bill.amount_fen,
        currency=bill.currency,
    )

"""Holding a provider's answer against our own row: is it about something of ours, and does it say the same money?"""

from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import raise_alert
from renmai.payments.models import Payment, Payout, Refund
from renmai.payments.providers.base import Answer, Subject

ALERT = "payments.mismatch"

Row = Payment | Refund | Payout

_PAYMENT: Compiled[Payment] = Compiled(lambda number, provider: Payment.objects.filter(number=number, provider=provider))
_REFUND: Compiled[Refund] = Compiled(
    lambda number, provider: Refund.objects.filter(number=number, payment__provider=provider).select_related("payment")
)


def matching(provider: str, answer: Answer) -> Row:
    """Return our row that ``answer`` speaks of. Raises ``payments.unknown_payment``, ``payments.mismatch``."""
    row = _find(provider, answer)
    if row is None:
        raise DomainError("payments.unknown_payment")
    if not agrees(row, answer):
        raise DomainError("payments.mismatch", number=answer.number)
    return row


def agrees(row: Row, answer: Answer) -> bool:
    """Whether ``answer`` says the same money of our row, and means the same of the provider's rows as before."""
    known = {Payment: "provider_trade", Refund: "provider_refund", Payout: "provider_bill"}[type(row)]
    earlier_id = getattr(row, known)
    currency = row.payment.currency if isinstance(row, Refund) else row.currency
    return (row.amount_fen, currency) == (answer.amount_fen, answer.currency) and earlier_id in {None, answer.provider_id}


def matching_or_alert(provider: str, answer: Answer) -> Row:
    """Do as ``matching``, and open an alert when it refuses. Must be called outside a transaction, or the alert goes with it."""
    try:
        return matching(provider, answer)
    except DomainError as error:
        detail = f"{error.code}: {provider} says {answer.amount_fen} {answer.currency}, id {answer.provider_id}"
        raise_alert(ALERT, f"{answer.subject} {answer.number}", detail)
        raise


def _find(provider: str, answer: Answer) -> Row | None:
    match answer.subject:
        case Subject.PAYMENT:
            return _PAYMENT.first(answer.number, provider)
        case Subject.REFUND:
            return _REFUND.first(answer.number, provider)
        case Subject.PAYOUT:
            return Payout.objects.filter(number=answer.number, provider=provider).first()

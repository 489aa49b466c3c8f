"""What is known about payments, refunds and payouts. Who may see them is decided where they belong: by their order or withdrawal."""

from django.db.models import Sum

from renmai.payments.models import Payment, Payout, Refund

LIMIT = 100


def payments_for(reference: str) -> list[Payment]:
    """Return the payments of one order, newest first, at most 100."""
    return list(Payment.objects.filter(reference=reference).order_by("-pk")[:LIMIT])


def waiting_payment(reference: str) -> Payment | None:
    """Return the newest payment of one order that still waits."""
    return Payment.objects.filter(reference=reference, status=Payment.Status.PENDING).order_by("-pk").first()


def captured_fen(reference: str) -> int:
    """Return what was collected for one order, refunded or not."""
    captured = Payment.objects.filter(reference=reference, status=Payment.Status.CAPTURED)
    return captured.aggregate(sum=Sum("amount_fen"))["sum"] or 0


def refunds_for(reference: str) -> list[Refund]:
    """Return the refunds of one order, newest first, at most 100, each with its payment."""
    refunds = Refund.objects.filter(payment__reference=reference).select_related("payment")
    return list(refunds.order_by("-pk")[:LIMIT])


def failed_refunds(limit: int = LIMIT) -> list[Refund]:
    """Return refunds that wait for a person (``actions.retry_refund``), oldest first."""
    refunds = Refund.objects.filter(status=Refund.Status.FAILED).select_related("payment")
    return list(refunds.order_by("pk")[:limit])


def payout_for(reference: str) -> Payout | None:
    """Return the payout of one withdrawal."""
    return Payout.objects.filter(reference=reference).first()

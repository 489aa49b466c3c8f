"""What must always be true of payments, held against the ledger and against the providers' bills.

Invariant 3: captured ≥ refunded + pending refunds, and each capture and refund is in the ledger exactly once. Invariant 8: the
provider's bill = our books. Invariant 9: nothing waits past its time.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ledger.models import Transfer
from renmai.payments.actions.paying import capture_transfer_id
from renmai.payments.actions.reconciling import check_lines, final_rows
from renmai.payments.actions.refunds import refund_transfer_id
from renmai.payments.models import Payment, Payout, Refund
from renmai.payments.providers import registry
from renmai.payments.providers.base import BillLine, Subject

SHOWN = 1000
ROWS_PER_STEP = 500
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)

OVERDUE = timedelta(hours=1)
"""How late a sweep may be before what it should have handled counts as stuck."""

MONEY_OUT_DEADLINE = timedelta(days=3)
"""A refund or payout that a provider has not finished by then needs a person."""


def violations() -> Iterator[Violation]:
    """Yield every broken rule of the payments. Asks the providers for their whole bills."""
    yield from _reservations()
    yield from _captures_in_ledger()
    yield from _refunds_in_ledger()
    for provider in registry.names():
        yield from _bill(provider)
    yield from _stuck()


def _reservations() -> Iterator[Violation]:
    """``refunded_fen`` is the sum of the refunds that have not failed, and only captured money is refunded."""
    counted = Refund.objects.filter(payment=OuterRef("pk")).exclude(status=Refund.Status.FAILED)
    total = counted.order_by().values("payment").annotate(sum=Sum("amount_fen")).values("sum")
    rows = Payment.objects.annotate(reserved=Coalesce(Subquery(total), Value(0)))
    for wrong in rows.exclude(refunded_fen=F("reserved")).order_by("pk")[:SHOWN]:
        detail = f"refunded {wrong.refunded_fen}, its refunds say {wrong.reserved}"
        yield Violation("3", f"payment {wrong.number}", detail)
    early = Q(refunded_fen__gt=0) & ~Q(status=Payment.Status.CAPTURED)
    for row in Payment.objects.filter(early | Q(refunded_fen__gt=F("amount_fen"))).order_by("pk")[:SHOWN]:
        yield Violation("3", f"payment {row.number}", f"{row.status} with {row.amount_fen}, refunded {row.refunded_fen}")


def _captures_in_ledger() -> Iterator[Violation]:
    captured = Payment.objects.filter(status=Payment.Status.CAPTURED)
    rows = ((row.number, capture_transfer_id(row), row.amount_fen) for row in captured.order_by("pk").iterator(ROWS_PER_STEP))
    yield from _in_ledger("capture", rows)


def _refunds_in_ledger() -> Iterator[Violation]:
    succeeded = Refund.objects.filter(status=Refund.Status.SUCCEEDED)
    rows = ((row.number, refund_transfer_id(row), row.amount_fen) for row in succeeded.order_by("pk").iterator(ROWS_PER_STEP))
    yield from _in_ledger("refund", rows)


def _in_ledger(reason: str, rows: Iterator[tuple[str, UUID, int]]) -> Iterator[Violation]:
    """Each row has its one transfer, and no transfer of that reason is without a row."""
    count = 0
    while chunk := list(islice(rows, ROWS_PER_STEP)):
        count += len(chunk)
        ids = [transfer_id for _, transfer_id, _ in chunk]
        posted = dict(Transfer.objects.filter(pk__in=ids, reason=reason).values_list("pk", "amount_fen"))
        for number, transfer_id, amount in chunk:
            if posted.get(transfer_id) != amount:
                yield Violation("3", f"{reason} {number}", f"we have {amount}, the ledger {posted.get(transfer_id)}")
    transfers = Transfer.objects.filter(reason=reason).count()
    if transfers > count:
        yield Violation("3", f"ledger, {reason}", f"{transfers} transfers for {count} of ours")


def _bill(provider: str) -> Iterator[Violation]:
    """The whole bill, in both directions: each line is ours, and there are as many of ours as lines."""
    until = clock.now()
    ours = {subject: final_rows(provider, subject, until=until).count() for subject in Subject}
    lines = dict.fromkeys(Subject, 0)

    def counted(bill: Iterable[BillLine]) -> Iterator[BillLine]:
        for line in bill:
            lines[line.subject] += 1
            yield line

    for one in check_lines(provider, counted(registry.get(provider).bill(BEGINNING, until))):
        yield Violation("8", f"{provider} {one.subject} {one.number}", one.detail)
    for subject in Subject:
        # Fewer of ours than lines was named line by line above.
        if ours[subject] > lines[subject]:
            detail = f"we have {ours[subject]}, the bill {lines[subject]}"
            yield Violation("8", f"{provider} {subject}", detail)


def _stuck() -> Iterator[Violation]:
    late = clock.now() - OVERDUE
    for payment in Payment.objects.filter(status=Payment.Status.PENDING, expires_at__lt=late).order_by("pk")[:SHOWN]:
        yield Violation("9", f"payment {payment.number}", f"waiting since {payment.expires_at}")
    for row in _overdue(Refund.objects.all())[:SHOWN]:
        yield Violation("9", f"refund {row.number}", f"{row.status}, due at {row.next_attempt_at}")
    for row in _overdue(Payout.objects.all())[:SHOWN]:
        yield Violation("9", f"payout {row.number}", f"{row.status}, due at {row.next_attempt_at}")


def _overdue(rows: QuerySet[Refund] | QuerySet[Payout]) -> QuerySet[Refund] | QuerySet[Payout]:
    now = clock.now()
    late = Q(next_attempt_at__lt=now - OVERDUE) | Q(created_at__lt=now - MONEY_OUT_DEADLINE)
    return rows.filter(late, status__in=["created", "submitted"]).order_by("pk")

"""The provider's bill against our books: the last word on money that no notification and no question has told us of."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from renmai.kernel import clock
from renmai.kernel.models import Heartbeat
from renmai.kernel.outbox import raise_alert
from renmai.ledger.models import Transfer
from renmai.payments.actions.paying import capture_transfer_id
from renmai.payments.actions.refunds import refund_transfer_id
from renmai.payments.models import Payment, Payout, Refund
from renmai.payments.providers import registry
from renmai.payments.providers.base import BillLine, ProviderUnavailableError, Subject

logger = logging.getLogger(__name__)

CHINA = timezone(timedelta(hours=8))
GRACE = timedelta(minutes=10)
"""A line this young may still be on its way to us by notification."""

DAYS_MADE_UP_FOR = 31
LINES_PER_STEP = 500
SHOWN = 1000

Row = Payment | Refund | Payout
Item = TypeVar("Item")


@dataclass(frozen=True)
class Disagreement:
    """One number on which the provider and we do not agree."""

    subject: str
    number: str
    detail: str


def compare_bill(day: date, *, provider: str = "sandbox") -> list[Disagreement]:
    """Compare the provider's bill of one day (China's) with our books, in both directions; return at most 1000 disagreements.

    Each opens an alert. A payment that the bill has and we have not is asked about again at once, so that it is settled like any
    other. Must not be called inside a transaction. Raises ``payments.unknown_provider``, ``ProviderUnavailableError``.
    """
    since = datetime.combine(day, time.min, tzinfo=CHINA)
    until = since + timedelta(days=1)
    found = list(islice(check_lines(provider, registry.get(provider).bill(since, until)), SHOWN))
    found += islice(_not_on_bill(provider, since, until), SHOWN - len(found))
    for one in found:
        raise_alert("payments.bill", f"{one.subject} {one.number}", one.detail)
    missed = [one.number for one in found if one.subject == Subject.PAYMENT]
    for numbers in _batched(missed, LINES_PER_STEP):
        waiting = Payment.objects.filter(provider=provider, number__in=numbers).exclude(status=Payment.Status.CAPTURED)
        waiting.update(next_query_at=clock.now(), queries=0)
    return found


def compare_yesterdays_bills(limit: int) -> int:
    """Compare the bill of yesterday (China's) of every provider, and those of all days since they were compared last.

    Returns how many disagreements there are, at most ``limit``. A sweep for a timer that runs a few times a day: days on which it did
    not run are made up for, up to ``DAYS_MADE_UP_FOR``. A provider that does not answer is left for the next time.
    """
    now = clock.now()
    found = 0
    for provider in registry.names():
        try:
            for day in _days_to_compare(provider, now):
                found += len(compare_bill(day, provider=provider))
        except ProviderUnavailableError as error:
            logger.warning("a bill of %s is not to be had: %s", provider, error)
        else:
            Heartbeat.objects.update_or_create(pk=_mark(provider), defaults={"at": now})
    return min(found, limit)


def _mark(provider: str) -> str:
    return f"payments.bill:{provider}"


def _days_to_compare(provider: str, now: datetime) -> Iterator[date]:
    """Yield, oldest first, the days that were over by now and not when bills were compared last; yesterday in any case."""
    today = now.astimezone(CHINA).date()
    yesterday = today - timedelta(days=1)
    last = Heartbeat.objects.filter(pk=_mark(provider)).first()
    # What was young then was passed over, so the last minutes of a day may have to be looked at again.
    first = min((last.at - GRACE).astimezone(CHINA).date(), yesterday) if last else yesterday
    first = max(first, today - timedelta(days=DAYS_MADE_UP_FOR))
    for number in range((today - first).days):
        yield first + timedelta(days=number)


def check_lines(provider: str, lines: Iterable[BillLine]) -> Iterator[Disagreement]:
    """Yield what our books do not say as the provider's bill does. A few statements for every 500 lines."""
    for chunk in _batched(lines, LINES_PER_STEP):
        for subject in Subject:
            of_subject = {line.number: line for line in chunk if line.subject == subject}
            if of_subject:
                yield from _check(provider, subject, of_subject)


def final_rows(
    provider: str, subject: Subject, *, since: datetime | None = None, until: datetime
) -> QuerySet[Payment] | QuerySet[Refund] | QuerySet[Payout]:
    """Return our rows of which we say that the provider moved the money, from ``since`` to before ``until``."""
    column = {Subject.PAYMENT: "captured_at", Subject.REFUND: "succeeded_at", Subject.PAYOUT: "finished_at"}[subject]
    window = Q(**{f"{column}__lt": until})
    if since is not None:
        window &= Q(**{f"{column}__gte": since})
    if subject == Subject.PAYMENT:
        return Payment.objects.filter(window, provider=provider, status=Payment.Status.CAPTURED)
    if subject == Subject.REFUND:
        return Refund.objects.filter(window, payment__provider=provider, status=Refund.Status.SUCCEEDED)
    return Payout.objects.filter(window, provider=provider, status=Payout.Status.SUCCEEDED)


def _check(provider: str, subject: Subject, lines: dict[str, BillLine]) -> Iterator[Disagreement]:
    rows = _rows(provider, subject, lines)
    posted = _posted_amounts(rows.values())
    young = clock.now() - GRACE
    for number, line in lines.items():
        row = rows.get(number)
        if row is None:
            yield Disagreement(subject, number, f"the bill has {_money(line)}, we do not know it")
        elif not _is_final(row):
            if line.at < young:
                yield Disagreement(subject, number, f"the bill has {_money(line)}, ours is {row.status}")
        elif _ours(row) != (line.amount_fen, line.currency, line.provider_id):
            yield Disagreement(subject, number, f"the bill has {_money(line)}, we have {_ours(row)}")
        elif not isinstance(row, Payout) and posted.get(_transfer_id(row)) != row.amount_fen:
            yield Disagreement(subject, number, f"the bill has {_money(line)}, the ledger {posted.get(_transfer_id(row))}")


def _rows(provider: str, subject: Subject, numbers: Iterable[str]) -> dict[str, Row]:
    found: Iterable[Row]
    if subject == Subject.REFUND:
        found = Refund.objects.filter(number__in=numbers, payment__provider=provider).select_related("payment")
    elif subject == Subject.PAYMENT:
        found = Payment.objects.filter(number__in=numbers, provider=provider)
    else:
        found = Payout.objects.filter(number__in=numbers, provider=provider)
    return {row.number: row for row in found}


def _posted_amounts(rows: Iterable[Row]) -> dict[UUID, int]:
    wanted = [_transfer_id(row) for row in rows if not isinstance(row, Payout)]
    return dict(Transfer.objects.filter(pk__in=wanted).values_list("pk", "amount_fen")) if wanted else {}


def _transfer_id(row: Payment | Refund) -> UUID:
    return capture_transfer_id(row) if isinstance(row, Payment) else refund_transfer_id(row)


def _is_final(row: Row) -> bool:
    return row.status in {Payment.Status.CAPTURED, Refund.Status.SUCCEEDED}


def _ours(row: Row) -> tuple[int, str, str | None]:
    match row:
        case Payment():
            return row.amount_fen, row.currency, row.provider_trade
        case Refund():
            return row.amount_fen, row.payment.currency, row.provider_refund
        case Payout():
            return row.amount_fen, row.currency, row.provider_bill


def _money(line: BillLine) -> str:
    return f"{line.amount_fen} {line.currency} as {line.provider_id}"


def _not_on_bill(provider: str, since: datetime, until: datetime) -> Iterator[Disagreement]:
    """Money of which we say that the provider moved it that day, and its bill of that day and the two beside it does not."""
    day = timedelta(days=1)
    billed = {(line.subject, line.number) for line in registry.get(provider).bill(since - day, until + day)}
    for subject in Subject:
        rows = final_rows(provider, subject, since=since, until=until).order_by("pk").values_list("number", flat=True)
        for number in rows.iterator(chunk_size=LINES_PER_STEP):
            if (subject, number) not in billed:
                yield Disagreement(subject, number, "we have it, the bill does not")


def _batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk

"""The journal as text that ``hledger check -s`` reads: an outside tool proves what the audit says.

It declares every commodity and every account, writes one transaction per transfer that moved money, and ends with an assertion of
the running total of every limited account, so that ``hledger`` compares them with the journal.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from renmai.kernel import clock
from renmai.ledger.chart import KINDS
from renmai.ledger.models import Account, Transfer
from renmai.ledger.queries import moved

ROWS_PER_FETCH = 2000
NO_MINOR_UNIT = frozenset({"JPY", "KRW", "VND"})
TYPES = {"assets": "A", "liabilities": "L", "revenues": "R", "expenses": "X"}


def journal() -> Iterator[str]:
    """Yield the lines of the whole journal, oldest transfer first, in bounded memory. Amounts are in major units."""
    yield "; Renmai: every transfer that moved money"
    yield "decimal-mark ."
    for currency in Account.objects.order_by("currency").values_list("currency", flat=True).distinct():
        # The sample must show a decimal point, even where there are no decimals.
        yield f"commodity {'1000.' if currency in NO_MINOR_UNIT else '1000.00'} {currency}"
    codes = Account.objects.order_by("code").values_list("code", "kind").distinct()
    for code, kind in codes.iterator(chunk_size=ROWS_PER_FETCH):
        yield f"account {_name(code, kind)}  ; type: {TYPES[KINDS[kind].section]}"
    rows = moved().select_related("debit_account", "credit_account").order_by("at", "pk")
    last = datetime.min.replace(tzinfo=UTC)
    for row in rows.iterator(chunk_size=ROWS_PER_FETCH):
        last = row.at
        yield from _transaction(row)
    yield from _assertions(max(last, clock.now()))


def _transaction(row: Transfer) -> Iterator[str]:
    debit, credit = row.debit_account, row.credit_account
    yield ""
    yield f"{row.at.astimezone(UTC):%Y-%m-%d} * {_plain(row.reason)} {_plain(row.reference)}  ; id: {row.pk}"
    yield f"    {_name(debit.code, debit.kind)}  {_amount(row.amount_fen, row.currency)}"
    yield f"    {_name(credit.code, credit.kind)}  {_amount(-row.amount_fen, row.currency)}"


def _assertions(at: datetime) -> Iterator[str]:
    limited = Account.objects.filter(limited=True).order_by("code", "currency")
    heading = ["", f"{at.astimezone(UTC):%Y-%m-%d} * running totals"]
    for account in limited.iterator(chunk_size=ROWS_PER_FETCH):
        yield from heading
        heading = []
        total = account.debits_posted_fen - account.credits_posted_fen
        zero, total_text = _amount(0, account.currency), _amount(total, account.currency)
        yield f"    {_name(account.code, account.kind)}  {zero} = {total_text}"


def _name(code: str, kind: str) -> str:
    return f"{KINDS[kind].section}:{code}"


def _amount(amount_fen: int, currency: str) -> str:
    sign = "-" if amount_fen < 0 else ""
    if currency in NO_MINOR_UNIT:
        return f"{sign}{abs(amount_fen)} {currency}"
    return f"{sign}{abs(amount_fen) // 100}.{abs(amount_fen) % 100:02} {currency}"


def _plain(text: str) -> str:
    """A description ends at a semicolon, a line break or a bar; none of our references has one, but an import might."""
    return " ".join(text.replace(";", ",").replace("|", "/").split())

"""What the books say: balances, statements, the trial balance.

Balances of limited accounts come from their running totals; those of unlimited ones are the sum of their transfers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Sum, When

from renmai.ledger.chart import KINDS, AccountCode, kind_of
from renmai.ledger.models import Account, Side, Transfer

MOVED = (Transfer.Kind.POSTED, Transfer.Kind.POST)
"""The kinds of transfer that have moved money; the others only hold it or give it back."""

STATEMENT_LIMIT = 200


@dataclass(frozen=True)
class StatementLine:
    """One transfer as one account sees it. ``change_fen`` is positive when the account grew; ``balance_fen`` is after it."""

    transfer_id: UUID
    at: datetime
    reason: str
    reference: str
    other: str
    change_fen: int
    balance_fen: int


@dataclass(frozen=True)
class TrialRow:
    """All accounts of one kind in one currency. ``balance_fen`` is on the side on which the kind grows."""

    kind: str
    side: str
    currency: str
    debits_fen: int
    credits_fen: int

    @property
    def balance_fen(self) -> int:
        """What the accounts hold together."""
        return _on_side(self.side, debits=self.debits_fen, credits_=self.credits_fen)


def moved() -> QuerySet[Transfer]:
    """Return the transfers that have moved money."""
    return Transfer.objects.filter(kind__in=MOVED)


def balance(code: AccountCode, currency: str = "CNY") -> int:
    """Return what is on the account, on the side on which it grows, held amounts included; 0 for an account never used."""
    account = Account.objects.filter(code=code, currency=currency).first()
    if account is None:
        return 0
    if account.limited:
        return _on_side(account.side, debits=account.debits_posted_fen, credits_=account.credits_posted_fen)
    debits = moved().filter(debit_account=account).aggregate(sum=Sum("amount_fen"))["sum"] or 0
    credits_ = moved().filter(credit_account=account).aggregate(sum=Sum("amount_fen"))["sum"] or 0
    return _on_side(account.side, debits=debits, credits_=credits_)


def available(code: AccountCode, currency: str = "CNY") -> int:
    """Return what may leave the limited account ``code`` now: its balance less what is held. Raises ``ValueError`` for others."""
    if not kind_of(code).limited:
        raise ValueError(f"{code} may be overdrawn: it has no available amount")
    return wallet_balances([code], currency).get(code, (0, 0))[1]


def wallet_balances(codes: Iterable[AccountCode], currency: str = "CNY") -> dict[AccountCode, tuple[int, int]]:
    """Return (balance, available) of limited accounts in one statement; accounts never used are left out."""
    result = {}
    for account in Account.objects.filter(code__in=set(codes), currency=currency, limited=True):
        whole = _on_side(account.side, debits=account.debits_posted_fen, credits_=account.credits_posted_fen)
        held = account.debits_pending_fen if account.side == Side.CREDIT else account.credits_pending_fen
        result[AccountCode(account.code)] = (whole, whole - held)
    return result


def statement(
    code: AccountCode, currency: str = "CNY", *, limit: int = 50, before: tuple[datetime, UUID] | None = None
) -> list[StatementLine]:
    """Return up to ``limit`` (at most 200) movements of an account, newest first, each with the balance after it.

    ``before`` is (``at``, ``transfer_id``) of the last line of the page before.
    """
    account = Account.objects.filter(code=code, currency=currency).first()
    if account is None:
        return []
    own = Q(debit_account=account) | Q(credit_account=account)
    rows = moved().filter(own)
    grows = "debit_account" if account.side == Side.DEBIT else "credit_account"
    change = Case(When(**{grows: account, "then": F("amount_fen")}), default=-F("amount_fen"))
    if before is not None:
        at, transfer_id = before
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=transfer_id))
    after = rows.aggregate(sum=Sum(change))["sum"] or 0
    lines = []
    page = rows.select_related("debit_account", "credit_account").order_by("-at", "-pk")
    for row in page[: max(1, min(limit, STATEMENT_LIMIT))]:
        other = row.credit_account if row.debit_account_id == account.pk else row.debit_account
        sign = 1 if (row.debit_account_id == account.pk) == (account.side == Side.DEBIT) else -1
        lines.append(
            StatementLine(
                transfer_id=row.pk,
                at=row.at,
                reason=row.reason,
                reference=row.reference,
                other=other.code,
                change_fen=sign * row.amount_fen,
                balance_fen=after,
            )
        )
        after -= sign * row.amount_fen
    return lines


def trial_balance() -> list[TrialRow]:
    """Return what each kind of account holds, per currency, from the transfers alone; debits and credits sum to the same."""
    debits = _sums_by_kind("debit_account")
    credits_ = _sums_by_kind("credit_account")
    return [
        TrialRow(
            kind=kind,
            side=KINDS[kind].side,
            currency=currency,
            debits_fen=debits.get((kind, currency), 0),
            credits_fen=credits_.get((kind, currency), 0),
        )
        for kind, currency in sorted(debits.keys() | credits_.keys())
    ]


def transfers_of(reference: str, *, limit: int = 100) -> list[Transfer]:
    """Return the transfers that one order, refund or withdrawal caused, oldest first."""
    rows = Transfer.objects.filter(reference=reference).select_related("debit_account", "credit_account")
    return list(rows.order_by("at", "pk")[:limit])


def _sums_by_kind(side: str) -> dict[tuple[str, str], int]:
    rows = moved().values_list(f"{side}__kind", f"{side}__currency").annotate(sum=Sum("amount_fen")).order_by()
    return {(kind, currency): sum_ for kind, currency, sum_ in rows}


def _on_side(side: str, *, debits: int, credits_: int) -> int:
    return debits - credits_ if side == Side.DEBIT else credits_ - debits

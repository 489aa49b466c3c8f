"""Moving money: at once (``post``) or in two phases (``hold``, then ``post_held``, ``void_held`` or ``expire_held``).

Every action is one transaction, or part of the caller's. A transfer is applied at most once: the same id with the same content is
already there and changes nothing; with other content it is refused. Accounts come into being with their first transfer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from renmai.kernel import clock
from renmai.kernel.compiled import Compiled, CompiledUpdate, insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.ids import derived
from renmai.kernel.money import check_fen
from renmai.kernel.sweeping import sweep
from renmai.kernel.transactions import joined
from renmai.ledger.chart import AccountCode, kind_of
from renmai.ledger.models import Account, Side, Transfer


@dataclass(frozen=True)
class TransferRequest:
    """A transfer as its caller wants it. ``id`` is derived from what the transfer is for, so that repeating it is harmless.

    ``amount_fen`` is positive, in the minor unit of ``currency``. ``reason`` is a word (at most 40 characters), ``reference`` the
    number of what caused it (at most 60). ``at`` is when it happened (now, if None); it is not part of the content.
    """

    id: UUID
    debit: AccountCode
    credit: AccountCode
    amount_fen: int
    currency: str
    reason: str
    reference: str
    at: datetime | None = None


@dataclass
class _Change:
    """What the transfers of one call add to the running totals of one limited account."""

    debits_posted_fen: int = 0
    credits_posted_fen: int = 0
    debits_pending_fen: int = 0
    credits_pending_fen: int = 0


_Accounts = dict[tuple[str, str], Account]

_ACCOUNTS: Compiled[Account] = Compiled(lambda codes, currencies: Account.objects.filter(code__in=codes, currency__in=currencies))


def _add(side: Side) -> CompiledUpdate:
    """Add to the totals of an account of ``side``, in the order of ``_Change``, while it does not fall below nought.

    ``lowers`` is what the change takes from it.
    """
    own, other = ("credits", "debits") if side == Side.CREDIT else ("debits", "credits")
    taken = F(f"{other}_posted_fen") + F(f"{other}_pending_fen")
    return CompiledUpdate(
        lambda account_id, lowers, *added: (
            Account.objects.filter(pk=account_id, **{f"{own}_posted_fen__gte": taken + lowers}),
            {name: F(name) + more for name, more in zip(_TOTALS, added, strict=True)},
        ),
        values=2 + len(_TOTALS),
    )


_TOTALS = tuple(field.name for field in fields(_Change))
_ADD = {side: _add(side) for side in (Side.CREDIT, Side.DEBIT)}


def post(requests: Sequence[TransferRequest]) -> int:
    """Move money at once, all of ``requests`` or none; return how many were new.

    Transfers that are there already with the same content count as done. Raises ``ledger.conflict`` for an id that was used for
    something else, ``ledger.insufficient`` when a limited account would be overdrawn after all of them, ``money.amount``.
    """
    return _write(requests, Transfer.Kind.POSTED, expires_at=None)


def hold(requests: Sequence[TransferRequest], *, expires_at: datetime) -> int:
    """Set money aside until ``expires_at`` without moving it; return how many holds were new. Raises what ``post`` raises.

    A held amount counts against the account it is to leave and does not yet count for the one it is to reach.
    """
    return _write(requests, Transfer.Kind.PENDING, expires_at=expires_at)


def post_held(transfer_id: UUID, held_id: UUID, *, amount_fen: int | None = None, at: datetime | None = None) -> int:
    """Move ``amount_fen`` (all of it, if None) of a held amount and give back the rest; return 1, or 0 when it was done already.

    Raises ``ledger.unknown_hold``, ``ledger.expired``, ``ledger.more_than_held``, ``ledger.resolved`` when it was resolved another
    way, ``ledger.conflict``.
    """
    with transaction.atomic():
        held = _held(held_id)
        amount = held.amount_fen if amount_fen is None else check_fen(amount_fen, minimum=1)
        if amount > held.amount_fen:
            raise DomainError("ledger.more_than_held")
        return _resolve(held, transfer_id, kind=Transfer.Kind.POST, amount_fen=amount, at=at)


def void_held(transfer_id: UUID, held_id: UUID, *, at: datetime | None = None) -> int:
    """Give back a held amount; return 1, or 0 when it was done already. Raises ``ledger.unknown_hold``, ``ledger.resolved``."""
    with transaction.atomic():
        return _resolve(_held(held_id), transfer_id, kind=Transfer.Kind.VOID, amount_fen=0, at=at)


def expire_held(limit: int) -> int:
    """Give back up to ``limit`` held amounts whose time is over, each in a transaction of its own; return how many."""
    overdue = Transfer.objects.filter(kind=Transfer.Kind.PENDING, resolution__isnull=True, expires_at__lte=clock.now())
    return sweep("ledger.expire", overdue, _expire, by="expires_at", limit=limit)


def _write(requests: Sequence[TransferRequest], kind: Transfer.Kind, *, expires_at: datetime | None) -> int:
    wanted = _checked(requests)
    if not wanted:
        return 0
    with joined():
        accounts = _accounts(wanted)
        rows = [_row(request, kind, accounts=accounts, expires_at=expires_at) for request in wanted]
        fresh = _insert(rows)
        changes: dict[Account, _Change] = defaultdict(_Change)
        for row in fresh:
            debit, credit = changes[row.debit_account], changes[row.credit_account]
            if kind == Transfer.Kind.POSTED:
                debit.debits_posted_fen += row.amount_fen
                credit.credits_posted_fen += row.amount_fen
            else:
                debit.debits_pending_fen += row.amount_fen
                credit.credits_pending_fen += row.amount_fen
        _apply(changes)
    return len(fresh)


def _checked(requests: Sequence[TransferRequest]) -> list[TransferRequest]:
    """Return the requests without repetition, in the order of their ids, so that two writers never wait for one another."""
    by_id: dict[UUID, TransferRequest] = {}
    for request in requests:
        check_fen(request.amount_fen, minimum=1)
        if by_id.setdefault(request.id, request) != request:
            raise DomainError("ledger.conflict", id=request.id)
    return [by_id[key] for key in sorted(by_id)]


def _accounts(requests: Sequence[TransferRequest]) -> _Accounts:
    """Return the accounts of ``requests``; those that are missing are made, at the same moment by several callers without harm."""
    keys = {(code, request.currency) for request in requests for code in (request.debit, request.credit)}
    found = _find_accounts(keys)
    missing = sorted(keys - found.keys())
    if missing:
        Account.objects.bulk_create([_new_account(code, currency) for code, currency in missing], ignore_conflicts=True)
        found |= _find_accounts(missing)
    return found


def _find_accounts(keys: Collection[tuple[str, str]]) -> _Accounts:
    codes = sorted({code for code, _ in keys})
    currencies = sorted({currency for _, currency in keys})
    return {(row.code, row.currency): row for row in _ACCOUNTS.rows(codes, currencies)}


def _new_account(code: str, currency: str) -> Account:
    kind = kind_of(code)
    return Account(code=code, kind=kind.name, currency=currency, side=kind.side, limited=kind.limited)


def _row(request: TransferRequest, kind: Transfer.Kind, *, accounts: _Accounts, expires_at: datetime | None) -> Transfer:
    return Transfer(
        id=request.id,
        kind=kind,
        debit_account=accounts[request.debit, request.currency],
        credit_account=accounts[request.credit, request.currency],
        amount_fen=request.amount_fen,
        currency=request.currency,
        reason=request.reason,
        reference=request.reference,
        expires_at=expires_at,
        at=request.at or clock.now(),
    )


def _insert(rows: Sequence[Transfer]) -> list[Transfer]:
    """Insert the rows whose ids are new and return them; the others must have the same content."""
    written = set(insert_missing(rows))
    there = [row for row in rows if row.pk not in written]
    if there:
        _require_same(there, Transfer.objects.in_bulk([row.pk for row in there]))
    return [row for row in rows if row.pk in written]


def _require_same(rows: Iterable[Transfer], there: dict[UUID, Transfer]) -> None:
    for row in rows:
        earlier = there.get(row.pk)
        if earlier is not None and _content(earlier) != _content(row):
            raise DomainError("ledger.conflict", id=row.pk)


def _content(row: Transfer) -> tuple[object, ...]:
    return (
        row.kind,
        row.debit_account_id,
        row.credit_account_id,
        row.amount_fen,
        row.currency,
        row.reason,
        row.reference,
        row.pending_id,
    )


def _held(held_id: UUID) -> Transfer:
    held = (
        Transfer.objects.filter(pk=held_id, kind=Transfer.Kind.PENDING).select_related("debit_account", "credit_account").first()
    )
    if held is None:
        raise DomainError("ledger.unknown_hold")
    return held


def _expire(held: Transfer) -> int:
    try:
        with transaction.atomic():
            return _resolve(_held(held.pk), derived("expire", held.pk), kind=Transfer.Kind.EXPIRE, amount_fen=0, at=None)
    except DomainError as error:
        if error.code != "ledger.resolved":
            raise
        return 0


def _resolve(held: Transfer, transfer_id: UUID, *, kind: Transfer.Kind, amount_fen: int, at: datetime | None) -> int:
    row = Transfer(
        id=transfer_id,
        kind=kind,
        debit_account=held.debit_account,
        credit_account=held.credit_account,
        amount_fen=amount_fen,
        currency=held.currency,
        pending=held,
        reason=held.reason,
        reference=held.reference,
        at=at or clock.now(),
    )
    earlier = Transfer.objects.filter(pk=transfer_id).first()
    if earlier is not None:
        _require_same([row], {earlier.pk: earlier})
        return 0
    if kind == Transfer.Kind.POST and held.expires_at is not None and held.expires_at <= clock.now():
        raise DomainError("ledger.expired")
    try:
        with transaction.atomic():
            Transfer.objects.bulk_create([row])
    except IntegrityError as error:
        return _lost_race(row, error)
    changes: dict[Account, _Change] = defaultdict(_Change)
    changes[held.debit_account] = _Change(debits_posted_fen=amount_fen, debits_pending_fen=-held.amount_fen)
    changes[held.credit_account] = _Change(credits_posted_fen=amount_fen, credits_pending_fen=-held.amount_fen)
    _apply(changes)
    return 1


def _lost_race(row: Transfer, error: IntegrityError) -> int:
    """Somebody resolved the same hold first: with the very same transfer, or another way."""
    earlier = Transfer.objects.filter(pk=row.pk).first()
    if earlier is not None:
        _require_same([row], {earlier.pk: earlier})
        return 0
    if Transfer.objects.filter(pending=row.pending).exists():
        raise DomainError("ledger.resolved") from error
    raise error


def _apply(changes: dict[Account, _Change]) -> None:
    """Add to the running totals of limited accounts, one conditional update each, in the order of their ids."""
    for account in sorted((account for account in changes if account.limited), key=lambda account: account.pk):
        change = changes[account]
        if account.side == Side.CREDIT:
            lowers = change.debits_posted_fen + change.debits_pending_fen - change.credits_posted_fen
        else:
            lowers = change.credits_posted_fen + change.credits_pending_fen - change.debits_posted_fen
        if not _ADD[Side(account.side)].run(account.pk, lowers, *astuple(change)):
            raise DomainError("ledger.insufficient", account=account.code)
